using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>Reports, their versions and the places they were seen at: the tables of this folder.</summary>
public sealed class ReportStore(Database database)
{
    /// <summary>Beyond this many versions of one report edits are no longer kept apart; their bytes stay in the snapshots.</summary>
    internal const int MaxVersions = 20;

    private const string Current = """
        select r.id, r.source_id, r.address, r.version, r.language, r.published_at, r.first_seen_at, r.changed_at,
               v.title, v.text, v.html, v.author, v.image, v.published_raw, v.published_precision, v.basis, v.snapshot_id, v.text_hash
        from reports r join report_versions v on v.report_id = r.id and v.number = r.version
        """;

    /// <summary>The current versions of <paramref name="ids"/>, in order of id.</summary>
    public Task<IReadOnlyList<Report>> CurrentAsync(long[] ids, CancellationToken cancel) =>
        database.QueryAsync<Report>($"{Current} where r.id in @ids order by r.id", new { ids }, cancel);

    /// <summary>Which of <paramref name="identities"/> a source has given before, and with which fingerprint.</summary>
    internal async Task<Dictionary<string, string>> KnownAsync(
        long sourceId,
        string[] identities,
        CancellationToken cancel
    ) =>
        (
            await database.QueryAsync<Place>(
                "select source_id, identity, report_id, item_hash from report_places where source_id = @sourceId and identity in @identities",
                new { sourceId, identities },
                cancel
            )
        ).ToDictionary(p => p.Identity, p => p.ItemHash, StringComparer.Ordinal);

    internal static Task SeenAgainAsync(Transaction t, long sourceId, string[] identities, CancellationToken cancel) =>
        t.ExecuteAsync(
            "update report_places set last_seen_at = @Now where source_id = @sourceId and identity in @identities",
            new
            {
                sourceId,
                identities,
                t.Now,
            },
            cancel
        );

    /// <summary>Where the items of the drafts were seen before.</summary>
    internal static async Task<Dictionary<(long Source, string Identity), Place>> PlacesAsync(
        Transaction t,
        IEnumerable<(long Source, ItemDraft Draft)> drafts,
        CancellationToken cancel
    )
    {
        var places = new Dictionary<(long, string), Place>();
        foreach (var source in drafts.GroupBy(d => d.Source))
        {
            foreach (
                var place in await t.QueryAsync<Place>(
                    """
                    select source_id, identity, report_id, item_hash from report_places
                    where source_id = @sourceId and identity in @identities
                    """,
                    new { sourceId = source.Key, identities = source.Select(d => d.Draft.Identity).ToArray() },
                    cancel
                )
            )
            {
                places[(place.SourceId, place.Identity)] = place;
            }
        }
        return places;
    }

    /// <summary>The reports the drafts may already be: same address, same item under another id, same text; the oldest of each.</summary>
    internal static async Task<KnownReports> SameAsync(
        Transaction t,
        IReadOnlyList<ItemDraft> drafts,
        CancellationToken cancel
    )
    {
        return new KnownReports(
            await ByAsync("address_hash", drafts.Select(d => d.AddressHash)),
            await ByAsync("same_item", drafts.Select(d => d.SameItem)),
            await ByAsync("same_text", drafts.Select(d => d.SameText))
        );

        async Task<Dictionary<string, long>> ByAsync(string column, IEnumerable<string?> hashes) =>
            (
                await t.QueryAsync<(string Hash, long Id)>(
                    $"select {column}, min(id) from reports where {column} in @hashes group by {column}",
                    new { hashes = hashes.OfType<string>().Distinct().ToArray() },
                    cancel
                )
            ).ToDictionary(r => r.Hash, r => r.Id, StringComparer.Ordinal);
    }

    internal static Task<IReadOnlyList<Report>> CurrentAsync(Transaction t, long[] ids, CancellationToken cancel) =>
        t.QueryAsync<Report>($"{Current} where r.id in @ids", new { ids }, cancel);

    /// <summary>The report in the words it had before its page gave any; null when it never had others.</summary>
    internal static async Task<Report?> BeforePageAsync(Transaction t, Report report, CancellationToken cancel) =>
        await t.FirstAsync<Report>(
            """
            select r.id, r.source_id, r.address, r.version, r.language, r.published_at, r.first_seen_at, r.changed_at,
                   v.title, v.text, v.html, v.author, v.image, v.published_raw, v.published_precision, v.basis, v.snapshot_id, v.text_hash
            from reports r join report_versions v on v.report_id = r.id
            where r.id = @Id and v.basis <> @Page order by v.number desc limit 1
            """,
            new { report.Id, TextBasis.Page },
            cancel
        );

    internal static Task PlaceAsync(
        Transaction t,
        IReadOnlyDictionary<(long Source, string Identity), ReportPlace> seen,
        CancellationToken cancel
    ) =>
        t.InsertAsync(
            "report_places (source_id, identity, report_id, address, item_hash, first_seen_at, last_seen_at)",
            [
                .. seen.Select(s =>
                    (object?[])
                        [
                            s.Key.Source,
                            s.Key.Identity,
                            s.Value.ReportId,
                            s.Value.Draft.Address,
                            s.Value.Draft.ItemHash,
                            t.Now,
                            t.Now,
                        ]
                ),
            ],
            "on conflict (source_id, identity) do update set item_hash = excluded.item_hash, last_seen_at = excluded.last_seen_at",
            cancel
        );

    /// <summary>Forgets the ids that items had before, where their documents do not hold these any more.</summary>
    internal static async Task ForgetPlacesAsync(
        Transaction t,
        IReadOnlyList<RenamedItems> renamed,
        CancellationToken cancel
    )
    {
        foreach (var items in renamed)
        {
            await t.ExecuteAsync(
                "delete from report_places where source_id = @SourceId and report_id in @ReportIds and identity not in @Identities",
                items,
                cancel
            );
        }
    }

    /// <summary>New reports, without a version yet.</summary>
    internal static Task AddAsync(
        Transaction t,
        IReadOnlyList<(Report Report, ItemDraft Draft)> opened,
        CancellationToken cancel
    ) =>
        t.InsertAsync(
            """
            reports (id, source_id, address, address_hash, same_text, same_item, version, title, language, published_at, first_seen_at,
                     changed_at)
            """,
            [
                .. opened.Select(o =>
                    (object?[])
                        [
                            o.Report.Id,
                            o.Report.SourceId,
                            o.Report.Address,
                            o.Draft.AddressHash,
                            o.Draft.SameText,
                            o.Draft.SameItem,
                            o.Report.Version,
                            o.Report.Title,
                            o.Report.Language,
                            o.Report.PublishedAt,
                            o.Report.FirstSeenAt,
                            t.Now,
                        ]
                ),
            ],
            "",
            cancel
        );

    /// <summary>Stores versions in the order they were made; the last one of each report is the current one, and its words are found.</summary>
    internal static async Task AddVersionsAsync(
        Transaction t,
        IReadOnlyList<NewVersion> versions,
        CancellationToken cancel
    )
    {
        await t.InsertAsync(
            """
            report_versions (report_id, number, snapshot_id, basis, title, text, html, author, image, published_raw,
                             published_precision, text_hash, edit, was, became, read_anew, created_at)
            """,
            [
                .. versions.Select(v =>
                    (object?[])
                        [
                            v.Report.Id,
                            v.Report.Version,
                            v.Report.SnapshotId,
                            v.Report.Basis,
                            v.Report.Title,
                            v.Report.Text,
                            v.Report.Html,
                            v.Report.Author,
                            v.Report.Image,
                            v.Report.PublishedRaw,
                            v.Report.PublishedPrecision,
                            v.Report.TextHash,
                            v.Edit?.Kind,
                            v.Edit?.Was,
                            v.Edit?.Became,
                            v.ReadAnew,
                            t.Now,
                        ]
                ),
            ],
            "",
            cancel
        );
        var current = versions.GroupBy(v => v.Report.Id).Select(g => g.Last()).ToList();
        foreach (var (report, sameText, _, _) in current.Where(v => v.Report.Version > 1))
        {
            await t.ExecuteAsync(
                """
                update reports set version = @Version, source_id = @SourceId, title = @Title, language = @Language,
                    same_text = @sameText, published_at = @PublishedAt, changed_at = @Now
                where id = @Id
                """,
                new
                {
                    report.Id,
                    report.Version,
                    report.SourceId,
                    report.Title,
                    report.Language,
                    sameText,
                    report.PublishedAt,
                    t.Now,
                },
                cancel
            );
        }
        await ReportLinks.PutAsync(t, [.. current.Select(v => v.Report)], cancel);
        await t.PutDocumentsAsync(
            [
                // Until its page has come there is nothing to be found in it but its address.
                .. current
                    .Where(v => !v.Report.AddressOnly)
                    .Select(v => new SearchDocument
                    {
                        Id = v.Report.Id,
                        Kind = "report",
                        Title = v.Report.Title,
                        Body = v.Report.Text,
                        Language = v.Report.Language,
                        At = v.Report.PublishedAt,
                        Keys = [SearchKeys.Source(v.Report.SourceId)],
                    }),
            ],
            cancel
        );
    }

    /// <summary>Notes which reports' pages were taken down, and which are there (again).</summary>
    internal static async Task WithdrawAsync(
        Transaction t,
        IReadOnlyDictionary<long, DateTimeOffset> withdrawn,
        IReadOnlyCollection<long> there,
        CancellationToken cancel
    )
    {
        await t.ExecuteAsync(
            "update reports set withdrawn_at = null where id in @ids and withdrawn_at is not null",
            new { ids = there.ToArray() },
            cancel
        );
        foreach (var (id, at) in withdrawn)
        {
            await t.ExecuteAsync(
                "update reports set withdrawn_at = @at, changed_at = @Now where id = @id and withdrawn_at is null",
                new
                {
                    id,
                    at,
                    t.Now,
                },
                cancel
            );
        }
        var events = await t.QueryAsync<long>(
            "select distinct event_id from event_reports where report_id in @ids",
            new { ids = withdrawn.Keys.ToArray() },
            cancel
        );
        await WorkList.AddAsync(t, Stage.Publish, events, cancel);
    }

    internal static Task AddReadingsAsync(Transaction t, IReadOnlyList<Reading> readings, CancellationToken cancel) =>
        t.InsertAsync(
            "readings (snapshot_id, source_id, items, fresh, changed, warnings, at)",
            [
                .. readings.Select(r =>
                    (object?[])[r.SnapshotId, r.SourceId, r.Items, r.Fresh, r.Changed, r.Warnings, t.Now]
                ),
            ],
            "on conflict (snapshot_id) do update set items = excluded.items, warnings = excluded.warnings",
            cancel
        );
}

/// <summary>An item of a source as it is known: which report it is, and the fingerprint of what was sent for it last.</summary>
internal sealed record Place
{
    public required long SourceId { get; init; }
    public required string Identity { get; init; }
    public required long ReportId { get; init; }
    public required string ItemHash { get; init; }
}

/// <summary>The report that a draft is, to be noted as a place of it.</summary>
internal sealed record ReportPlace(long ReportId, ItemDraft Draft);

/// <summary>Reports that a document of their source gave under other ids than before, and all ids that it holds.</summary>
internal sealed record RenamedItems(long SourceId, long[] ReportIds, IReadOnlyList<string> Identities);

/// <summary>Stored reports by the fingerprints of <see cref="ItemDraft"/>.</summary>
internal sealed record KnownReports(
    Dictionary<string, long> ByAddress,
    Dictionary<string, long> ByItem,
    Dictionary<string, long> ByText
)
{
    internal IEnumerable<long> Ids => ByAddress.Values.Concat(ByItem.Values).Concat(ByText.Values);
}

/// <summary>A report in a version that is not stored yet; the rest as in <see cref="ItemDraft"/>.</summary>
/// <param name="Edit">What the source did; null when it did nothing: the first version, or the full text came.</param>
internal sealed record NewVersion(Report Report, string? SameText, Sketch? Sketch, SourceEdit? Edit)
{
    /// <summary>It came of reading a stored snapshot anew, not of anything the source did.</summary>
    public bool ReadAnew { get; init; }
}

/// <summary>What was found in one snapshot.</summary>
internal sealed record Reading
{
    public required long SnapshotId { get; init; }
    public required long SourceId { get; init; }
    public int Items { get; init; }

    /// <summary>New reports.</summary>
    public int Fresh { get; init; }

    /// <summary>New versions of known reports.</summary>
    public int Changed { get; init; }

    /// <summary>Items that would be new reports, but over the source's quota of the day.</summary>
    public int PutOff { get; init; }

    /// <summary>What had to be repaired or left out, one sentence a line; null when nothing.</summary>
    public string? Warnings { get; init; }
}
