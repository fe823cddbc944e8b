namespace CyberInsights.Publish;

/// <summary>
/// Where an event stands on the front page. The rank is a sum of logarithms and of the moment the event was lifted last, in days:
/// one day newer weighs as much as twice the origins. So ranks can be compared at any time and never have to be computed anew.
/// No single source lifts an event: the moment is that of the last but one origin, severity needs two origins or one of the first
/// hand, and what one origin alone tells is capped. Pure.
/// </summary>
internal static class Ranking
{
    /// <summary>Fewer people or records lift nothing.</summary>
    internal const long FewVictims = 1000;

    private const double MaxOfOneOrigin = 1.5;
    private const int ManyOrigins = 64;
    private const int ManySpeakers = 16;
    private const double OfExploitation = 1;
    private const double OfSector = 0.5;
    private const double MaxOfVictims = 2;
    private const double MaxOfAge = 3;

    private static readonly HashSet<string> CriticalSectors =
    [
        "Critical infrastructure",
        "Energy",
        "Finance",
        "Government",
        "Health",
        "Telecommunications",
        "Transport",
        "Water",
    ];

    /// <param name="now">What is dated later counts as told now.</param>
    internal static (double Rank, RankReason Why) Of(
        DossierMaterial material,
        IReadOnlyList<ReportOrigin> origins,
        DateTimeOffset now
    )
    {
        var originOf = origins.ToDictionary(o => o.ReportId, o => o.OriginId);
        var told = material.Reports.ToLookup(r => originOf[r.Id], r => r.ToldAt < now ? r.ToldAt : now);
        var first = told.SelectMany(t => t).Min();
        var lifted = told.Count == 1 ? first : told.Select(t => t.Max()).OrderDescending().ElementAt(1);
        var facts = new Severity(material, originOf);
        var why = new RankReason
        {
            // Three outlets may print three agencies beside what is their own; they stay three.
            Independent = Math.Min(told.Count, material.OutletCount),
            Outlets = material.OutletCount,
            Speakers = material.Statements.Select(s => s.Speaker).Distinct(StringComparer.OrdinalIgnoreCase).Count(),
            Catalogued = material.Catalogued,
            Exploited = facts.Exploited,
            Victims = facts.Victims,
            Sector = facts.Sector,
            Days = (int)(lifted - first).TotalDays,
            LiftedAt = lifted.ToUnixTimeMilliseconds(),
        };
        var weight = Weight(why);
        var capped = told.Count == 1 && weight > MaxOfOneOrigin;
        return (
            (capped ? MaxOfOneOrigin : weight)
                - Math.Min(MaxOfAge, 0.5 * Math.Log2(1 + (lifted - first).TotalDays))
                + (lifted - DateTimeOffset.UnixEpoch).TotalDays,
            why with
            {
                Capped = capped,
            }
        );
    }

    private static double Weight(RankReason why) =>
        Math.Log2(1 + Math.Min(why.Independent, ManyOrigins))
        + 0.5 * Math.Log2(1 + Math.Min(why.Speakers, ManySpeakers))
        + (why.Catalogued || why.Exploited ? OfExploitation : 0)
        + (why.Sector is null ? 0 : OfSector)
        // Ten thousand weigh as much as twice the origins, a hundred million as four times.
        + Math.Min(MaxOfVictims, why.Victims is { } victims ? Math.Log10(victims) / 4 : 0);

    /// <summary>How grave it is, as far as two origins tell it.</summary>
    private sealed class Severity
    {
        private readonly Dictionary<long, long> originOf;
        private readonly HashSet<long> firstHand;

        internal Severity(DossierMaterial material, Dictionary<long, long> originOf)
        {
            this.originOf = originOf;
            firstHand = [.. material.Reports.Where(r => r.FirstHand).Select(r => r.Id)];
            var byKind = material.Facts.ToLookup(f => f.Kind);
            Exploited = IsCarried(byKind[FactKind.Happening].Where(f => f.Value == nameof(Happening.Exploitation)));
            Sector = byKind[FactKind.Sector]
                .Where(f => CriticalSectors.Contains(f.Value))
                .GroupBy(f => f.Value, StringComparer.Ordinal)
                .Where(IsCarried)
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => g.Key)
                .FirstOrDefault();
            Victims = VictimsOf(byKind[FactKind.Number]);
        }

        internal bool Exploited { get; }
        internal string? Sector { get; }
        internal long? Victims { get; }

        // One of the first hand knows; all others have to be two.
        private bool IsCarried(IEnumerable<Fact> facts)
        {
            var told = facts.ToList();
            return told.Exists(f => firstHand.Contains(f.ReportId))
                || told.Select(f => originOf[f.ReportId]).Distinct().Skip(1).Any();
        }

        // The second largest of what each origin gives: at least so many are told by two.
        private long? VictimsOf(IEnumerable<Fact> numbers)
        {
            var least = numbers
                .Where(f => f.Role is nameof(Counted.People) or nameof(Counted.Records))
                .GroupBy(f => originOf[f.ReportId])
                .Select(g => g.Max(f => f.Least ?? f.Most ?? 0))
                .OrderDescending()
                .Skip(1)
                .FirstOrDefault();
            return least >= FewVictims ? (long)Math.Min(least, 1e12) : null;
        }
    }
}
