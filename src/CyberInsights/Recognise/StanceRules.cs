using System.Collections.Frozen;

namespace CyberInsights.Recognise;

/// <summary>What a content says of its speaker's stance, where the verb is neutral ("said", "according to").</summary>
internal sealed class StanceRules(Reading reading, FoundIndex found, Grammar grammar, Cues cues)
{
    private static readonly FrozenSet<string> Attributions = FrozenSet.ToFrozenSet([
        "carried out by",
        "conducted by",
        "orchestrated by",
        "perpetrated by",
        "launched by",
        "the work of",
        "behind the",
        "responsible for",
        "attributed to",
        "was behind",
        "were behind",
        "is behind",
        "are behind",
        "linked to",
    ]);
    private static readonly FrozenSet<string> Denials = FrozenSet.ToFrozenSet([
        "nothing to do",
        "no involvement",
        "not involved",
        "not responsible",
        "not behind",
        "are false",
        "is false",
        "are baseless",
        "is baseless",
        "are groundless",
        "are unfounded",
        "were baseless",
        "were unfounded",
        "completely false",
        "purely fabricated",
        "false accusations",
        "baseless accusations",
        "groundless accusations",
        "unfounded accusations",
        "smear campaign",
    ]);
    private static readonly FrozenSet<string> Deflections = FrozenSet.ToFrozenSet([
        "opposes all",
        "oppose all",
        "opposes any",
        "oppose any",
        "firmly opposes",
        "consistently opposed",
        "also a victim",
        "major victim",
        "biggest victim",
        "no evidence",
        "lack of evidence",
        "sufficient evidence",
        "without evidence",
        "any evidence",
    ]);
    private static readonly FrozenSet<string> Condemnations = FrozenSet.ToFrozenSet([
        "unacceptable",
        "reckless",
        "irresponsible",
        "outrageous",
        "despicable",
        "cowardly",
    ]);

    private static readonly FrozenSet<string> Beginnings = Attributions
        .Concat(Denials)
        .Concat(Deflections)
        .Select(p => p.Split(' ')[0])
        .Concat(Condemnations)
        .ToFrozenSet();

    private readonly ContentPhrases? contents = ContentPhrases.Of(reading.Language);

    /// <summary>The stance of a content; null when it tells none.</summary>
    internal (Stance Stance, Target Target, string Rule)? Of(int first, int end, Speaker speaker)
    {
        if (FirstPerson(first, end) is { } own)
        {
            return own;
        }
        if (grammar.Language != "en")
        {
            return contents?.Of(reading, found, first, end, speaker);
        }
        for (var i = first; i < end; i++)
        {
            if (!Beginnings.Contains(reading.Word(i)))
            {
                continue;
            }
            var (two, three) = (
                $"{reading.Word(i)} {reading.Word(i + 1)}",
                $"{reading.Word(i)} {reading.Word(i + 1)} {reading.Word(i + 2)}"
            );
            if (Denials.Contains(two) || Denials.Contains(three))
            {
                return (Stance.Deny, Target.None, "content denies");
            }
            if (Deflections.Contains(two) || Deflections.Contains(three))
            {
                return (Stance.Deflect, Target.None, "content deflects");
            }
            if (Condemnations.Contains(reading.Word(i)) && (speaker.Entity is not null || speaker.Country is not null))
            {
                return (Stance.Condemn, Target.None, "content condemns");
            }
            if (
                (Attributions.Contains(two) || Attributions.Contains(three))
                && !IsNegated(i, first)
                && Blamed(i, first, end) is { } blamed
                && blamed.Key != speaker.Entity?.Key
            )
            {
                var assessed = speaker.Entity is { } entity && Knowledge.Shipped.Researchers.Contains(entity.Key);
                return (
                    assessed ? Stance.Assess : Stance.Accuse,
                    new Target(blamed, blamed.Name),
                    "content attributes"
                );
            }
        }
        return null;
    }

    // "we urge China to", "I summoned the ambassador": the speaker's own act, in the speaker's own words.
    private (Stance, Target, string)? FirstPerson(int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (!grammar.Is(reading.Word(i), WordClass.We))
            {
                continue;
            }
            var at = i + 1;
            while (
                at < end
                && (
                    grammar.Is(reading.Word(at), WordClass.Adverb)
                    || reading.Word(at) is "have" or "strongly" or "will" or "also" or "firmly"
                )
            )
            {
                at++;
            }
            if (cues.Match(reading, at, end) is { Frame: CueFrame.Object } hit && hit.Cue.Stance != Stance.Report)
            {
                return (
                    hit.Cue.Stance,
                    new TargetFinder(reading, found, grammar).After(hit, hit.End, end, null),
                    "content in the first person"
                );
            }
        }
        return null;
    }

    private bool IsNegated(int at, int first) =>
        Enumerable
            .Range(1, 4)
            .Any(back =>
                at - back >= first
                && (grammar.Is(reading.Word(at - back), WordClass.Negation) || reading.Word(at - back) == "no")
            );

    // By whom: after "carried out by", before "was behind".
    private EntityDraft? Blamed(int at, int first, int end)
    {
        for (var i = at; i < Math.Min(end, at + 9); i++)
        {
            if (
                found.StartingAt(i)
                    is { Entity.Kind: EntityKind.Actor or EntityKind.Country or EntityKind.Organisation } mention
                && reading.Word(at) is not ("behind" or "responsible" or "was" or "were" or "is" or "are")
            )
            {
                return mention.Entity;
            }
        }
        for (var i = at; i > Math.Max(first, at - 8); i--)
        {
            if (
                reading.Word(at) is "behind" or "responsible" or "was" or "were" or "is" or "are"
                && found.EndingAt(i)
                    is { Entity.Kind: EntityKind.Actor or EntityKind.Country or EntityKind.Organisation } mention
            )
            {
                return mention.Entity;
            }
        }
        return null;
    }
}
