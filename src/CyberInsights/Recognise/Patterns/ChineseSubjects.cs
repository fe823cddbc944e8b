using CyberInsights.Text;

namespace CyberInsights.Recognise.Patterns;

/// <summary>Finds the subject of a Chinese verb: the first state, body, office or pronoun of its clause, else that of the sentence.</summary>
internal sealed class ChineseSubjects(
    Reading reading,
    FoundIndex found,
    Grammar grammar,
    QuoteOwners quotes,
    Discourse discourse
)
{
    /// <summary>Empty when nobody is named, and in the passive.</summary>
    internal IReadOnlyList<Speaker> Of(CueHit hit, Sentence sentence)
    {
        var start = ClauseStart(hit.First, sentence.First);
        for (var i = start; i < hit.First; i++)
        {
            if (grammar.Is(reading.Word(i), WordClass.Be))
            {
                return [];
            }
        }
        return (Within(start, hit.First) ?? Within(sentence.First, hit.First)) is { } first
            ? [first, .. With(first, hit.First)]
            : [];
    }

    // "德国和法国"
    private IEnumerable<Speaker> With(Speaker first, int end)
    {
        var at = reading.TokenAfter(first.Span);
        while (
            (grammar.Is(reading.Word(at), WordClass.And) || reading.IsMark(at, '、'))
            && found.StartingAt(at + 1) is { } next
            && next.End <= end
            && SpeakerFinder.CanSpeak(next)
        )
        {
            yield return discourse.Of(next, 0.85);
            at = next.End;
        }
    }

    /// <summary>Where the target stands: between "对" or "向" and the verb, else after it.</summary>
    internal (int From, int End) Object(CueHit hit, Sentence sentence)
    {
        for (var i = hit.First - 1; i >= ClauseStart(hit.First, sentence.First); i--)
        {
            if (grammar.Is(reading.Word(i), WordClass.Link))
            {
                return (i + 1, hit.First);
            }
        }
        return (hit.End, sentence.End);
    }

    private int ClauseStart(int at, int first)
    {
        while (at > first && !quotes.IsInside(at - 1) && !IsBoundary(at - 1))
        {
            at--;
        }
        return at;
    }

    private bool IsBoundary(int token) =>
        reading.Tokens[token].Kind == TokenKind.Mark
        && reading.Whole[reading.Tokens[token].Start]
            is '，'
                or '；'
                or '：'
                or ','
                or ';'
                or ':'
                or '”'
                or '“'
                or '。'
                or '」';

    private Speaker? Within(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (quotes.IsInside(i))
            {
                continue;
            }
            var word = reading.Word(i);
            if (found.StartingAt(i) is { } mention && mention.End <= end)
            {
                if (SpeakerFinder.CanSpeak(mention) && !grammar.Is(reading.Word(i - 1), WordClass.Preposition))
                {
                    return Of(mention, end);
                }
                i = mention.End - 1;
            }
            else if (Pronoun(word) is { } meant)
            {
                return meant with { Span = reading.SpanOf(i, i + 1), Certainty = Math.Min(meant.Certainty, 0.75) };
            }
            else if (grammar.Is(word, WordClass.Describer) && !grammar.Is(reading.Word(i - 1), WordClass.Preposition))
            {
                return new Speaker(null, reading.Surface(i, i + 1), null, null, reading.SpanOf(i, i + 1), 0.65);
            }
        }
        return null;
    }

    private Speaker? Pronoun(string word) =>
        grammar.Is(word, WordClass.He) ? discourse.He
        : grammar.Is(word, WordClass.It) ? discourse.LastBody
        : grammar.Is(word, WordClass.They) ? discourse.LastSpeaker
        : null;

    // "外交部发言人": who speaks for a body has that as the role.
    private Speaker Of(Found mention, int end)
    {
        var speaker = discourse.Of(mention, 0.9);
        var at = mention.End;
        return at < end && grammar.Is(reading.Word(at), WordClass.Affiliate) && mention.Entity.Kind != EntityKind.Person
            ? speaker with
            {
                Role = reading.Surface(at, at + 1),
                Span = reading.SpanOf(mention.First, at + 1),
            }
            : speaker;
    }
}
