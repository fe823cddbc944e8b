namespace CyberInsights.Publish;

/// <summary>A page that reports of an event link to and that is a primary source.</summary>
/// <param name="LinkedBy">The first report that links to it.</param>
internal sealed record PrimaryLink(long EventId, string Address, PrimaryKind Kind, long LinkedBy)
{
    /// <summary>More of one event are not listed; those that most reports link to are.</summary>
    internal const int MaxOfEvent = 12;

    /// <summary>The primary sources that the reports link to: what most link to first. Pure.</summary>
    internal static IReadOnlyList<PrimaryLink> Of(DossierMaterial material)
    {
        var named = PrimaryHosts.NamesOf(material);
        return
        [
            .. material
                .Reports.SelectMany(r => r.Links.Select(link => (Report: r, Link: link)))
                .GroupBy(l => l.Link, StringComparer.Ordinal)
                .OrderByDescending(g => g.Select(l => l.Report.SourceId).Distinct().Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g =>
                    PrimaryHosts.KindOf(new Uri(g.Key), named) is { } kind
                        ? new PrimaryLink(material.Event.Id, g.Key, kind, g.Min(l => l.Report.Id))
                        : null
                )
                .OfType<PrimaryLink>()
                .Take(MaxOfEvent),
        ];
    }
}
