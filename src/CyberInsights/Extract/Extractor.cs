using CyberInsights.Capture;
using CyberInsights.Extract.Feeds;
using CyberInsights.Extract.Pages;
using CyberInsights.Storage;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Extract;

/// <summary>Turns snapshots into reports: one for each item, a new version for each edit, one report for the same text at several places.</summary>
public sealed partial class Extractor(
    Database database,
    WorkList work,
    SnapshotStore snapshots,
    ReportStore reports,
    ILogger<Extractor> log
) : IStage
{
    private const int BatchSnapshots = 16;

    // A page that gives less than this is a cookie wall, a paywall or a video; the feed's own text is better.
    private const int EnoughPageText = 200;

    public Stage Stage => Stage.Extract;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var due = await work.DueAsync(Stage, BatchSnapshots, cancel);
        var prepared = await Task.WhenAll(due.Select(item => Task.Run(() => PrepareAsync(item, cancel), cancel)));
        var ready = prepared.OfType<Prepared>().ToList();
        if (ready.Count > 0)
        {
            await database.WriteAsync(
                async t =>
                {
                    foreach (var one in ready)
                    {
                        if (await WorkList.TakeAsync(t, Stage, one.Work, cancel))
                        {
                            await (one.Page is null ? StoreItemsAsync(t, one, cancel) : StorePageAsync(t, one, cancel));
                        }
                    }
                },
                cancel
            );
        }
        return due.Count;
    }

    // What a publisher sent must never stop the others: whatever one snapshot does to a parser, it is put aside with its reason.
    private async Task<Prepared?> PrepareAsync(WorkItem item, CancellationToken cancel)
    {
        try
        {
            var snapshot =
                await snapshots.GetAsync(item.Item, cancel)
                ?? throw new InvalidOperationException($"Snapshot {item.Item} is not in the database.");
            var source = (
                await database.FirstAsync<Source>(
                    "select * from sources where id = @SourceId",
                    new { snapshot.SourceId },
                    cancel
                )
            )!;
            return snapshot.PageOf is null
                ? await PrepareItemsAsync(item, snapshot, source, cancel)
                : new Prepared(item, snapshot, source)
                {
                    Page = PageReader.Read(snapshot.Body, snapshot.ContentType, new Uri(snapshot.Address)),
                };
        }
        catch (Exception e)
            when (e is not (OperationCanceledException or RefusalException { Kind: RefusalKind.Unavailable }))
        {
            LogFailed(e, item.Item);
            await work.FailAsync(Stage, item, e.Message, cancel);
            return null;
        }
    }

    private async Task<Prepared> PrepareItemsAsync(
        WorkItem item,
        Snapshot snapshot,
        Source source,
        CancellationToken cancel
    )
    {
        var feed = Read(snapshot, source);
        if (feed is null)
        {
            return new Prepared(item, snapshot, source)
            {
                Warnings =
                    "The answer is not a feed but something else (a page, an error, a login): nothing was taken from it, earlier reports stay. Check the address of the source.",
            };
        }
        var items = Drafting.Identify(feed);
        var known = await reports.KnownAsync(source.Id, [.. items.Select(i => i.Identity)], cancel);
        var news = items.Where(i => known.GetValueOrDefault(i.Identity) != i.ItemHash).ToList();
        var language = news.Count == 0 ? null : Drafting.LanguageOfAll(source, feed);
        return new Prepared(item, snapshot, source)
        {
            Items = feed.Items.Count,
            // One task an item: a document may bring fifty long texts while the others bring none.
            Drafts = await Task.WhenAll(
                news.Select(i => Task.Run(() => Drafting.Draft(source, language, snapshot.FetchedAt, i), cancel))
            ),
            Unchanged = [.. items.Except(news).Select(i => i.Identity)],
            Warnings = feed.Warnings.Count == 0 ? null : string.Join('\n', feed.Warnings),
        };
    }

    private static Feed? Read(Snapshot snapshot, Source source) =>
        source.Kind == SourceKind.Page
            ? PageListReader.Read(
                snapshot.Body,
                snapshot.ContentType,
                new Uri(snapshot.Address),
                PageRule.Parse(source.PageRule ?? "{}")
            )
            : FeedReader.Read(snapshot.Body, snapshot.ContentType, new Uri(snapshot.Address));

    private static async Task StoreItemsAsync(Transaction t, Prepared one, CancellationToken cancel)
    {
        int fresh = 0,
            changed = 0;
        foreach (var draft in one.Drafts)
        {
            var outcome = await StoreAsync(t, one, draft, cancel);
            fresh += outcome == Outcome.Fresh ? 1 : 0;
            changed += outcome == Outcome.Changed ? 1 : 0;
        }
        await ReportStore.SeenAgainAsync(t, one.Source.Id, one.Unchanged, cancel);
        await ReportStore.AddReadingAsync(
            t,
            new Reading
            {
                SnapshotId = one.Snapshot.Id,
                SourceId = one.Source.Id,
                Items = one.Items,
                Fresh = fresh,
                Changed = changed,
                Warnings = one.Warnings,
            },
            cancel
        );
    }

    private static async Task<Outcome> StoreAsync(
        Transaction t,
        Prepared one,
        ItemDraft draft,
        CancellationToken cancel
    )
    {
        var place = await ReportStore.PlaceAsync(t, one.Source.Id, draft.Identity, cancel);
        if (place?.ItemHash == draft.ItemHash)
        {
            return Outcome.Unchanged;
        }
        var id = place?.ReportId ?? await ReportStore.SameAsync(t, draft, cancel);
        var outcome = id is null
            ? await AddAsync(t, one, draft, cancel)
            : await ReviseAsync(t, one, draft, (await ReportStore.CurrentAsync(t, id.Value, cancel))!, cancel);
        return outcome;
    }

    private static async Task<Outcome> AddAsync(Transaction t, Prepared one, ItemDraft draft, CancellationToken cancel)
    {
        var report = new Report
        {
            Id = t.NextId(),
            SourceId = one.Source.Id,
            Address = draft.Address,
            Version = 1,
            Title = draft.Title,
            Text = draft.Text,
            Html = draft.Html,
            Author = draft.Author,
            Image = draft.Image,
            Language = draft.Language,
            PublishedAt = draft.PublishedAt,
            PublishedPrecision = draft.PublishedPrecision,
            PublishedRaw = draft.PublishedRaw,
            Basis = draft.Basis,
            SnapshotId = one.Snapshot.Id,
            TextHash = draft.TextHash,
            FirstSeenAt = one.Snapshot.FetchedAt,
        };
        await ReportStore.AddAsync(t, report, draft, cancel);
        await ReportStore.PlaceAtAsync(t, one.Source.Id, draft, report.Id, cancel);
        // A teaser alone would be grouped by too few words: the report waits for its page, or for the first failure to get it.
        if (!draft.WantsPage || !await PageFetches.AddAsync(t, report.Id, one.Source.Id, draft.Address, cancel))
        {
            await WorkList.AddAsync(t, Stage.Recognise, report.Id, cancel);
        }
        return Outcome.Fresh;
    }

    // Only the source a report belongs to may change it: another's feed that carries the same address or text becomes one more
    // place of the report, and nothing it says later touches the text (hostile case FEED-005). The publisher whose site the
    // address is on takes over what an aggregator brought first.
    private static async Task<Outcome> ReviseAsync(
        Transaction t,
        Prepared one,
        ItemDraft draft,
        Report current,
        CancellationToken cancel
    )
    {
        await ReportStore.PlaceAtAsync(t, one.Source.Id, draft, current.Id, cancel);
        var owner = current.SourceId == one.Source.Id || (draft.OwnAddress && await IsForeignAsync(t, current, cancel));
        if (!owner || draft.TextHash == current.TextHash || current.Version >= ReportStore.MaxVersions)
        {
            return Outcome.Unchanged;
        }
        var hasPage = current.Basis == TextBasis.Page && draft.Basis < TextBasis.Page;
        if (draft.WantsPage)
        {
            await PageFetches.AddAsync(t, current.Id, one.Source.Id, draft.Address, cancel);
        }
        if (hasPage && draft.Title == current.Title)
        {
            return Outcome.Unchanged;
        }
        var text = hasPage ? current.Text : draft.Text;
        await ReportStore.AddVersionAsync(
            t,
            current with
            {
                SourceId = one.Source.Id,
                Version = current.Version + 1,
                Title = draft.Title,
                Text = text,
                Html = hasPage ? current.Html : draft.Html,
                Author = draft.Author ?? current.Author,
                Image = draft.Image ?? current.Image,
                Language = draft.Language,
                PublishedAt =
                    draft.PublishedPrecision == DatePrecision.Captured ? current.PublishedAt : draft.PublishedAt,
                PublishedPrecision =
                    draft.PublishedPrecision == DatePrecision.Captured
                        ? current.PublishedPrecision
                        : draft.PublishedPrecision,
                PublishedRaw = draft.PublishedRaw ?? current.PublishedRaw,
                Basis = hasPage ? TextBasis.Page : draft.Basis,
                SnapshotId = one.Snapshot.Id,
                TextHash = Fingerprint.OfVersion(draft.Title, text),
            },
            cancel
        );
        await WorkList.AddAsync(t, Stage.Recognise, current.Id, cancel);
        return Outcome.Changed;
    }

    private static async Task<bool> IsForeignAsync(Transaction t, Report report, CancellationToken cancel)
    {
        var owner = await t.FirstAsync<Source>(
            "select * from sources where id = @SourceId",
            new { report.SourceId },
            cancel
        );
        return !Drafting.SameSite(owner!, report.Address);
    }

    private async Task StorePageAsync(Transaction t, Prepared one, CancellationToken cancel)
    {
        var page = one.Page!;
        await WorkList.AddAsync(t, Stage.Recognise, one.Snapshot.PageOf!.Value, cancel);
        var current = (await ReportStore.CurrentAsync(t, one.Snapshot.PageOf!.Value, cancel))!;
        var better =
            page.Text.Length >= Math.Max(EnoughPageText, current.Basis == TextBasis.Page ? 0 : current.Text.Length);
        var hash = Fingerprint.OfVersion(current.Title, page.Text);
        if (!better || hash == current.TextHash || current.Version >= ReportStore.MaxVersions)
        {
            LogPageKept(one.Snapshot.Address, page.Text.Length);
            return;
        }
        var dated = page.Published is not null && page.PublishedPrecision > current.PublishedPrecision;
        await ReportStore.AddVersionAsync(
            t,
            current with
            {
                Version = current.Version + 1,
                Text = page.Text,
                Html = page.Html,
                Author = current.Author ?? page.Author,
                Image = current.Image ?? page.Image,
                PublishedAt =
                    dated && page.Published <= one.Snapshot.FetchedAt ? page.Published!.Value : current.PublishedAt,
                PublishedPrecision = dated ? page.PublishedPrecision : current.PublishedPrecision,
                PublishedRaw = dated ? page.PublishedRaw : current.PublishedRaw,
                Basis = TextBasis.Page,
                SnapshotId = one.Snapshot.Id,
                TextHash = hash,
            },
            cancel
        );
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Snapshot {Snapshot} could not be read; it is kept and tried again later, other snapshots go on."
    )]
    private partial void LogFailed(Exception e, long snapshot);

    [LoggerMessage(
        LogLevel.Debug,
        "The page {Address} gave {Characters} characters, not better than what is stored; the stored text stays."
    )]
    private partial void LogPageKept(string address, int characters);

    private enum Outcome
    {
        Unchanged,
        Fresh,
        Changed,
    }

    private sealed record Prepared(WorkItem Work, Snapshot Snapshot, Source Source)
    {
        internal int Items { get; init; }
        internal IReadOnlyList<ItemDraft> Drafts { get; init; } = [];
        internal string[] Unchanged { get; init; } = [];
        internal PageArticle? Page { get; init; }
        internal string? Warnings { get; init; }
    }
}
