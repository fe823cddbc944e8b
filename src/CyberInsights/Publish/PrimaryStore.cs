using CyberInsights.Extract;
using CyberInsights.Storage;

namespace CyberInsights.Publish;

/// <summary>The primary sources of events: the table <c>primary_sources</c>.</summary>
internal static class PrimaryStore
{
    // Of one event so many pages are fetched; further ones are listed as links.
    private const int MaxFetched = 6;

    /// <summary>Adds what the events do not have yet and has the pages captured that no source has brought.</summary>
    /// <param name="mayFetch">Whether the page of an address may be captured.</param>
    /// <returns>What was added, each with its report; null: it is not captured.</returns>
    internal static async Task<IReadOnlyList<(PrimaryLink Link, long? ReportId)>> AddAsync(
        Transaction t,
        IReadOnlyList<PrimaryLink> links,
        Func<Uri, bool> mayFetch,
        CancellationToken cancel
    )
    {
        var stored = (
            await t.QueryAsync<Stored>(
                "select event_id, address, report_id from primary_sources where event_id in @eventIds",
                new { eventIds = links.Select(l => l.EventId).Distinct().ToArray() },
                cancel
            )
        ).ToLookup(s => s.EventId);
        var news = links
            .GroupBy(l => l.EventId)
            .SelectMany(g =>
                g.Where(l => stored[g.Key].All(s => s.Address != l.Address))
                    .Take(Math.Max(0, PrimaryLink.MaxOfEvent - stored[g.Key].Count()))
            )
            .ToList();
        var known = await LinkedReports.KnownAsync(t, news.Select(l => l.Address), cancel);
        var fetched = stored.ToDictionary(g => g.Key, g => g.Count(s => s.ReportId is not null));
        var added = new List<(PrimaryLink, long?)>();
        foreach (var link in news)
        {
            long? report = known.TryGetValue(link.Address, out var there) ? there : null;
            if (
                report is null
                && fetched.GetValueOrDefault(link.EventId) < MaxFetched
                && mayFetch(new Uri(link.Address))
            )
            {
                report = await LinkedReports.OpenAsync(t, link.Address, link.LinkedBy, cancel);
            }
            if (report is { } opened)
            {
                known[link.Address] = opened;
                fetched[link.EventId] = fetched.GetValueOrDefault(link.EventId) + 1;
            }
            added.Add((link, report));
        }
        await t.InsertAsync(
            "primary_sources (event_id, address, kind, report_id, linked_by)",
            [
                .. added.Select(a =>
                    (object?[])[a.Item1.EventId, a.Item1.Address, a.Item1.Kind, a.Item2, a.Item1.LinkedBy]
                ),
            ],
            "on conflict (event_id, address) do nothing",
            cancel
        );
        return added;
    }

    private sealed record Stored
    {
        public required long EventId { get; init; }
        public required string Address { get; init; }
        public long? ReportId { get; init; }
    }
}
