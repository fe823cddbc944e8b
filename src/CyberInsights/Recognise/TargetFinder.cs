using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>What a stance is taken towards: the entity where one is meant, and the words.</summary>
internal sealed record Target(EntityDraft? Entity, string? Name)
{
    internal static readonly Target None = new(null, null);
}

/// <summary>Finds the target of a cue.</summary>
internal sealed class TargetFinder(Reading reading, FoundIndex found, Grammar grammar)
{
    private const int MaxWords = 12;

    // Stances towards somebody; the others are towards something.
    private static bool IsPersonal(Stance stance) =>
        stance is Stance.Accuse or Stance.Demand or Stance.Warn or Stance.Protest or Stance.Act or Stance.Assess;

    /// <param name="from">The token to look from: after the cue, or after the speaker where that stands between.</param>
    internal Target After(CueHit hit, int from, int end, EntityDraft? speaker)
    {
        end = hit.TailAt >= 0 ? hit.TailAt : end;
        if (
            hit.Frame == CueFrame.Attribute
            || (hit.Cue.Stance == Stance.Accuse && Find("on", from, end) is not null && StartsThing(from))
        )
        {
            from = (Find("to", from, end) ?? Find("on", from, end)) is { } link ? link + 1 : from;
        }
        var start = SkipLinks(from);
        var words = SkipPrepositions(from);
        var personal = IsPersonal(hit.Cue.Stance);
        for (var i = start; i < Math.Min(end, start + MaxWords); i++)
        {
            if (found.StartingAt(i) is { } mention && CanBeTarget(mention) && mention.Entity.Key != speaker?.Key)
            {
                return new Target(mention.Entity, mention.Entity.Name);
            }
            if (Breaks(i, personal, i - start))
            {
                break;
            }
        }
        return words < end && Phrase(words, end) is { } phrase ? new Target(null, phrase) : Target.None;
    }

    /// <summary>The subject of a passive, or the nearest entity before.</summary>
    internal Target Before(int end, int first)
    {
        if (found.EndingAt(end) is { } mention && CanBeTarget(mention))
        {
            return new Target(mention.Entity, mention.Entity.Name);
        }
        return end > first && reading.Word(end - 1).Length > 2
            ? new Target(null, reading.Surface(Math.Max(first, end - 4), end))
            : Target.None;
    }

    private static bool CanBeTarget(Found mention) =>
        mention.Entity.Kind
            is EntityKind.Country
                or EntityKind.Bloc
                or EntityKind.Organisation
                or EntityKind.Person
                or EntityKind.Actor;

    // A thing comes first ("blamed the attack on Russia"), not somebody ("blamed Russia").
    private bool StartsThing(int from)
    {
        var start = SkipLinks(from);
        return found.StartingAt(start) is not { } mention
            || mention.Mention.Form == MentionForm.Adjective
            || reading.Word(mention.End) == "'s";
    }

    private int? Find(string word, int from, int end)
    {
        for (var i = from; i < Math.Min(end, from + MaxWords); i++)
        {
            if (reading.Word(i) == word)
            {
                return i;
            }
        }
        return null;
    }

    private int SkipLinks(int at)
    {
        while (IsLink(reading.Word(at)) || grammar.Is(reading.Word(at), WordClass.Determiner))
        {
            at++;
        }
        return at;
    }

    private int SkipPrepositions(int at)
    {
        while (
            IsLink(reading.Word(at))
            || (grammar.Language != "en" && IsTime(at))
            || (
                grammar.Language == "en"
                    ? reading.Word(at) is "the" or "a" or "an"
                    : grammar.Is(reading.Word(at), WordClass.Determiner)
            )
        )
        {
            at++;
        }
        return at;
    }

    private bool IsLink(string word) =>
        grammar.Language == "en"
            ? word is "for" or "to" or "with" or "of" or "against" or "on" or "about" or "over" or "at"
            : grammar.Is(word, WordClass.Link);

    private bool Breaks(int token, bool personal, int distance)
    {
        if (reading.Tokens[token].Kind == TokenKind.Mark)
        {
            return !reading.IsMark(token, '-') && !reading.IsMark(token, '“') && !reading.IsMark(token, '"');
        }
        var word = reading.Word(token);
        if (grammar.Language is "en")
        {
            // "condemned the attack on Ukraine" is not towards Ukraine; "called on all nations, including China" is towards it.
            return word is "to" or "that" or "which" or "who" or "for" or "as" or "after"
                || (distance > 0 && word is "of" or "on" or "against" or "in" or "with" or "from");
        }
        return grammar.Is(word, WordClass.Conjunction) && !grammar.Is(word, WordClass.And)
            || (!personal && grammar.Is(word, WordClass.Preposition));
    }

    // What no phrase ends with.
    private bool IsLoose(string word) =>
        grammar.Is(word, WordClass.Adverb)
        || (
            grammar.Language != "en"
            && (
                grammar.Is(word, WordClass.Negation)
                || grammar.Is(word, WordClass.Preposition)
                || grammar.Is(word, WordClass.Determiner)
            )
        );

    // "warnte am Mittwoch vor Angriffen"
    private bool IsTime(int token) =>
        grammar.Is(reading.Word(token), WordClass.Adverb) || grammar.Is(reading.Word(token), WordClass.Time);

    private bool IsPronoun(string word) =>
        grammar.Language != "en" && (grammar.Is(word, WordClass.He) || grammar.Is(word, WordClass.They));

    private bool EndsPhrase(string word) =>
        grammar.Language == "en"
            ? word
                is "that"
                    or "which"
                    or "who"
                    or "to"
                    or "and"
                    or "but"
                    or "after"
                    or "as"
                    or "while"
                    or "because"
                    or "saying"
            : grammar.Is(word, WordClass.Conjunction) || grammar.Is(word, WordClass.Relative);

    private string? Phrase(int start, int end)
    {
        const int maxWords = 9;
        var at = start;
        while (
            at < end
            && at - start < maxWords
            && (reading.Tokens[at].Kind != TokenKind.Mark || reading.IsMark(at, '-'))
            && !EndsPhrase(reading.Word(at))
        )
        {
            at++;
        }
        while (at > start && IsLoose(reading.Word(at - 1)))
        {
            at--;
        }
        return at > start && !IsPronoun(reading.Word(start)) ? reading.Surface(start, at) : null;
    }
}
