using CyberInsights.Text;

namespace CyberInsights.Recognise.Patterns;

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
    private readonly SubjectFinder subjects;
    private readonly GermanSubjects german;
    private readonly ContentFinder contents;
    private readonly StanceSettler settler;
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
        settler = new StanceSettler(reading, new StanceRules(reading, found, grammar, cues));
        rules = new CueRules(reading, found, grammar);
        quotes = new QuoteOwners(reading, grammar);
        contents = new ContentFinder(reading, grammar, quotes);
        german = new GermanSubjects(reading, found, grammar, quotes, discourse, new GermanPhrases(reading, grammar));
        var chinese = new ChineseSubjects(reading, found, grammar, quotes, discourse);
        subjects = new SubjectFinder(reading, found, grammar, quotes, speakers, german, chinese);
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
        if (coded.Count == before && !Continue(s))
        {
            TakeBesideQuotation(s);
        }
        settler.Settle(coded, before, s);
        if (coded.Count == before && grammar.Language == "de" && german.Begins(sentence) is { } person)
        {
            discourse.Introduced(person);
        }
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
        if (rules.Refuses(hit, clause) || clause.Hypothetical)
        {
            return false;
        }
        if (grammar.Language == "de" && german.IsNoAct(hit, sentence))
        {
            return false;
        }
        return clause.Passive ? TakePassive(hit, clause, s) : TakeActive(hit, clause, s);
    }

    private bool TakeActive(CueHit hit, Clause clause, int s)
    {
        var sentence = reading.Sentences[s];
        var (who, rule, certainty) = subjects.Of(hit, clause, sentence, coded.Count > 0 ? coded[^1] : null);
        // "驳斥指控": in Chinese the object of a verb looks like a verb itself.
        var isObject = grammar.Language == "zh" && coded.Count > 0 && coded[^1].Hit.End == hit.First;
        if (who.Count == 0 || isObject || (hit.Frame == CueFrame.Act && who[0].Entity is null))
        {
            return false;
        }
        var (from, end) = subjects.Object(hit, sentence, who[^1]);
        var target = hit.Frame is CueFrame.Say or CueFrame.Alone
            ? Target.None
            : targets.After(hit, from, end, who[0].Entity);
        // "Česku vyjádřily podporu NATO i Evropská unie": the target stands before the verb in a case of its own.
        if (
            hit.Frame is not (CueFrame.Say or CueFrame.Alone)
            && target.Entity is null
            && found.EndingAt(clause.SubjectEnd) is { Mention.Oblique: true } before
        )
        {
            target = new Target(before.Entity, before.Entity.Name);
        }
        if (rules.StanceOf(hit, clause, who[0], target, sentence) is not { } stance)
        {
            return false;
        }
        foreach (var speaker in who)
        {
            Add(new Coding(hit, stance, speaker, target, rule, certainty), s, contents.Of(hit, speaker, sentence));
        }
        return true;
    }

    // "was accused by Y": Y accuses; without "by" nobody does.
    private bool TakePassive(CueHit hit, Clause clause, int s)
    {
        const int maxBetween = 10;
        var sentence = reading.Sentences[s];
        for (var i = hit.End; i < Math.Min(sentence.End, hit.End + maxBetween); i++)
        {
            if (
                grammar.Is(reading.Word(i), WordClass.Agent)
                && hit.Frame is CueFrame.Object or CueFrame.Act
                && speakers.StartingAt(i + 1, sentence.End) is { Count: > 0 } who
            )
            {
                var target = targets.Before(clause.SubjectEnd, sentence.First);
                if (
                    clause.Negated
                    || clause.Modal
                    || rules.StanceOf(hit, clause, who[0], target, sentence) is not { } stance
                )
                {
                    return false;
                }
                foreach (var speaker in who)
                {
                    Add(new Coding(hit, stance, speaker, target, "passive with its agent", 0.8), s, default);
                }
                return true;
            }
            if (reading.Tokens[i].Kind == TokenKind.Mark && !quotes.IsInside(i))
            {
                break;
            }
        }
        return false;
    }

    private bool TakeAccording(CueHit hit, int s)
    {
        var sentence = reading.Sentences[s];
        var who =
            grammar.Language == "de"
                ? german.Source(hit, sentence) is { } source
                    ? [source]
                    : []
                : speakers.StartingAt(hit.End, sentence.End, said: true);
        foreach (var speaker in who)
        {
            var content = contents.Beside(hit, speaker, sentence);
            Add(new Coding(hit, Stance.Report, speaker, Target.None, "according to", 0.85), s, content);
        }
        return who.Count > 0;
    }

    // "Jan Beispiel: „…“", "Dazu der Minister: „…“", "„…“, beschreibt ein Zeuge": no list has every verb of saying.
    private void TakeBesideQuotation(int s)
    {
        var sentence = reading.Sentences[s];
        if (quotes.FirstWithin(sentence) is not var (quote, first, end))
        {
            return;
        }
        var colon = first - 2;
        var who =
            reading.IsMark(colon, ':') || reading.IsMark(colon, '：') ? BeforeColon(sentence, colon)
            : grammar.Language == "de" ? german.AfterQuotation(end + 1, sentence.End)
            : null;
        if (who is null)
        {
            return;
        }
        var cue = Math.Max(colon, sentence.First);
        var hit = new CueHit(Cue.BesideQuotation, cue, cue + 1, -1);
        Add(new Coding(hit, Stance.Report, who, Target.None, "beside the quotation", 0.65), s, quote);
        coded[^1] = coded[^1] with { Draft = QuoteOwners.WithQuote(coded[^1].Draft, quote) };
    }

    private Speaker? BeforeColon(Sentence sentence, int colon) =>
        grammar.Language == "de" ? german.BeforeColon(sentence, colon)
        : speakers.EndingAt(colon, sentence.First) is [var speaker, ..] ? speaker
        : null;

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
    private bool Continue(int s)
    {
        var sentence = reading.Sentences[s];
        if (
            coded.Count == 0
            || coded[^1].Sentence != s - 1
            || coded[^1].Draft.Quote is null
            || quotes.Filling(sentence) is not { } quote
        )
        {
            return false;
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
        return true;
    }

    private static Span Whole(Span sentence, Span quote) =>
        Span.Between(Math.Min(sentence.Start, quote.Start), Math.Max(sentence.End, quote.End));

    private sealed record Coding(
        CueHit Hit,
        Stance Stance,
        Speaker Speaker,
        Target Target,
        string Rule,
        double Certainty
    );
}
