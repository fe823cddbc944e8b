using System.Collections.Frozen;
using CyberInsights.Recognise.Attributing;
using CyberInsights.Text;

namespace CyberInsights.Recognise.English;

/// <summary>
/// Finds the statements of an English text: attributions whose verb carries a stance or whose content does, and acts told by a verb ("sanctioned").
/// Prefers to miss a statement over inventing one: what the sentence only wishes, supposes or asks gives none.
/// </summary>
internal sealed class EnglishStatements
{
    /// <summary>Verbs whose content nobody has done yet: "wants X to condemn".</summary>
    internal static readonly FrozenSet<string> Unreal = FrozenSet.ToFrozenSet(
        (
            "hope want wish expect fear doubt worry demand ask urge plan intend threaten promise vow pledge predict suggest propose recommend deny "
            + "reject dismiss consider call encourage pressure press persuade convince seek"
        ).Split(' ')
    );

    private readonly Reading reading;
    private readonly FoundIndex found;
    private readonly Grammar grammar = Grammar.Of("en")!;
    private readonly Cues cues = Cues.Of("en")!;
    private readonly ILookup<int, Telling> tellings;
    private readonly Discourse discourse = new();
    private readonly EnglishSpeakers speakers;
    private readonly EnglishTargets targets;
    private readonly StanceRules stances;
    private readonly CueRules rules;
    private readonly SpokenQuotes quotes;
    private readonly PartyActs acts;
    private readonly List<Found> mentions;
    private readonly List<Said> said = [];
    private int mentioned;

    private EnglishStatements(Reading reading, FoundIndex found, IReadOnlyList<Telling> tellings)
    {
        (this.reading, this.found) = (reading, found);
        this.tellings = tellings.ToLookup(t => t.Sentence.Number);
        speakers = new EnglishSpeakers(reading, found, grammar, discourse);
        targets = new EnglishTargets(reading, found, grammar, new TargetFinder(reading, found, grammar));
        stances = new StanceRules(reading, found, grammar, cues);
        rules = new CueRules(reading, found, grammar);
        quotes = new SpokenQuotes(reading);
        acts = new PartyActs(reading, found);
        mentions = [.. found.All.OrderBy(f => f.First).ThenByDescending(f => f.End)];
    }

    internal static IReadOnlyList<StatementDraft> Find(
        Reading reading,
        FoundIndex found,
        IReadOnlyList<Telling> tellings
    )
    {
        var finder = new EnglishStatements(reading, found, tellings);
        for (var s = 0; s < reading.Sentences.Count; s++)
        {
            finder.ReadSentence(s);
        }
        return StatementList.Of(finder.said.Select(s => s.Draft));
    }

    private void ReadSentence(int s)
    {
        var before = said.Count;
        var range = reading.Sentences[s];
        if (range.End > range.First && !reading.IsMark(range.End - 1, '?'))
        {
            var sentence = new ParsedSentence(reading, s);
            var sources = new SourceRules(sentence, found, grammar);
            ReadWords(sentence, new EnglishClauses(sentence, new Predicates(sentence), found, sources), sources);
            ReadActs(sentence, before);
        }
        Register(range.End);
        Settle(before, s);
        if (said.Count == before && Subject(range) is { } subject)
        {
            discourse.Began(subject);
        }
    }

    private void ReadWords(ParsedSentence sentence, EnglishClauses clauses, SourceRules sources)
    {
        var own = tellings[sentence.Number].ToList();
        for (var i = sentence.Sentence.First; i < sentence.Sentence.End; i++)
        {
            var telling = own.Find(t => t.CueSpan.Start == reading.Tokens[i].Start);
            // "the United States Constitution", "The Washington Post reads": a word of a name is no verb.
            if (
                quotes.IsInside(i)
                || found.Over(i) is { Entity.Kind: not EntityKind.Sector }
                || reading.IsMark(i - 1, '-')
            )
            {
                continue;
            }
            if (cues.Match(reading, i, sentence.Sentence.End) is { } hit)
            {
                Register(i);
                if (
                    hit.Frame == CueFrame.According
                        ? TakeTelling(telling)
                        : Take(hit, sentence, clauses, sources, telling, own)
                )
                {
                    i = hit.End - 1;
                }
            }
            else if (
                telling is not null
                && (telling.Says || quotes.Of(sentence, telling, telling.Cue).Any())
                && (sources.IsAgent(telling.Source) || sentence[telling.Source].Upos == "PRON")
            )
            {
                Register(i);
                TakeTelling(telling);
            }
        }
    }

    private void ReadActs(ParsedSentence sentence, int before)
    {
        var own = tellings[sentence.Number].ToList();
        foreach (var act in acts.Of(sentence).Where(a => !quotes.IsInside(reading.TokenAt(a.Cue.Start))))
        {
            if (!IsUnreal(act.Cue.Start, own) && !said.Skip(before).Any(s => act.IsToldBy(s.Draft)))
            {
                foreach (var speaker in speakers.Of(sentence, act.Doer, act.Verb))
                {
                    Add(new Coding(act.Stance, speaker, act.Target, act.Cue, act.Rule, 0.6), sentence, null, act.Verb);
                }
            }
        }
    }

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

    private bool Take(
        CueHit hit,
        ParsedSentence sentence,
        EnglishClauses clauses,
        SourceRules sources,
        Telling? telling,
        List<Telling> own
    )
    {
        if (
            hit.Frame == CueFrame.Say && telling is null
            || clauses.Of(hit) is not { } clause
            || IsUnreal(reading.Tokens[hit.First].Start, own)
        )
        {
            return false;
        }
        if (!sources.IsAgent(clause.Doer) && sentence[clause.Doer].Upos != "PRON")
        {
            return false;
        }
        var who = speakers.Of(sentence, telling?.Source ?? clause.Doer, clause.Verb);
        if (
            who.Count == 1
            && hit.Cue.Stance is Stance.Deny or Stance.Deflect or Stance.Decline
            && Accused(sentence, clause, who[0]) is { } accused
        )
        {
            who = [accused];
        }
        if (
            who.Count == 0
            || (hit.Frame == CueFrame.Act && who[0].Entity is null && !IsOfficial(sentence, clause.Doer))
            || clause.Passive && hit.Frame is not (CueFrame.Object or CueFrame.Act)
        )
        {
            return false;
        }
        var target = targets.Of(hit, clause, who[0]);
        var around = new Clause { Negated = clause.Negated, Refused = clause.Refused };
        if (rules.StanceOf(hit, around, who[0], target, sentence.Sentence) is not { } stance)
        {
            return false;
        }
        if (stance == Stance.Confirm && IsPrivate(sentence, clause.Doer))
        {
            return false;
        }
        var (rule, certainty) = Rule(clause, sentence);
        foreach (var speaker in who)
        {
            Add(
                new Coding(
                    stance,
                    speaker,
                    target,
                    reading.SpanOf(hit.First, Math.Min(hit.End, sentence.Sentence.End)),
                    rule,
                    certainty
                ),
                sentence,
                telling,
                clause.Verb
            );
        }
        return true;
    }

    private bool IsOfficial(ParsedSentence sentence, int word) =>
        grammar.Is(sentence.Text(word).ToLowerInvariant(), WordClass.Official);

    // What passers-by confirm is no confirmation.
    private static bool IsPrivate(ParsedSentence sentence, int word) =>
        sentence[word].Lemma is "people" or "person" or "man" or "woman" or "resident" or "user";

    // "hopes that X condemns", "asked X to deny": within what somebody only wants or rejects nobody has acted.
    private static bool IsUnreal(int at, List<Telling> own) =>
        own.Any(t => Unreal.Contains(t.Sentence[t.Cue].Lemma) && t.Content.Any(c => c.Start <= at && at < c.End));

    // "Norland accuses Sudland, which it denies": whoever was accused denies.
    private Speaker? Accused(ParsedSentence sentence, EnglishClause clause, Speaker speaker) =>
        sentence[clause.Doer].Upos == "PRON"
        && said.Count > 0
        && said[^1] is { Draft: { Stance: Stance.Accuse, Target: { } target } } last
        && last.Sentence == sentence.Number
        && last.Speaker.IsParty(speaker)
            ? new Speaker(target, target.Name, null, target.Code, speaker.Span, 0.65)
            : null;

    private static (string, double) Rule(EnglishClause clause, ParsedSentence sentence) =>
        clause.Passive ? ("passive with its agent", 0.8)
        : clause.GoesOn ? ("verb goes on", 0.75)
        : clause.Doer > clause.Verb ? ("subject after the verb", 0.85)
        : ("subject before the verb", 0.9);

    private bool TakeTelling(Telling? telling)
    {
        if (telling is null)
        {
            return false;
        }
        var who = speakers.Of(telling.Sentence, telling.Source, telling.Cue);
        foreach (var speaker in who)
        {
            Add(
                new Coding(
                    Stance.Report,
                    speaker,
                    Target.None,
                    telling.CueSpan,
                    telling.Rule,
                    Math.Min(telling.Certainty, 0.85)
                ),
                telling.Sentence,
                telling,
                telling.Cue
            );
        }
        return who.Count > 0;
    }

    private void Add(Coding coding, ParsedSentence sentence, Telling? telling, int verb)
    {
        var speaker = coding.Speaker;
        var spoken = quotes.Of(sentence, telling, verb).ToList();
        var own = spoken.Where(q => q.Start < sentence.Span.End && sentence.Span.Start < q.End).ToList();
        Span? quote = own.Count > 0 ? own.MaxBy(q => q.Length) : null;
        var draft = new StatementDraft
        {
            Speaker = speaker.Entity,
            SpeakerName = speaker.Name,
            SpeakerRole = speaker.Role,
            SpeakerCountry = speaker.Country,
            Stance = coding.Stance,
            Target = coding.Target.Entity,
            TargetName = coding.Target.Name,
            Sentence = Wide(sentence.Span, quote),
            SpeakerSpan = speaker.Span,
            Cue = coding.Cue,
            Quote = quote,
            Content = telling is null ? default : telling.Content.MaxBy(c => c.Length),
            Confidence = Math.Round(Math.Min(0.95, coding.Certainty * speaker.Certainty / 0.9), 2),
            Rule = coding.Rule,
        };
        said.Add(new Said(draft, sentence.Number, speaker));
        discourse.Spoke(speaker);
        speakers.Remember(speaker);
        foreach (var later in spoken.Where(q => q.Start >= sentence.Span.End))
        {
            GoOn(draft, later, speaker);
        }
    }

    // A quotation in the sentences after it goes on with what the speaker said.
    private void GoOn(StatementDraft draft, Span quote, Speaker speaker)
    {
        var s = NameFinder.SentenceOf(reading, reading.TokenAt(quote.Start));
        var sentence = reading.Sentences[s];
        said.Add(
            new Said(
                draft with
                {
                    Sentence = Wide(reading.SpanOf(sentence.First, sentence.End), quote),
                    Quote = quote,
                    Content = quote,
                    Rule = "quotation goes on",
                    Confidence = Math.Round(draft.Confidence * 0.85, 2),
                },
                s,
                speaker
            )
        );
    }

    private static Span Wide(Span sentence, Span? quote) =>
        quote is { } q ? Span.Between(Math.Min(sentence.Start, q.Start), Math.Max(sentence.End, q.End)) : sentence;

    // Neutral verbs take the stance of the sentence before by the same party, else what their content tells.
    private void Settle(int from, int s)
    {
        for (var i = from; i < said.Count; i++)
        {
            var one = said[i];
            if (one.Draft.Stance != Stance.Report)
            {
                continue;
            }
            if (one.Draft.Quote is not null && Before(from, s, one.Speaker) is { } before)
            {
                said[i] = one with
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
            else if (Told(one) is { } told)
            {
                said[i] = one with
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

    private (Stance Stance, Target Target, string Rule)? Told(Said one)
    {
        var content =
            one.Draft.Quote is { } quote && quote.Length > one.Draft.Content.Length ? quote : one.Draft.Content;
        return content.Length == 0
            ? null
            : stances.Of(reading.TokenAt(content.Start), reading.TokenAt(content.End - 1) + 1, one.Speaker);
    }

    private Said? Before(int from, int s, Speaker speaker)
    {
        for (var i = from - 1; i >= 0 && said[i].Sentence == s - 1; i--)
        {
            if (said[i].Draft.Stance != Stance.Report && said[i].Speaker.IsParty(speaker))
            {
                return said[i];
            }
        }
        return null;
    }
}
