using CyberInsights.Capture;
using CyberInsights.Storage;
using CyberInsights.Text;

namespace CyberInsights.Extract;

/// <summary>Opens reports for pages that other reports link to; until its page has come, such a report has nothing but its address.</summary>
internal static class LinkedReports
{
    // One domain that everybody links to must not fill the list of pages to fetch.
    private const int MaxOfDomainADay = 40;

    // Nor must a source that makes up a story for each of ten thousand domains.
    private const int MaxADay = 1000;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The reports that are at <paramref name="addresses"/> already.</summary>
    internal static async Task<Dictionary<string, long>> KnownAsync(
        Transaction t,
        IEnumerable<string> addresses,
        CancellationToken cancel
    )
    {
        var hashes = addresses.Distinct().ToDictionary(a => a, HashOf, StringComparer.Ordinal);
        var found = (
            await t.QueryAsync<(string Hash, long Id)>(
                "select address_hash, min(id) from reports where address_hash in @hashes group by address_hash",
                new { hashes = hashes.Values.Distinct().ToArray() },
                cancel
            )
        ).ToDictionary(f => f.Hash, f => f.Id, StringComparer.Ordinal);
        return hashes
            .Where(h => found.ContainsKey(h.Value))
            .ToDictionary(h => h.Key, h => found[h.Value], StringComparer.Ordinal);
    }

    /// <summary>Opens a report and makes its page due; null when enough pages of that domain, or of all, came within a day.</summary>
    /// <param name="address">As in <c>report_links</c>; not at a known report.</param>
    /// <param name="linkedBy">The report that links to it: what it was read from proves that the address was given.</param>
    internal static async Task<long?> OpenAsync(Transaction t, string address, long linkedBy, CancellationToken cancel)
    {
        var sourceId = await LinkedSources.OfAsync(t, new Uri(address), cancel);
        if (!await HasRoomAsync(t, sourceId, cancel))
        {
            return null;
        }
        var id = t.NextId();
        await t.InsertAsync(
            "reports (id, source_id, address, address_hash, version, title, language, published_at, first_seen_at, changed_at)",
            [
                [id, sourceId, address, HashOf(address), 1, address, "und", t.Now, t.Now, t.Now],
            ],
            "",
            cancel
        );
        await t.ExecuteAsync(
            """
            insert into report_versions (report_id, number, snapshot_id, basis, title, text, published_precision, text_hash, created_at)
            select @id, 1, v.snapshot_id, @Title, @address, '', @Captured, @hash, @Now
            from reports r join report_versions v on v.report_id = r.id and v.number = r.version where r.id = @linkedBy
            """,
            new
            {
                id,
                TextBasis.Title,
                address,
                DatePrecision.Captured,
                hash = Fingerprint.OfVersion(address, ""),
                t.Now,
                linkedBy,
            },
            cancel
        );
        await PageFetches.AddAsync(
            t,
            new PageWish
            {
                ReportId = id,
                SourceId = sourceId,
                Address = address,
            },
            cancel
        );
        return id;
    }

    private static async Task<bool> HasRoomAsync(Transaction t, long sourceId, CancellationToken cancel)
    {
        var (ofDomain, all) = await t.FirstAsync<(long, long)>(
            """
            select coalesce(sum(case when r.source_id = @sourceId then 1 else 0 end), 0), count(*)
            from reports r join sources s on s.id = r.source_id and s.kind = @Linked where r.id >= @first
            """,
            new
            {
                sourceId,
                SourceKind.Linked,
                first = Ids.First(t.Now - Day),
            },
            cancel
        );
        return ofDomain < MaxOfDomainADay && all < MaxADay;
    }

    private static string HashOf(string address) => Fingerprint.Of(Addresses.Canonical(new Uri(address)));
}
