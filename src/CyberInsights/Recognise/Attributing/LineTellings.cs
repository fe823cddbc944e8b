using CyberInsights.Text;

namespace CyberInsights.Recognise.Attributing;

/// <summary>Attributions by the form of a line: "Norland: We know who did it" in a headline or transcript, “We know” - Anna Berg below a quotation.</summary>
internal sealed class LineTellings(Reading reading, FoundIndex found, Quoted quoted)
{
    private const int MaxNameWords = 4;
    private const int LeastWords = 4;

    internal IEnumerable<Telling> All(ParsedSentence sentence)
    {
        var first = sentence.Sentence.First;
        if (sentence.Count == 0 || !StartsLine(first))
        {
            yield break;
        }
        if (Named(sentence) is { } named)
        {
            yield return named;
        }
        else if (Signed(sentence) is { } signed)
        {
            yield return signed;
        }
    }

    private bool StartsLine(int token) =>
        token == 0
        || reading
            .Whole.AsSpan(reading.Tokens[token - 1].End, reading.Tokens[token].Start - reading.Tokens[token - 1].End)
            .Contains('\n');

    private int LineEnd(int token)
    {
        while (token < reading.Tokens.Count && (token == 0 || !StartsLine(token)))
        {
            token++;
        }
        return token;
    }

    private Telling? Named(ParsedSentence sentence)
    {
        var first = sentence.Sentence.First;
        var colon = first + 1;
        while (
            colon < sentence.Sentence.End
            && colon <= first + MaxNameWords
            && (reading.IsCapital(colon) || reading.IsMark(colon, '.'))
        )
        {
            colon++;
        }
        if (!reading.IsCapital(first) || !reading.IsMark(colon, ':') || !IsName(first, colon))
        {
            return null;
        }
        var end = LineEnd(colon);
        return end - colon > LeastWords ? Made(sentence, (first, colon), (colon, colon + 1), (colon + 1, end)) : null;
    }

    private bool IsName(int first, int end) =>
        found.StartingAt(first)
            is {
                Entity.Kind: EntityKind.Person or EntityKind.Organisation or EntityKind.Country or EntityKind.Bloc
            } mention
        && mention.End == end;

    // The quotation fills the line before, or stands in the same one.
    private Telling? Signed(ParsedSentence sentence)
    {
        var end = LineEnd(sentence.Sentence.First + 1);
        var dash = end - 1;
        while (
            dash > sentence.Sentence.First
            && end - dash <= MaxNameWords + 1
            && (reading.IsCapital(dash) || reading.IsMark(dash, '.'))
        )
        {
            dash--;
        }
        if (
            end - dash - 1 is < 2 or > MaxNameWords
            || !IsDash(dash)
            || quoted.EndingBefore(reading.Tokens[dash].Start) is not { } quotation
        )
        {
            return null;
        }
        return Made(sentence, (dash + 1, end), (dash, dash + 1), (reading.TokenAt(quotation.Start - 1), dash));
    }

    private bool IsDash(int token) =>
        reading.IsMark(token, '―') || reading.IsMark(token, '—') || reading.IsMark(token, '–');

    private Telling Made(
        ParsedSentence sentence,
        (int First, int End) source,
        (int First, int End) cue,
        (int First, int End) content
    )
    {
        var word = sentence.WordAt(reading.Tokens[source.First].Start);
        return new Telling(sentence, word, word)
        {
            SourceSpan = reading.SpanOf(source.First, source.End),
            CueSpan = reading.SpanOf(cue.First, cue.End),
            Content = [reading.SpanOf(content.First, content.End)],
            Certainty = 0.8,
            Rule = "name of the line",
        };
    }
}
