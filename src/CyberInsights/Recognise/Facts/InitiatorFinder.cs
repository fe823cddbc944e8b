namespace CyberInsights.Recognise.Facts;

/// <summary>Finds who is said to have done it, and by whom: from statements, from links such as "attributed to", from words such as "Russian hackers".</summary>
internal sealed class InitiatorFinder(Reading reading, FoundIndex found)
{
    /// <summary>More of one text are not kept.</summary>
    internal const int MaxInitiators = 4;

    private const int MaxBetween = 3;

    // What stands after a state: "Chinese state-sponsored attackers", "pro-Iranian hacktivist group", "North Korea-linked APT".
    private static readonly PhraseTable<bool> Doers = new(
        ListFile.Read("initiators.tsv", 1).SelectMany(line => ListFile.Words(line[0])).Select(word => (word, true))
    );

    internal IEnumerable<FactDraft> Find(IReadOnlyList<StatementDraft> statements, IReadOnlyList<EntityLink> links)
    {
        var facts = new List<FactDraft>();
        foreach (var statement in statements)
        {
            if (statement.Stance is Stance.Accuse or Stance.Assess && statement.TargetName is { } target)
            {
                facts.Add(
                    Fact(
                        target,
                        statement.Target,
                        statement.SpeakerName,
                        statement.Sentence,
                        statement.Confidence,
                        "who a statement accuses"
                    )
                );
            }
            else if (statement.Stance == Stance.Claim)
            {
                facts.Add(
                    Fact(
                        statement.SpeakerName,
                        statement.Speaker,
                        statement.SpeakerName,
                        statement.Sentence,
                        statement.Confidence,
                        "who claims it"
                    )
                );
            }
        }
        facts.AddRange(
            links
                .Where(l => l.Kind == EntityLinkKind.AttributedTo)
                .Select(l => Fact(l.To.Name, l.To, null, new Span(l.Start, l.Length), 0.7, "what it is attributed to"))
        );
        facts.AddRange(OfStates());
        facts.AddRange(
            found
                .All.Where(f => f.Entity.Kind == EntityKind.Actor)
                .OrderBy(f => f.Mention.Start)
                .Take(1)
                .Select(f =>
                    Fact(
                        f.Entity.Name,
                        f.Entity,
                        null,
                        new Span(f.Mention.Start, f.Mention.Length),
                        0.6,
                        "the first actor named"
                    )
                )
        );
        return facts.DistinctBy(f => f.Entity?.Key ?? f.Value).Take(MaxInitiators);
    }

    private IEnumerable<FactDraft> OfStates()
    {
        foreach (var state in found.All.Where(f => f.Entity.Kind == EntityKind.Country).OrderBy(f => f.Mention.Start))
        {
            for (var at = state.End; at <= state.End + MaxBetween && at < reading.Tokens.Count; at++)
            {
                if (Doers.At(reading.Tokens, at) is ([_, ..], var length))
                {
                    var span = reading.SpanOf(state.First, at + length);
                    yield return Fact(
                        state.Entity.Name,
                        state.Entity,
                        null,
                        span,
                        0.7,
                        "a state before a word for attackers"
                    );
                    break;
                }
                if (!IsBetween(at))
                {
                    break;
                }
            }
        }
    }

    private bool IsBetween(int token) =>
        reading.IsMark(token, '-')
        || reading.Word(token)
            is "state"
                or "government"
                or "linked"
                or "nexus"
                or "backed"
                or "sponsored"
                or "aligned"
                or "based"
                or "speaking"
                or "military"
                or "intelligence"
                or "cyber"
                or "staatliche"
                or "staatlichen";

    private static FactDraft Fact(
        string name,
        EntityDraft? entity,
        string? by,
        Span span,
        double confidence,
        string reason
    ) =>
        new()
        {
            Kind = FactKind.Initiator,
            Value = name,
            Entity = entity,
            NamedBy = by,
            Span = span,
            Confidence = confidence,
            Reason = reason,
        };
}
