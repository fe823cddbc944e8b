using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>
/// Finds who says what: a cue, its subject, its target, the quotation that belongs to it. Prefers to miss a statement over
/// inventing one: what the sentence only wishes, supposes or asks gives none.
/// </summary>
internal sealed class StatementFinder
{
    private readonly Reading reading;
    private readonly FoundIndex found;
    private readonly Grammar grammar;
    private readonly Cues cues;
    private readonly Discourse discourse = new();
    private readonly SpeakerFinder speakers;
    private readonly TargetFinder targets;
    private readonly StanceRules stances;
    private readonly CueRules rules;
    private readonly QuoteOwners quotes;
    private readonly List<Found> mentions;
    private readonly List<Coded> coded = [];
    private int mentioned;

    internal StatementFinder(Reading reading, FoundIndex found, Grammar grammar, Cues cues)
    {
        (this.reading, this.found, this.grammar, this.cues) = (reading, found, grammar, cues);
        speakers = new SpeakerFinder(reading, found, grammar, discourse);
        targets = new TargetFinder(reading, found, grammar);
        stances = new StanceRules(reading, found, grammar, cues);
        rules = new CueRules(reading, found, grammar);
        quotes = new QuoteOwners(reading);
        mentions = [.. found.All.OrderBy(f => f.First).ThenByDescending(f => f.End)];
    }

    internal static IReadOnlyList<StatementDraft> Find(Reading reading, FoundIndex found) =>
        Grammar.Of(reading.Language) is { } grammar && Cues.Of(reading.Language) is { } cues
            ? new StatementFinder(reading, found, grammar, cues).All()
            : [];

    private IReadOnlyList<StatementDraft> All()
    {
        for (var s = 0; s < reading.Sentences.Count; s++)
        {
            ReadSentence(s);
        }
        return StatementList.Of(coded.Select(c => c.Draft));
    }

    private void ReadSentence(int s)
    {
        var sentence = reading.Sentences[s];
        var before = coded.Count;
        if (!IsQuestion(sentence))
        {
            for (var i = sentence.First; i < sentence.End; i++)
            {
                // "the United States Constitution", "The Washington Post reads": a word of a name is no verb.
                if (
                    quotes.IsInside(i)
                    || found.Over(i) is { Entity.Kind: not EntityKind.Sector }
                    || reading.IsMark(i - 1, '-')
                    || cues.Match(reading, i, sentence.End) is not { } hit
                )
                {
                    continue;
                }
                Register(hit.First);
                if (Take(hit, s))
                {
                    i = hit.End - 1;
                }
            }
        }
        Register(sentence.End);
        quotes.Give(coded, before, s);
        if (coded.Count == before)
        {
            Continue(s);
        }
        Settle(before, s);
        if (Subject(sentence) is { } subject && coded.Count == before)
        {
            discourse.Began(subject);
        }
    }

    private bool IsQuestion(Sentence sentence) =>
        reading.IsMark(sentence.End - 1, '?') && !quotes.IsInside(sentence.End - 1);

    private void Register(int end)
    {
        while (mentioned < mentions.Count && mentions[mentioned].End <= end)
        {
            discourse.Mentioned(mentions[mentioned++]);
        }
    }

    private Found? Subject(Sentence sentence)
    {
        for (var i = sentence.First; i < Math.Min(sentence.End, sentence.First + 2); i++)
        {
            if (
                found.StartingAt(i)
                    is {
                        Entity.Kind: EntityKind.Country or EntityKind.Bloc or EntityKind.Organisation,
                        Mention.Form: not MentionForm.Adjective,
                    } subject
                && reading.Word(subject.End) is not ("'s" or ",")
            )
            {
                return subject;
            }
        }
        return null;
    }

    private bool Take(CueHit hit, int s)
    {
        var sentence = reading.Sentences[s];
        if (hit.Frame == CueFrame.According)
        {
            return TakeAccording(hit, s);
        }
        var clause = Clause.Before(reading, grammar, hit, sentence.First);
        if (clause.Hypothetical)
        {
            return false;
        }
        if (
            grammar.Language == "de"
            && Auxiliary(hit, sentence) is >= 0 and var auxiliary
            && grammar.Is(reading.Word(auxiliary), WordClass.Be)
        )
        {
            return false;
        }
        return TakeActive(hit, clause, s);
    }

    private bool TakeActive(CueHit hit, Clause clause, int s)
    {
        var sentence = reading.Sentences[s];
        var (who, rule, certainty) = Participle(hit, sentence) ?? Subjects(hit, clause, sentence);
        if (who.Count == 0 || (hit.Frame == CueFrame.Act && who[0].Entity is null))
        {
            return false;
        }
        var target = hit.Frame is CueFrame.Say or CueFrame.Alone
            ? Target.None
            : targets.After(hit, ObjectFrom(hit, who), sentence.End, who[0].Entity);
        if (rules.StanceOf(hit, clause, who[0], target, sentence) is not { } stance)
        {
            return false;
        }
        foreach (var speaker in who)
        {
            Add(new Coding(hit, stance, speaker, target, rule, certainty), s, Content(hit, clause, speaker, sentence));
        }
        return true;
    }

    private (IReadOnlyList<Speaker>, string Rule, double Certainty) Subjects(
        CueHit hit,
        Clause clause,
        Sentence sentence
    )
    {
        if (clause.GoesOn)
        {
            if (coded.Count > 0 && reading.Sentences[coded[^1].Sentence].First == sentence.First)
            {
                return ([coded[^1].Speaker], "verb goes on", 0.75);
            }
        }
        if (
            !clause.GoesOn
            && speakers.EndingAt(clause.SubjectEnd, sentence.First, hit.Frame == CueFrame.Say) is { Count: > 0 } left
            && reading.Word(clause.SubjectEnd - 1) != "what"
            && reading.Word(SpanStart(left[0]) - 1) != "what"
        )
        {
            return (left, "subject before the verb", 0.9);
        }
        if (speakers.StartingAt(After(hit), sentence.End, hit.Frame == CueFrame.Say) is { Count: > 0 } right)
        {
            return (right, "subject after the verb", 0.85);
        }
        return !clause.GoesOn && speakers.Beginning(sentence.First, hit.First) is { } beginning
            ? ([beginning], "subject at the beginning", 0.75)
            : ([], "", 0);
    }

    // German: "Die Regierung hat China am Mittwoch beschuldigt", "Gestern hat die Regierung ...": the subject is beside the auxiliary.
    private (IReadOnlyList<Speaker>, string, double)? Participle(CueHit hit, Sentence sentence)
    {
        if (Auxiliary(hit, sentence) is not (>= 0 and var auxiliary))
        {
            return null;
        }
        var who = speakers.EndingAt(auxiliary, sentence.First);
        who = who.Count > 0 ? who : speakers.StartingAt(auxiliary + 1, hit.First, hit.Frame == CueFrame.Say);
        return (who, "subject beside the auxiliary", 0.85);
    }

    private int Auxiliary(CueHit hit, Sentence sentence)
    {
        if (grammar.Language != "de")
        {
            return -1;
        }
        for (var i = hit.First - 1; i >= sentence.First; i--)
        {
            if (quotes.IsInside(i) || (reading.Tokens[i].Kind == TokenKind.Mark && !reading.IsMark(i, '-')))
            {
                return -1;
            }
            if (grammar.Is(reading.Word(i), WordClass.Auxiliary))
            {
                return i;
            }
        }
        return -1;
    }

    // The object of a participle at the end stands before it, that of a verb before its subject after that.
    private int ObjectFrom(CueHit hit, IReadOnlyList<Speaker> who)
    {
        var sentence = reading.Sentences[NameFinder.SentenceOf(reading, hit.First)];
        if (Auxiliary(hit, sentence) is >= 0 and var auxiliary)
        {
            return auxiliary + 1;
        }
        var at = SpanStart(who[^1]);
        if (at < hit.End)
        {
            return hit.End;
        }
        while (at < sentence.End && reading.Tokens[at].End <= who[^1].Span.End)
        {
            at++;
        }
        return at;
    }

    private int SpanStart(Speaker speaker)
    {
        var (low, high) = (0, reading.Tokens.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = reading.Tokens[middle].Start <= speaker.Span.Start ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    private int After(CueHit hit)
    {
        var at = hit.End;
        while (grammar.Is(reading.Word(at), WordClass.Adverb) || reading.Word(at) is "sich" or "se")
        {
            at++;
        }
        return at;
    }

    private bool TakeAccording(CueHit hit, int s)
    {
        var sentence = reading.Sentences[s];
        // "dem Bericht zufolge" stands after its noun.
        var who = reading.Word(hit.First) is "zufolge"
            ? speakers.EndingAt(hit.First, sentence.First)
            : speakers.StartingAt(hit.End, sentence.End, said: true);
        foreach (var speaker in who)
        {
            var end = SpanStart(speaker);
            while (end < sentence.End && reading.Tokens[end].End <= speaker.Span.End)
            {
                end++;
            }
            var (from, to) =
                hit.First - sentence.First > sentence.End - end ? (sentence.First, hit.First) : (end, sentence.End);
            var content = from < to ? Trimmed(from, to) : default;
            Add(new Coding(hit, Stance.Report, speaker, Target.None, "according to", 0.85), s, content);
        }
        return who.Count > 0;
    }

    // What is said stands after the verb, or before the subject when nothing follows.
    private Span Content(CueHit hit, Clause clause, Speaker speaker, Sentence sentence)
    {
        if (hit.Frame is not CueFrame.Say)
        {
            return default;
        }
        var after = hit.End;
        while (
            after < sentence.End
            && (
                reading.Word(after) is "that" or "dass" or "že" or "ze"
                || reading.IsMark(after, ',')
                || reading.IsMark(after, ':')
            )
        )
        {
            after++;
        }
        var subject = SpanStart(speaker);
        var follows = sentence.End - after;
        var precedes = Math.Min(subject, hit.First) - sentence.First;
        if (
            subject > hit.First
            || (precedes > 4 && follows < 5)
            || quotes.EndsBefore(hit.First)
            || quotes.EndsBefore(subject)
        )
        {
            return precedes > 1 ? Trimmed(sentence.First, Math.Min(subject, hit.First)) : default;
        }
        return follows > 1 ? Trimmed(after, sentence.End) : default;
    }

    private Span Trimmed(int first, int end)
    {
        while (end > first && reading.Tokens[end - 1].Kind == TokenKind.Mark && !reading.IsMark(end - 1, ')'))
        {
            end--;
        }
        while (first < end && (reading.IsMark(first, ',') || reading.IsMark(first, '،') || reading.IsMark(first, ':')))
        {
            first++;
        }
        return first < end ? reading.SpanOf(first, end) : default;
    }

    private void Add(Coding coding, int s, Span content)
    {
        var sentence = reading.Sentences[s];
        var (hit, speaker) = (coding.Hit, coding.Speaker);
        var cueEnd = Math.Min(hit.End, sentence.End);
        coded.Add(
            new Coded(hit, s, speaker)
            {
                Draft = new StatementDraft
                {
                    Speaker = speaker.Entity,
                    SpeakerName = speaker.Name,
                    SpeakerRole = speaker.Role,
                    SpeakerCountry = speaker.Country,
                    Stance = coding.Stance,
                    Target = coding.Target.Entity,
                    TargetName = coding.Target.Name,
                    Sentence = reading.SpanOf(sentence.First, sentence.End),
                    SpeakerSpan = speaker.Span,
                    Cue = reading.SpanOf(hit.First, cueEnd),
                    Content = content,
                    Confidence = Math.Round(Math.Min(0.95, coding.Certainty * speaker.Certainty / 0.9), 2),
                    Rule = coding.Rule,
                },
            }
        );
        discourse.Spoke(speaker);
    }

    // A sentence that is a quotation and nothing else goes on with what the last speaker said.
    private void Continue(int s)
    {
        var sentence = reading.Sentences[s];
        if (
            coded.Count == 0
            || coded[^1].Sentence != s - 1
            || coded[^1].Draft.Quote is null
            || quotes.Filling(sentence) is not { } quote
        )
        {
            return;
        }
        var last = coded[^1];
        coded.Add(
            last with
            {
                Sentence = s,
                Draft = last.Draft with
                {
                    Sentence = Whole(reading.SpanOf(sentence.First, sentence.End), quote),
                    Quote = quote,
                    Content = quote,
                    Rule = "quotation goes on",
                    Confidence = Math.Round(last.Draft.Confidence * 0.85, 2),
                },
            }
        );
    }

    private static Span Whole(Span sentence, Span quote) =>
        Span.Between(Math.Min(sentence.Start, quote.Start), Math.Max(sentence.End, quote.End));

    // Neutral verbs take the stance of the sentence before by the same party, else what their content tells.
    private void Settle(int from, int s)
    {
        for (var i = from; i < coded.Count; i++)
        {
            var one = coded[i];
            if (one.Draft.Stance != Stance.Report)
            {
                continue;
            }
            var before = one.Draft.Quote is null ? null : Before(from, s, one.Speaker);
            if (before is not null)
            {
                coded[i] = one with
                {
                    Draft = one.Draft with
                    {
                        Stance = before.Draft.Stance,
                        Target = before.Draft.Target,
                        TargetName = before.Draft.TargetName,
                        Rule = $"{one.Draft.Rule}, stance of the sentence before",
                    },
                };
            }
            else if (stances.Of(First(one.Draft), End(one.Draft), one.Speaker) is { } told)
            {
                coded[i] = one with
                {
                    Draft = one.Draft with
                    {
                        Stance = told.Stance,
                        Target = told.Target.Entity,
                        TargetName = told.Target.Name,
                        Rule = $"{one.Draft.Rule}, {told.Rule}",
                        Confidence = Math.Round(one.Draft.Confidence * 0.9, 2),
                    },
                };
            }
        }
    }

    private Coded? Before(int from, int s, Speaker speaker)
    {
        for (var i = from - 1; i >= 0 && coded[i].Sentence == s - 1; i--)
        {
            if (coded[i].Draft.Stance != Stance.Report && coded[i].Speaker.IsParty(speaker))
            {
                return coded[i];
            }
        }
        return null;
    }

    private int First(StatementDraft draft) =>
        TokenAt(draft.Quote is { } q && q.Length > draft.Content.Length ? q.Start : draft.Content.Start);

    private int End(StatementDraft draft)
    {
        var end = draft.Quote is { } q && q.Length > draft.Content.Length ? q.End : draft.Content.End;
        return end == 0 ? 0 : TokenAt(end - 1) + 1;
    }

    private int TokenAt(int offset)
    {
        var (low, high) = (0, reading.Tokens.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = reading.Tokens[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    private sealed record Coding(
        CueHit Hit,
        Stance Stance,
        Speaker Speaker,
        Target Target,
        string Rule,
        double Certainty
    );
}

/// <summary>A statement with where it was found.</summary>
internal sealed record Coded(CueHit Hit, int Sentence, Speaker Speaker)
{
    internal required StatementDraft Draft { get; init; }
}
