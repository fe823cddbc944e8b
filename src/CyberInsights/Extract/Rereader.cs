using CyberInsights.Capture;
using CyberInsights.Extract.Advisories;
using CyberInsights.Extract.Pages;
using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>How far reading anew has come.</summary>
/// <param name="Snapshots">Read so far.</param>
/// <param name="Versions">Reports that have a new version now.</param>
/// <param name="Walls">Pages taken for a wall.</param>
/// <param name="Unreadable">Snapshots that a reader failed on; their reports stay as they are.</param>
/// <param name="At">When the last of the snapshots was fetched.</param>
public sealed record RereadProgress(int Snapshots, int Versions, int Walls, int Unreadable, DateTimeOffset At);

/// <summary>
/// Reads stored snapshots anew by the rules of now. What differs becomes a new version of the report, marked as read anew: nothing
/// is lost, no id changes, and no edit of the source is told of. Only the snapshots count that current versions stand on, and the
/// newest page of each report; catalogues and advisories are left out, because each was compared with the one before it. Safe to
/// repeat and to run beside the newsroom; a few snapshots are in memory at a time.
/// </summary>
public sealed class Rereader(Database database, SnapshotStore snapshots)
{
    private const int BatchSnapshots = 16;

    /// <summary>Everything fetched since a moment, oldest first, a batch in one transaction.</summary>
    /// <param name="sourceId">Null: of all sources.</param>
    /// <param name="told">Called after each batch.</param>
    public async Task<RereadProgress> RunAsync(
        long? sourceId,
        DateTimeOffset since,
        Action<RereadProgress> told,
        CancellationToken cancel
    )
    {
        var progress = new RereadProgress(0, 0, 0, 0, since);
        for (long after = 0; await NextAsync(sourceId, since, after, cancel) is { Count: > 0 } ids; after = ids[^1])
        {
            var readings = await Task.WhenAll(ids.Select(id => Task.Run(() => ReadAsync(id, cancel), cancel)));
            var (versions, walls) = await database.WriteAsync(t => StoreAsync(t, readings, cancel), cancel);
            progress = new RereadProgress(
                progress.Snapshots + ids.Count,
                progress.Versions + versions,
                progress.Walls + walls,
                progress.Unreadable + readings.Count(r => r.Unreadable),
                readings[^1].Snapshot.FetchedAt
            );
            told(progress);
        }
        return progress;
    }

    private Task<IReadOnlyList<long>> NextAsync(
        long? sourceId,
        DateTimeOffset since,
        long after,
        CancellationToken cancel
    ) =>
        database.QueryAsync<long>(
            $"""
            select s.id from snapshots s
            where s.id > @after and s.fetched_at >= @since {(sourceId is null ? "" : "and s.source_id = @sourceId")}
              and case when s.page_of is null
                  then exists (select 1 from report_versions v join reports r on r.id = v.report_id and r.version = v.number
                               where v.snapshot_id = s.id)
                  else s.id = (select max(n.id) from snapshots n where n.page_of = s.page_of and n.status not in (404, 410))
                  end
            order by s.id limit @BatchSnapshots
            """,
            new
            {
                sourceId = sourceId ?? 0,
                since,
                after,
                BatchSnapshots,
            },
            cancel
        );

    private async Task<Anew> ReadAsync(long id, CancellationToken cancel)
    {
        var snapshot = (await snapshots.GetAsync(id, cancel))!;
        var source = (
            await database.FirstAsync<Source>(
                "select * from sources where id = @SourceId",
                new { snapshot.SourceId },
                cancel
            )
        )!;
        var anew = new Anew(snapshot, source);
        try
        {
            return AdvisoryDesk.Reads(source.Kind) ? anew
                : snapshot.PageOf is null ? anew with { Drafts = await DraftsAsync(snapshot, source, cancel) }
                : anew with { Page = PageReader.Read(snapshot.Body, snapshot.ContentType, new Uri(snapshot.Address)) };
        }
        catch (Exception e)
            when (e is not (OperationCanceledException or RefusalException { Kind: RefusalKind.Unavailable }))
        {
            // Whatever one snapshot does to a reader, the others are read.
            return anew with { Unreadable = true };
        }
    }

    /// <summary>The items whose reports stand on this snapshot, by report.</summary>
    private async Task<Dictionary<long, ItemDraft>> DraftsAsync(
        Snapshot snapshot,
        Source source,
        CancellationToken cancel
    )
    {
        var places = await database.QueryAsync<Place>(
            """
            select p.source_id, p.identity, p.report_id, p.item_hash
            from report_places p join reports r on r.id = p.report_id
                join report_versions v on v.report_id = r.id and v.number = r.version
            where p.source_id = @SourceId and v.snapshot_id = @Id
            """,
            new { snapshot.SourceId, snapshot.Id },
            cancel
        );
        var feed = ListReader.Read(
            snapshot.Body,
            snapshot.ContentType,
            new Uri(snapshot.Address),
            new ReadingRule(source.Kind, source.Rule),
            snapshot.FetchedAt,
            out _
        );
        if (feed is null)
        {
            return [];
        }
        var items = Drafting.Identify(feed).ToDictionary(i => i.Identity, StringComparer.Ordinal);
        var language = Drafting.LanguageOfAll(source, feed);
        return places
            .Where(p => items.ContainsKey(p.Identity))
            .DistinctBy(p => p.ReportId)
            .ToDictionary(
                p => p.ReportId,
                p => Drafting.Draft(source, language, snapshot.FetchedAt, items[p.Identity])
            );
    }

    private static async Task<(int Versions, int Walls)> StoreAsync(
        Transaction t,
        IReadOnlyList<Anew> readings,
        CancellationToken cancel
    )
    {
        var ids = readings.SelectMany(r => r.Reports).Distinct().ToArray();
        var reports = (await ReportStore.CurrentAsync(t, ids, cancel)).ToDictionary(r => r.Id);
        var versions = new List<NewVersion>();
        var walls = new Dictionary<long, (long Source, PageWall Wall)>();
        foreach (var reading in readings)
        {
            foreach (var id in reading.Reports.Where(reports.ContainsKey))
            {
                var report = reports[id];
                if (reading.Page?.Wall is { } wall)
                {
                    walls[id] = (report.SourceId, wall);
                }
                var anew = reading.Page is { } page
                    ? await OfPageAsync(t, report, reading, page, cancel)
                    : OfItem(report, reading.Snapshot, reading.Drafts[id]);
                if (anew is null || anew.TextHash == report.TextHash || report.Version >= ReportStore.MaxVersions)
                {
                    continue;
                }
                reports[id] = anew with { Version = report.Version + 1 };
                var words = SearchWords.Of(anew.Text);
                versions.Add(
                    new NewVersion(reports[id], Fingerprint.OfText(anew.Title, words), Sketch.Of(words), Edit: null)
                    {
                        ReadAnew = true,
                    }
                );
            }
        }
        await ReportStore.AddVersionsAsync(t, versions, cancel);
        await CopyFinder.FindAsync(t, [.. versions.Select(v => (v.Report, v.Sketch))], cancel);
        var read = versions.Select(v => v.Report).Where(r => r.Basis == TextBasis.Page).Select(r => r.Id).ToList();
        await WallStore.PutAsync(t, walls, read, cancel);
        await WorkList.AddAsync(t, Stage.Recognise, versions.Select(v => v.Report.Id), cancel);
        return (versions.Count, walls.Count);
    }

    /// <summary>The report as its page tells it now; null when nothing is to be taken from there.</summary>
    private static async Task<Report?> OfPageAsync(
        Transaction t,
        Report report,
        Anew reading,
        PageArticle page,
        CancellationToken cancel
    )
    {
        if (page.Wall is not null)
        {
            // What was taken from a wall goes out again: the feed's words come back.
            return report.Basis == TextBasis.Page ? await ReportStore.BeforePageAsync(t, report, cancel) : null;
        }
        if (report.Basis != TextBasis.Page && !reading.Source.FullText && !report.AddressOnly)
        {
            return null;
        }
        if (
            page.Text.Length < Intake.EnoughPageText
            || (report.Basis != TextBasis.Page && page.Text.Length < report.Text.Length)
        )
        {
            return null;
        }
        var title = report.AddressOnly ? Drafting.Title(page.Title, page.Text, report.Address) : report.Title;
        return report with
        {
            Title = title,
            Text = page.Text,
            Html = page.Html,
            Language = report.AddressOnly
                ? LanguageOf.Guess($"{title}\n{page.Text}", page.Language ?? report.Language)
                : report.Language,
            Author = report.Author ?? page.Author,
            Image = report.Image ?? page.Image,
            Basis = TextBasis.Page,
            SnapshotId = reading.Snapshot.Id,
            TextHash = Fingerprint.OfVersion(title, page.Text),
        };
    }

    private static Report? OfItem(Report report, Snapshot snapshot, ItemDraft draft) =>
        report.Basis == TextBasis.Page || report.SnapshotId != snapshot.Id || draft.AddressOnly
            ? null
            : report with
            {
                Title = draft.Title,
                Text = draft.Text,
                Html = draft.Html,
                Author = draft.Author ?? report.Author,
                Image = draft.Image ?? report.Image,
                Language = draft.Language,
                Basis = draft.Basis,
                TextHash = draft.TextHash,
            };

    private sealed record Anew(Snapshot Snapshot, Source Source)
    {
        internal PageArticle? Page { get; init; }
        internal bool Unreadable { get; init; }
        internal Dictionary<long, ItemDraft> Drafts { get; init; } = [];

        internal IEnumerable<long> Reports => Page is null ? Drafts.Keys : [Snapshot.PageOf!.Value];
    }
}
