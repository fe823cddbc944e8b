using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>Reports, their versions and the places they were seen at: the tables of this folder.</summary>
public sealed class ReportStore(Database database)
{
    /// <summary>Beyond this many versions of one report edits are no longer kept apart; their bytes stay in the snapshots.</summary>
    internal const int MaxVersions = 100;

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
                "select identity, report_id, item_hash from report_places where source_id = @sourceId and identity in @identities",
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

    internal static Task<Place?> PlaceAsync(Transaction t, long sourceId, string identity, CancellationToken cancel) =>
        t.FirstAsync<Place>(
            "select identity, report_id, item_hash from report_places where source_id = @sourceId and identity = @identity",
            new { sourceId, identity },
            cancel
        );

    /// <summary>The report a new item already is: same address, or same item under another id, or same text.</summary>
    internal static Task<long?> SameAsync(Transaction t, ItemDraft draft, CancellationToken cancel) =>
        t.FirstAsync<long?>(
            """
            select id from (
                select id, 1 as closeness from reports where address_hash = @AddressHash
                union all select id, 2 from reports where same_item = @SameItem
                union all select id, 3 from reports where same_text = @SameText
            ) as same order by closeness, id limit 1
            """,
            new
            {
                draft.AddressHash,
                draft.SameItem,
                draft.SameText,
            },
            cancel
        );

    internal static Task<Report?> CurrentAsync(Transaction t, long id, CancellationToken cancel) =>
        t.FirstAsync<Report>($"{Current} where r.id = @id", new { id }, cancel);

    internal static Task PlaceAtAsync(
        Transaction t,
        long sourceId,
        ItemDraft draft,
        long reportId,
        CancellationToken cancel
    ) =>
        t.ExecuteAsync(
            """
            insert into report_places (source_id, identity, report_id, address, item_hash, first_seen_at, last_seen_at)
            values (@sourceId, @Identity, @reportId, @Address, @ItemHash, @Now, @Now)
            on conflict (source_id, identity) do update set item_hash = excluded.item_hash, last_seen_at = excluded.last_seen_at
            """,
            new
            {
                sourceId,
                draft.Identity,
                reportId,
                draft.Address,
                draft.ItemHash,
                t.Now,
            },
            cancel
        );

    internal static async Task AddAsync(Transaction t, Report report, ItemDraft draft, CancellationToken cancel)
    {
        await t.ExecuteAsync(
            """
            insert into reports (id, source_id, address, address_hash, same_text, same_item, version, title, language, published_at, first_seen_at, changed_at)
            values (@Id, @SourceId, @Address, @AddressHash, @SameText, @SameItem, 0, @Title, @Language, @PublishedAt, @FirstSeenAt, @FirstSeenAt)
            """,
            new
            {
                report.Id,
                report.SourceId,
                report.Address,
                draft.AddressHash,
                draft.SameText,
                draft.SameItem,
                report.Title,
                report.Language,
                report.PublishedAt,
                report.FirstSeenAt,
            },
            cancel
        );
        await AddVersionAsync(t, report, cancel);
    }

    /// <summary>Stores <paramref name="report"/> as its newest version and indexes its words, in the same transaction.</summary>
    internal static async Task AddVersionAsync(Transaction t, Report report, CancellationToken cancel)
    {
        await t.ExecuteAsync(
            """
            insert into report_versions (report_id, number, snapshot_id, basis, title, text, html, author, image, published_raw, published_precision, text_hash, created_at)
            values (@Id, @Version, @SnapshotId, @Basis, @Title, @Text, @Html, @Author, @Image, @PublishedRaw, @PublishedPrecision, @TextHash, @Now)
            """,
            new
            {
                report.Id,
                report.Version,
                report.SnapshotId,
                report.Basis,
                report.Title,
                report.Text,
                report.Html,
                report.Author,
                report.Image,
                report.PublishedRaw,
                report.PublishedPrecision,
                report.TextHash,
                t.Now,
            },
            cancel
        );
        await t.ExecuteAsync(
            """
            update reports set version = @Version, source_id = @SourceId, title = @Title, language = @Language, same_text = @sameText,
                published_at = @PublishedAt, changed_at = @Now
            where id = @Id
            """,
            new
            {
                report.Id,
                report.Version,
                report.SourceId,
                report.Title,
                report.Language,
                sameText = Fingerprint.OfText(report.Title, report.Text),
                report.PublishedAt,
                t.Now,
            },
            cancel
        );
        await t.PutDocumentAsync(
            new SearchDocument
            {
                Id = report.Id,
                Kind = "report",
                Title = report.Title,
                Body = report.Text,
                Language = report.Language,
                At = report.PublishedAt,
            },
            cancel
        );
    }

    internal static Task AddReadingAsync(Transaction t, Reading reading, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            insert into readings (snapshot_id, source_id, items, fresh, changed, warnings, at)
            values (@SnapshotId, @SourceId, @Items, @Fresh, @Changed, @Warnings, @Now)
            on conflict (snapshot_id) do update set items = excluded.items, warnings = excluded.warnings
            """,
            new
            {
                reading.SnapshotId,
                reading.SourceId,
                reading.Items,
                reading.Fresh,
                reading.Changed,
                reading.Warnings,
                t.Now,
            },
            cancel
        );

    internal sealed record Place
    {
        public required string Identity { get; init; }
        public required long ReportId { get; init; }
        public required string ItemHash { get; init; }
    }
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

    /// <summary>What had to be repaired or left out, one sentence a line; null when nothing.</summary>
    public string? Warnings { get; init; }
}
