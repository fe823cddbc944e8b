using CyberInsights.Text;

namespace CyberInsights.Recognise.Patterns;

/// <summary>Finds what is said: after the verb, or before the subject when nothing follows.</summary>
internal sealed class ContentFinder(Reading reading, Grammar grammar, QuoteOwners quotes)
{
    /// <summary>Empty where the frame of the cue has no content.</summary>
    internal Span Of(CueHit hit, Speaker speaker, Sentence sentence)
    {
        if (hit.Frame is not CueFrame.Say)
        {
            return default;
        }
        var after = hit.End;
        while (
            after < sentence.End
            && (
                grammar.Is(reading.Word(after), WordClass.That)
                || reading.IsMark(after, ',')
                || reading.IsMark(after, ':')
                || reading.IsMark(after, '：')
                || reading.IsMark(after, '，')
            )
        )
        {
            after++;
        }
        var subject = reading.TokenFrom(speaker.Span.Start);
        after = subject > hit.First ? reading.TokenAfter(speaker.Span) : after;
        var follows = sentence.End - after;
        var precedes = Math.Min(subject, hit.First) - sentence.First;
        if (
            (subject > hit.First && precedes >= follows)
            || (precedes > 4 && follows < 5 && grammar.Language != "zh")
            || quotes.EndsBefore(hit.First)
            || quotes.EndsBefore(subject)
        )
        {
            return precedes > 1 ? Between(sentence.First, Math.Min(subject, hit.First)) : default;
        }
        return follows > 1 ? Between(after, sentence.End) : default;
    }

    /// <summary>What stands beside "according to X": the longer of what is before and after; in other languages than English both together.</summary>
    internal Span Beside(CueHit hit, Speaker speaker, Sentence sentence)
    {
        var end = Math.Max(hit.End, reading.TokenAfter(speaker.Span));
        var first = Math.Min(hit.First, reading.TokenFrom(speaker.Span.Start));
        if (grammar.Language != "en" && first - sentence.First > 1 && sentence.End - end > 2)
        {
            return Between(sentence.First, sentence.End);
        }
        return first - sentence.First > sentence.End - end
            ? Between(sentence.First, first)
            : Between(end, sentence.End);
    }

    // Without the marks at its edges.
    private Span Between(int first, int end)
    {
        while (end > first && reading.Tokens[end - 1].Kind == TokenKind.Mark && !reading.IsMark(end - 1, ')'))
        {
            end--;
        }
        while (
            first < end
            && (
                reading.IsMark(first, ',')
                || reading.IsMark(first, '،')
                || reading.IsMark(first, '，')
                || reading.IsMark(first, ':')
            )
        )
        {
            first++;
        }
        return first < end ? reading.SpanOf(first, end) : default;
    }
}
