namespace CyberInsights.Publish;

/// <summary>A stance as it counts for how sure the world is.</summary>
/// <param name="Speaker">The same for all statements of one speaker.</param>
/// <param name="Entitled">May settle the event: neither one who accuses or claims, nor an outlet that tells it.</param>
internal sealed record Testimony(string Speaker, Stance Stance, DateTimeOffset At, bool Entitled);

/// <summary>How sure the world is about an event, from who takes which stance and nothing else. Pure.</summary>
internal static class Judgement
{
    internal static EventState Of(DossierMaterial material)
    {
        var told = material.Reports.ToDictionary(r => r.Id, r => r.ToldAt);
        var alleging = material.Statements.Where(s => IsAllegation(s.Stance)).Select(KeyOf).ToHashSet();
        return Of([
            .. material
                .Statements.Where(s => told.ContainsKey(s.ReportId))
                .Select(s => new Testimony(
                    KeyOf(s),
                    s.Stance,
                    told[s.ReportId],
                    !alleging.Contains(KeyOf(s)) && !material.Outlets.Spellings.ContainsKey(s.Speaker)
                )),
        ]);
    }

    internal static EventState Of(IReadOnlyList<Testimony> told)
    {
        var lastWord = told.Where(t => SaysWhether(t.Stance))
            .GroupBy(t => t.Speaker)
            .ToDictionary(g => g.Key, g => g.MaxBy(t => t.At)!);
        var standing = told.Where(t => !IsOutdated(t, lastWord)).ToList();
        var retractions = standing.Where(t => t.Stance == Stance.Retract).ToList();
        var alleged = standing.Exists(t => IsAllegation(t.Stance) && !IsRetracted(t, standing, retractions));
        var contested = standing.Exists(t => t.Stance is Stance.Deny or Stance.Refute);
        var confirmed = standing.Exists(t => t is { Stance: Stance.Confirm, Entitled: true });
        // Whoever is not entitled to confirm says no more than that it was so.
        var asserted = alleged || standing.Exists(t => t.Stance == Stance.Confirm);
        return retractions.Count > 0 && !asserted ? EventState.Refuted
            : asserted && contested ? EventState.Disputed
            : standing.Exists(t => t is { Stance: Stance.Refute, Entitled: true }) ? EventState.Refuted
            : confirmed || standing.Exists(t => t.Stance == Stance.Act) ? EventState.Confirmed
            : asserted ? EventState.Claimed
            : EventState.Developing;
    }

    // Whoever takes back an allegation of its own leaves those of others standing; whoever takes back a story that told of others'
    // allegations says that they are nothing, as far as they were made before.
    private static bool IsRetracted(Testimony allegation, List<Testimony> standing, List<Testimony> retractions) =>
        retractions.Exists(r =>
            r.Speaker == allegation.Speaker
            || (r.At >= allegation.At && !standing.Exists(t => t.Speaker == r.Speaker && IsAllegation(t.Stance)))
        );

    private static bool IsAllegation(Stance stance) => stance is Stance.Accuse or Stance.Assess or Stance.Claim;

    // The last word of a speaker counts: a company that denied and now confirms denies no longer.
    private static bool IsOutdated(Testimony testimony, Dictionary<string, Testimony> lastWord) =>
        SaysWhether(testimony.Stance)
        && lastWord[testimony.Speaker] is var last
        && last.At > testimony.At
        && (last.Stance == Stance.Confirm) != (testimony.Stance == Stance.Confirm);

    private static bool SaysWhether(Stance stance) => stance is Stance.Confirm or Stance.Deny or Stance.Refute;

    private static string KeyOf(Statement statement) =>
        statement.SpeakerId is { } id ? $"#{id}" : statement.Speaker.ToLowerInvariant();
}
