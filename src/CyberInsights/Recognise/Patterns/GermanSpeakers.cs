namespace CyberInsights.Recognise.Patterns;

/// <summary>
/// Makes a speaker of a German noun phrase: the person in it, the state or body that it names or speaks for, the name beside an office,
/// else its words.
/// </summary>
internal sealed class GermanSpeakers(
    Reading reading,
    FoundIndex found,
    Grammar grammar,
    GermanPhrases phrases,
    Discourse discourse
)
{
    private readonly RoleWords roles = RoleWords.Of("de");

    /// <summary>Null for a pronoun that means nobody known; its span is the phrase.</summary>
    internal Speaker? Of(int first, int end)
    {
        var span = reading.SpanOf(first, end);
        if (phrases.IsPronoun(first))
        {
            var meant = grammar.Is(reading.Word(first), WordClass.He)
                ? discourse.He ?? discourse.LastSpeaker
                : discourse.LastSpeaker;
            return meant is null ? null : meant with { Span = span, Certainty = Math.Min(meant.Certainty, 0.75) };
        }
        if (Known(first, end) is { } known)
        {
            return known with { Span = span };
        }
        if (Apposed(Bare(first, end), end) is var (name, office) && name is not null)
        {
            return new Speaker(null, NounPhrases.Limit(name), NounPhrases.Limit(office!), null, span, 0.7)
            {
                IsName = true,
            };
        }
        var (role, start) = Office(Bare(first, end), end);
        var surface = reading.Surface(start, end);
        return new Speaker(null, NounPhrases.Limit(surface), role, null, span, 0.7) { IsName = IsName(start, end) };
    }

    // "der Sprecher der Stadt, Jan Beispiel", "Eva Beispiel, die Sprecherin der Stadt"
    private (string? Name, string? Office) Apposed(int first, int end)
    {
        for (var comma = first + 1; comma < end - 1; comma++)
        {
            if (!reading.IsMark(comma, ','))
            {
                continue;
            }
            return comma - first > 1 && IsName(first, comma)
                    ? (reading.Surface(first, comma), reading.Surface(Bare(comma + 1, end), end))
                : end - comma > 2 && IsName(comma + 1, end)
                    ? (reading.Surface(comma + 1, end), reading.Surface(first, comma))
                : (null, null);
        }
        return (null, null);
    }

    // A person in it, else the state or body that it names or speaks for.
    private Speaker? Known(int first, int end)
    {
        Speaker? body = null;
        for (var i = first; i < end; i++)
        {
            if (found.StartingAt(i) is not { } mention || mention.End > end)
            {
                continue;
            }
            if (mention.Entity.Kind == EntityKind.Person)
            {
                return discourse.Of(mention, 0.9);
            }
            if (
                body is null
                && SpeakerFinder.CanSpeak(mention)
                && (i - first <= 1 || (IsOffice(Bare(first, end)) && !IsPlace(i)))
            )
            {
                var role = i - first <= 1 ? null : reading.Surface(Bare(first, end), i);
                body = discourse.Of(mention, 0.85) with { Role = role is null ? null : NounPhrases.Limit(role) };
            }
            i = mention.End - 1;
        }
        return body;
    }

    // "die Botschaft in Prag": where it is, not whose.
    private bool IsPlace(int token)
    {
        var before = grammar.Is(reading.Word(token - 1), WordClass.Determiner) ? token - 2 : token - 1;
        return reading.Word(before) is "in" or "im" or "aus" or "bei";
    }

    /// <summary>Whether a phrase names somebody who takes a stance: a name, a body, an office; "die Nachrichten" do not.</summary>
    internal bool IsSomebody(Speaker speaker)
    {
        var first = reading.TokenFrom(speaker.Span.Start);
        var end = reading.TokenAfter(speaker.Span);
        return speaker is not { Entity: null, IsName: false, Role: null }
            || Enumerable.Range(first, end - first).Any(IsOffice);
    }

    private int Bare(int first, int end) =>
        first + 1 < end && grammar.Is(reading.Word(first), WordClass.Determiner) ? first + 1 : first;

    private bool IsOffice(int token)
    {
        var word = reading.Word(token);
        return roles.Heads.Contains(word)
            || grammar.Is(word, WordClass.Describer)
            || roles.Heads.Any(h => h.Length > 4 && word.EndsWith(h, StringComparison.Ordinal));
    }

    // "Vereinschef Jan Beispiel": the last two capitals after an office are the name.
    private (string? Role, int Start) Office(int first, int end)
    {
        for (var i = first; i < end - 1; i++)
        {
            if (reading.IsCapital(i) && IsOffice(i) && end - i - 1 is 1 or 2 && IsName(i + 1, end))
            {
                return (reading.Surface(first, i + 1), i + 1);
            }
        }
        return (null, first);
    }

    private bool IsName(int first, int end) =>
        end - first is >= 1 and <= 3
        && Enumerable.Range(first, end - first).All(phrases.IsNoun)
        && (end - first > 1 || !grammar.Is(reading.Word(first - 1), WordClass.Determiner));
}
