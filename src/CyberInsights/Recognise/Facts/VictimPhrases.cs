using CyberInsights.Text;

namespace CyberInsights.Recognise.Facts;

/// <summary>Makes victims of pieces of a text.</summary>
internal sealed class VictimPhrases(Reading reading, FoundIndex found)
{
    private const int MaxCharacters = 80;

    private readonly DateWords dates = new(reading);

    /// <summary>The victim that a phrase names: an entity where its name covers the phrase, else its words; null when it can be none.</summary>
    internal FactDraft? Victim(Span phrase, double confidence, string reason)
    {
        var (first, end) = (reading.TokenAt(phrase.Start), reading.TokenAt(phrase.End - 1) + 1);
        while (
            first < end - 1
            && (VictimWords.Lead.Contains(reading.Word(first)) || reading.Tokens[first].Kind == TokenKind.Mark)
        )
        {
            first++;
        }
        while (
            end - 1 > first && (reading.Word(end - 1) is "'s" or "’s" || reading.Tokens[end - 1].Kind == TokenKind.Mark)
        )
        {
            end--;
        }
        var last = found.Over(end - 1);
        var covering = last is not null && last.First <= first ? last : null;
        if (covering?.Entity.Kind == EntityKind.Place && BeginOfName(first) is var begin && begin < first)
        {
            (first, covering) = (begin, null);
        }
        if (
            first >= end
            || reading.Tokens[end - 1].Kind != TokenKind.Word
            || covering?.Entity.Key == "sector:supply-chain"
            || dates.At(end - 1, DateUse.Month) is not null
            || dates.At(end - 1, DateUse.Weekday) is not null
            || last?.Entity.Kind
                is EntityKind.Actor
                    or EntityKind.Malware
                    or EntityKind.Vulnerability
                    or EntityKind.Tool
            || (covering is null && IsGeneral(first, end))
        )
        {
            return null;
        }
        // The sector of "education organizations" is told beside the victim, not in its place.
        var entity = covering?.Entity.Kind == EntityKind.Sector ? null : covering?.Entity;
        var span = covering is null
            ? reading.SpanOf(first, end)
            : new Span(covering.Mention.Start, covering.Mention.Length);
        return span.Length > MaxCharacters
            ? null
            : new FactDraft
            {
                Kind = FactKind.Victim,
                Value = entity?.Name ?? Folding.Clean(reading.Whole.AsSpan(span.Start, span.Length)),
                Entity = entity,
                Span = span,
                Confidence = confidence,
                Reason = reason,
            };
    }

    // "Memorial Health System" is a name, "system" none.
    private bool IsGeneral(int first, int end) =>
        (end - first == 1 || !reading.IsCapital(end - 1)) && VictimWords.IsNone(reading.Word(end - 1));

    // "Example Clinic Los Angeles": a place may end the name of a body.
    private int BeginOfName(int first)
    {
        var sentence = NameFinder.SentenceOf(reading, first);
        while (
            !reading.TitleCase[sentence] && first > reading.Sentences[sentence].First && reading.IsCapital(first - 1)
        )
        {
            first--;
        }
        return first;
    }
}
