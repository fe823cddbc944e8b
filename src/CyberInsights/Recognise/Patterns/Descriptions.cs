namespace CyberInsights.Recognise.Patterns;

/// <summary>Makes a speaker of words that name nobody: "the ministry", "Chinese officials", "two security researchers".</summary>
internal sealed class Descriptions(Reading reading, FoundIndex found, Grammar grammar, Discourse discourse)
{
    private readonly NounPhrases phrases = new(reading, grammar);

    /// <summary>The speaker that the tokens describe, or the one introduced before whom they mean.</summary>
    internal Speaker Of(int start, int end)
    {
        var head = reading.Word(end - 1);
        var definite =
            grammar.Language == "en"
                ? reading.Word(start) is "the" or "this" or "its"
                : phrases.IsDeterminer(reading.Word(start)) || head.StartsWith("ال", StringComparison.Ordinal);
        var span = reading.SpanOf(start, end);
        if (definite && Meant(head, end - start) is { } meant)
        {
            return meant with { Span = span, Certainty = 0.7 };
        }
        var adjective = AdjectiveIn(start, end);
        var name = NounPhrases.Limit(reading.Surface(phrases.SkipDeterminerForward(start), end));
        var official = grammar.Is(head, WordClass.Official);
        return new Speaker(
            official ? adjective?.Entity : null,
            name,
            null,
            official ? adjective?.Entity.Code : null,
            span,
            0.7
        );
    }

    private Speaker? Meant(string head, int words)
    {
        if (discourse.ByRole(head) is { } person)
        {
            return person;
        }
        if (words > 2)
        {
            return null;
        }
        return head is "company" or "firm" or "unternehmen" or "konzern" or "vendor"
            && discourse.LastCompany is { } company
                ? discourse.Of(company, 0.7)
            : head
                is "ministry"
                    or "agency"
                    or "government"
                    or "department"
                    or "embassy"
                    or "ministerium"
                    or "behorde"
                    or "regierung"
                    or "botschaft"
            && discourse.LastBody is { Entity.Kind: EntityKind.Organisation } body
            && Text.Folding.Fold(body.Name).Contains(head, StringComparison.Ordinal)
                ? body
            : null;
    }

    private Found? AdjectiveIn(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (found.StartingAt(i) is { Entity.Kind: EntityKind.Country or EntityKind.Bloc } mention)
            {
                return mention;
            }
        }
        return null;
    }
}
