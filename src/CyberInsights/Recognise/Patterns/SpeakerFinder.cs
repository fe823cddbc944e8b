using CyberInsights.Text;

namespace CyberInsights.Recognise.Patterns;

/// <summary>Finds the subject of a verb as a speaker, to its left or, after a quotation, to its right.</summary>
internal sealed class SpeakerFinder(Reading reading, FoundIndex found, Grammar grammar, Discourse discourse)
{
    private const int MaxCoordinated = 6;
    private const int MaxRight = 14;

    private readonly NounPhrases phrases = new(reading, grammar);
    private readonly Descriptions descriptions = new(reading, found, grammar, discourse);

    /// <summary>The speakers whose noun phrase ends before token <paramref name="end"/>, in the order of the text; empty when there is none.</summary>
    /// <param name="said">The verb is one of saying, so that its subject speaks, whatever it is called.</param>
    internal IReadOnlyList<Speaker> EndingAt(int end, int first, bool said = false)
    {
        var speakers = new List<Speaker>();
        var at = end;
        var joined = false;
        while (speakers.Count < MaxCoordinated && One(at, first, said) is var (speaker, start))
        {
            if (joined && speaker.Entity is null)
            {
                break;
            }
            speakers.Insert(0, speaker);
            var before = phrases.SkipDeterminer(start);
            var and = grammar.Is(reading.Word(before - 1), WordClass.And) || reading.Word(before - 1) == "&";
            if (!and && !(joined && reading.IsMark(before - 1, ',')))
            {
                break;
            }
            joined = true;
            at = and && reading.IsMark(before - 2, ',') ? before - 2 : before - 1;
        }
        return speakers;
    }

    /// <summary>The speaker whose noun phrase begins at <paramref name="start"/> or soon after: "said the minister, Jan Novák".</summary>
    internal IReadOnlyList<Speaker> StartingAt(int start, int end, bool said = false)
    {
        var limit = Math.Min(end, start + MaxRight);
        Found? body = null;
        var bodyAt = -1;
        for (var i = start; i < limit; i++)
        {
            if (i > start && phrases.IsClauseEnd(i) || reading.IsMark(i, '"'))
            {
                break;
            }
            if (found.StartingAt(i) is not { } mention || mention.End > end)
            {
                continue;
            }
            if (mention.Entity.Kind == EntityKind.Person)
            {
                return
                [
                    discourse.Of(mention, 0.9) with
                    {
                        Span = reading.SpanOf(
                            Math.Max(start, mention.PhraseFirst),
                            Math.Max(mention.End, mention.PhraseEnd)
                        ),
                    },
                ];
            }
            if (body is null && CanSpeak(mention))
            {
                body = mention;
                bodyAt = i;
            }
            i = mention.End - 1;
        }
        var noun = phrases.SkipForward(start);
        if (body is not null && bodyAt <= noun + 6 && (bodyAt == noun || Joins(noun, bodyAt)))
        {
            return WithNext(body, end);
        }
        return Described(start, limit) is { } described ? [described]
            : Named(noun, limit, said) is { } named ? [named]
            : [];
    }

    // "laut China und Russland" and "said A and B"
    private List<Speaker> WithNext(Found body, int end)
    {
        List<Speaker> speakers = [discourse.Of(body, 0.85)];
        var at = body.End;
        while (speakers.Count < MaxCoordinated && Next(at) is { } next && next.End <= end)
        {
            speakers.Add(discourse.Of(next, 0.8));
            at = next.End;
        }
        return speakers;
    }

    private Found? Next(int at)
    {
        var word = reading.Word(at);
        // In Arabic "and" is written together with the next word; two capitals begin with its letter by themselves.
        var joined = word.StartsWith('و') && word is not ("واشنطن" or "وارسو");
        var next = joined ? at : phrases.SkipForward(at + 1);
        return (joined || grammar.Is(word, WordClass.And)) && found.StartingAt(next) is { } mention && CanSpeak(mention)
            ? mention
            : null;
    }

    // Between the first noun and the body only "researchers at", "a spokesman for the", "المتحدث باسم".
    private bool Joins(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var word = reading.Word(i);
            if (
                reading.Tokens[i].Kind == TokenKind.Mark && !reading.IsMark(i, '-')
                || !(
                    phrases.IsPreposition(word)
                    || phrases.IsDeterminer(word)
                    || grammar.Is(word, WordClass.Describer)
                    || grammar.Is(word, WordClass.Affiliate)
                    || word is "باسم" or "senior" or "chief" or "security"
                )
            )
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The states or bodies that a clause begins with: "Čína obvinění odmítla", where the object stands between.</summary>
    internal IReadOnlyList<Speaker> Beginning(int first, int verb)
    {
        const int maxBetween = 3;
        var speakers = new List<Speaker>();
        var at = phrases.SkipForward(first);
        while (speakers.Count < MaxCoordinated && found.StartingAt(at) is { } mention && CanSpeak(mention))
        {
            speakers.Add(discourse.Of(mention, 0.7));
            var joined = reading.IsMark(mention.End, ',') || grammar.Is(reading.Word(mention.End), WordClass.And);
            if (mention.End > verb || (!joined && verb - mention.End > maxBetween))
            {
                return [];
            }
            at = joined ? mention.End + 1 : verb;
        }
        return speakers;
    }

    private (Speaker, int Start)? One(int end, int first, bool said)
    {
        if (end <= first)
        {
            return null;
        }
        var word = reading.Word(end - 1);
        if (Pronoun(end, first) is { } pronoun)
        {
            return pronoun;
        }
        if (found.EndingAt(end) is { } mention && mention.First >= first && CanSpeak(mention))
        {
            return Mentioned(mention, first);
        }
        if (grammar.Is(word, WordClass.Describer))
        {
            return DescribedEnding(end, first);
        }
        return grammar.Language == "en" || said
            ? NamedEnding(end, first) ?? (said ? PhraseEnding(end, first) : null)
            : null;
    }

    /// <summary>Whether a mention is of somebody who speaks; "Chinese" is not.</summary>
    internal static bool CanSpeak(Found mention) =>
        mention.Mention.Form != MentionForm.Adjective
        && mention.Entity.Kind
            is EntityKind.Country
                or EntityKind.Bloc
                or EntityKind.Organisation
                or EntityKind.Person
                or EntityKind.Actor;

    private (Speaker, int)? Mentioned(Found mention, int first)
    {
        var before = phrases.SkipDeterminer(mention.First);
        var word = reading.Word(before - 1);
        if (before - 1 < first || !phrases.IsPreposition(word))
        {
            var start =
                mention.PhraseFirst < mention.First ? mention.PhraseFirst : phrases.NounStart(mention.First, first);
            var end = Math.Max(mention.End, mention.PhraseEnd);
            return (discourse.Of(mention, 0.9) with { Span = reading.SpanOf(start, end) }, start);
        }
        // "a spokesman for X", "researchers at X": X speaks; "attacks on X", "hackers from X": X does not.
        var head = reading.Word(before - 2);
        if (
            !grammar.Is(head, WordClass.Affiliate)
            || word is "against" or "on" or "in" && mention.Entity.Kind != EntityKind.Organisation
        )
        {
            return grammar.Is(head, WordClass.Describer) ? DescribedEnding(before - 1, first) : null;
        }
        var nounStart = phrases.NounStart(before - 2, first);
        var speaker = discourse.Of(mention, 0.8);
        var role =
            mention.Entity.Kind == EntityKind.Person
                ? speaker.Role
                : NounPhrases.Limit(reading.Surface(phrases.SkipDeterminerForward(nounStart), before - 1));
        return (speaker with { Role = role, Span = reading.SpanOf(nounStart, mention.End) }, nounStart);
    }

    private (Speaker, int)? Pronoun(int end, int first)
    {
        var word = reading.Word(end - 1);
        if (grammar.Is(word, WordClass.Relative))
        {
            var at = reading.IsMark(end - 2, ',') ? end - 2 : end - 1;
            return
                at > first
                && !grammar.Is(reading.Word(at - 1), WordClass.Relative)
                && One(at, first, said: false) is var (speaker, start)
                ? (speaker with { Certainty = Math.Min(speaker.Certainty, 0.7) }, start)
                : null;
        }
        var meant =
            grammar.Is(word, WordClass.He) ? discourse.He
            : grammar.Is(word, WordClass.It) ? discourse.LastBody
            : grammar.Is(word, WordClass.They) ? discourse.LastSpeaker
            : null;
        if (meant is null)
        {
            return null;
        }
        // "he" of someone never named stays out: nobody could check it.
        return (
            meant with
            {
                Span = reading.SpanOf(end - 1, end),
                Certainty = Math.Min(meant.Certainty, 0.75),
            },
            end - 1
        );
    }

    // "the ministry", "Chinese officials", "two security researchers"
    private (Speaker, int)? DescribedEnding(int end, int first)
    {
        if (end <= first)
        {
            return null;
        }
        var start = phrases.NounStart(end - 1, first);
        return (descriptions.Of(start, end), start);
    }

    private Speaker? Described(int start, int limit)
    {
        for (var i = start; i < Math.Min(limit, start + 5); i++)
        {
            var word = reading.Word(i);
            if (grammar.Is(word, WordClass.Describer))
            {
                return descriptions.Of(start, i + 1);
            }
            if (
                reading.Tokens[i].Kind == TokenKind.Mark
                || phrases.IsPreposition(word)
                || grammar.Is(word, WordClass.Conjunction)
            )
            {
                return null;
            }
        }
        return null;
    }

    // A name that no list has: "Jane Example said". In a headline every word looks like one.
    private (Speaker, int)? NamedEnding(int end, int first)
    {
        if (reading.TitleCase[NameFinder.SentenceOf(reading, end - 1)])
        {
            return null;
        }
        var start = end;
        while (start > first && end - start < 5 && phrases.IsNameWord(start - 1))
        {
            start--;
        }
        var single = end - start == 1;
        if (
            start == end
            || (single && reading.Tokens[start].Length < 3)
            || (single && start == first && !reading.IsNameElsewhere(reading.Word(start)))
            || (start > first && phrases.IsPreposition(reading.Word(phrases.SkipDeterminer(start) - 1)))
        )
        {
            return null;
        }
        return (NameOf(start, end), phrases.SkipDeterminer(start));
    }

    private Speaker NameOf(int start, int end) =>
        new(
            null,
            NounPhrases.Limit(reading.Surface(start, end)),
            null,
            null,
            reading.SpanOf(phrases.SkipDeterminer(start), end),
            0.6
        )
        {
            IsName = !phrases.IsDeterminer(reading.Word(start - 1)),
        };

    // "the documents said": whatever says something is the speaker, but nobody the reader can look up.
    private (Speaker, int)? PhraseEnding(int end, int first)
    {
        if (reading.Tokens[end - 1].Kind != TokenKind.Word || grammar.Is(reading.Word(end - 1), WordClass.Time))
        {
            return null;
        }
        var start = phrases.NounStart(end - 1, first);
        return phrases.IsDeterminer(reading.Word(start)) && end - start > 1
            ? (descriptions.Of(start, end) with { Certainty = 0.5 }, start)
            : null;
    }

    private Speaker? Named(int start, int limit, bool said)
    {
        var end = start;
        while (end < limit && end - start < 4 && phrases.IsNameWord(end))
        {
            end++;
        }
        return end - start >= (said ? 1 : 2) ? NameOf(start, end) : null;
    }
}
