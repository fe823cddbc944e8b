using CyberInsights.Capture;
using CyberInsights.Extract.Advisories;
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
    private const int RunSnapshots = 8 * BatchSnapshots;

    // Fewer items may well lead to one page.
    private const int EnoughItems = 5;

    private readonly AdvisoryDesk advisories = new(database);
    private readonly LeftOutStore leftOut = new(database);

    public Stage Stage => Stage.Extract;

    /// <summary>Reads one batch while the one before it is stored: reading takes every core, storing only one.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var due = await work.DueAsync(Stage, RunSnapshots, cancel);
        var ordered = new HashSet<(long Source, long? Page)>();
        var storing = Task.CompletedTask;
        try
        {
            foreach (var batch in due.Chunk(BatchSnapshots))
            {
                var prepared = await Task.WhenAll(
                    batch.Select(item => Task.Run(() => PrepareAsync(item, cancel), cancel))
                );
                await storing;
                storing = StoreAsync(InOrder(prepared.OfType<Prepared>(), ordered), cancel);
            }
        }
        finally
        {
            await storing;
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
            return AdvisoryDesk.Reads(source.Kind) ? await PrepareAdvisoriesAsync(item, snapshot, source, cancel)
                : snapshot.PageOf is null ? await PrepareItemsAsync(item, snapshot, source, cancel)
                : await PreparePageAsync(item, snapshot, source, cancel);
        }
        catch (Exception e)
            when (e is not (OperationCanceledException or RefusalException { Kind: RefusalKind.Unavailable }))
        {
            LogFailed(e, item.Item);
            await work.FailAsync(Stage, item, e.Message, cancel);
            return null;
        }
    }

    private async Task<Prepared> PreparePageAsync(
        WorkItem item,
        Snapshot snapshot,
        Source source,
        CancellationToken cancel
    )
    {
        if (snapshot.IsGone)
        {
            return new Prepared(item, snapshot, source) { Withdrawn = true };
        }
        var before = await snapshots.EarlierPageAsync(snapshot, cancel);
        var earlier = before is null ? null : ReadPage(before);
        return new Prepared(item, snapshot, source)
        {
            Page = ReadPage(snapshot),
            // A wall is nothing that a text can be compared with.
            Earlier = earlier is null or { Wall: not null } ? null : (before!, earlier),
        };
    }

    private static PageArticle ReadPage(Snapshot snapshot) =>
        PageReader.Read(snapshot.Body, snapshot.ContentType, new Uri(snapshot.Address));

    private async Task<Prepared> PrepareItemsAsync(
        WorkItem item,
        Snapshot snapshot,
        Source source,
        CancellationToken cancel
    )
    {
        var feed = ListReader.Read(
            snapshot.Body,
            snapshot.ContentType,
            new Uri(snapshot.Address),
            new ReadingRule(source.Kind, source.Rule),
            snapshot.FetchedAt,
            out var refusal
        );
        if (feed is null)
        {
            return new Prepared(item, snapshot, source)
            {
                Warnings =
                    $"The answer is not a feed but something else (a page, an error, a login): nothing was taken from it, earlier reports stay. {refusal!.Sentence} Check the address of the source.",
            };
        }
        if (feed.Parts.Count > 0)
        {
            var (parts, warning) = PartsOf.Of(source, snapshot.Address, feed);
            return new Prepared(item, snapshot, source)
            {
                Parts = parts,
                Warnings = Joined(warning is null ? feed.Warnings : [.. feed.Warnings, warning]),
                MayBeEmpty = true,
            };
        }
        return await DraftAsync(
            new Prepared(item, snapshot, source)
            {
                Items = feed.Items.Count,
                Pacing = feed.Pacing,
                Hub = feed.Push,
                Partial = feed.Partial,
                OneLink = feed.Items.Count >= EnoughItems && feed.Items.Select(i => i.Link).Distinct().Count() == 1,
                MayBeEmpty = feed.Kind == "sitemap",
                Warnings = Joined(feed.Warnings),
            },
            Drafting.Identify(feed),
            () => Drafting.LanguageOfAll(source, feed),
            cancel
        );
    }

    private async Task<Prepared> PrepareAdvisoriesAsync(
        WorkItem item,
        Snapshot snapshot,
        Source source,
        CancellationToken cancel
    )
    {
        var news = await advisories.ReadAsync(snapshot, source, cancel);
        return await DraftAsync(
            // The items are whole: nothing more stands on the pages they are at.
            new Prepared(item, snapshot, source with { FullText = false, WatchEdits = false })
            {
                Items = news.Count,
                Warnings = Joined(news.Warnings),
                News = news,
            },
            news.Items,
            () => source.Language,
            cancel
        );
    }

    private async Task<Prepared> DraftAsync(
        Prepared prepared,
        IReadOnlyList<KnownItem> items,
        Func<string?> languageOfAll,
        CancellationToken cancel
    )
    {
        var (_, snapshot, source) = prepared;
        var known = await reports.KnownAsync(source.Id, [.. items.Select(i => i.Identity)], cancel);
        var rules = ItemRules.Of(source);
        var left = rules is null ? [] : await leftOut.KnownAsync(source.Id, cancel);
        var news = items
            .Where(i =>
                known.GetValueOrDefault(i.Identity) != i.ItemHash && left.GetValueOrDefault(i.Identity) != i.ItemHash
            )
            .ToList();
        var language = news.Count == 0 ? null : languageOfAll();
        // One task an item: a document may bring fifty long texts while the others bring none.
        var drafts = await Task.WhenAll(
            news.Select(i => Task.Run(() => Drafting.Draft(source, language, snapshot.FetchedAt, i), cancel))
        );
        var selection = ItemSelection.Of(rules, source, news, drafts, known.ContainsKey);
        return prepared with
        {
            Drafts = selection.Kept,
            LeftOut = rules is null ? null : selection.LeftOut,
            Unchanged = [.. items.Except(news).Select(i => i.Identity)],
        };
    }

    private static string? Joined(IReadOnlyList<string> warnings) =>
        warnings.Count == 0 ? null : string.Join('\n', warnings);

    // A catalogue is compared with what the one before it left, a page with its earlier reading: of several only the oldest is
    // taken in one run, the others stay due.
    private static List<Prepared> InOrder(IEnumerable<Prepared> prepared, HashSet<(long, long?)> ordered) =>
        [
            .. prepared
                .OrderBy(p => p.Snapshot.Id)
                .Where(p =>
                    !(p.IsPage || AdvisoryDesk.InOrder(p.Source, p.Snapshot))
                    || ordered.Add((p.Source.Id, p.Snapshot.PageOf))
                ),
        ];

    private Task StoreAsync(List<Prepared> ready, CancellationToken cancel) =>
        ready.Count == 0 ? Task.CompletedTask : database.WriteAsync(t => StoreAsync(t, ready, cancel), cancel);

    private async Task StoreAsync(Transaction t, List<Prepared> ready, CancellationToken cancel)
    {
        var taken = await WorkList.TakeAsync(t, Stage, ready.Select(p => p.Work), cancel);
        var batch = ready.Where(p => taken.Contains(p.Work.Item)).ToList();
        var intake = await Intake.OpenAsync(
            t,
            [.. batch.SelectMany(p => p.Drafts.Select(d => (p.Source.Id, d)))],
            batch.Where(p => p.IsPage).Select(p => p.Snapshot.PageOf!.Value),
            cancel
        );
        var rhythms = await RhythmStore.LoadAsync(
            t,
            [.. batch.Where(p => !p.IsPage).Select(p => p.Source.Id).Distinct()],
            cancel
        );
        var quota = await DayQuota.LoadAsync(t, [.. rhythms.Keys.Union(batch.Select(p => p.Source.Id))], cancel);
        var readings = new List<Reading>();
        foreach (var one in batch)
        {
            if (!one.IsPage)
            {
                var fresh = new List<ItemDraft>();
                var reading = Take(intake, one, fresh, quota);
                readings.Add(reading);
                var changingIds = intake.EndDocument(
                    one.Source,
                    [.. one.Drafts.Select(d => d.Identity), .. one.Unchanged]
                );
                rhythms[one.Source.Id] = Learn(rhythms.GetValueOrDefault(one.Source.Id), one, fresh) with
                {
                    PutOff = reading.PutOff,
                    ChangingIds = changingIds,
                };
                await ReportStore.SeenAgainAsync(t, one.Source.Id, one.Unchanged, cancel);
                await PageFetches.AddPartsAsync(t, one.Source.Id, one.Parts, cancel);
                if (one.LeftOut is { } left)
                {
                    var wanted = one.Drafts.Select(d => d.Identity).ToArray();
                    await LeftOutStore.PutAsync(t, one.Source.Id, left, wanted, cancel);
                }
            }
            else
            {
                await TakePageAsync(t, intake, one, cancel);
            }
            if (one.News is not null)
            {
                await AdvisoryDesk.StoreAsync(t, one.Source, one.Snapshot, one.News, cancel);
            }
        }
        await intake.StoreAsync(cancel);
        var unfinished = batch
            .Where(p => p.Partial)
            .Select(p => p.Source.Id)
            .Concat(readings.Where(r => r.PutOff > 0).Select(r => r.SourceId));
        await SourceStore.ForgetDocumentsAsync(t, unfinished.Distinct(), cancel);
        await ReportStore.AddReadingsAsync(t, readings, cancel);
        await RhythmStore.SaveAsync(t, rhythms, cancel);
    }

    private async Task TakePageAsync(Transaction t, Intake intake, Prepared one, CancellationToken cancel)
    {
        if (one.Page is not { } page)
        {
            intake.TakeWithdrawal(one.Snapshot);
        }
        else
        {
            var outcome = intake.TakePage(one.Snapshot, page, one.Earlier);
            LogPage(one.Snapshot.Address, page.Text.Length, outcome);
            if (outcome is PageOutcome.SameAgain or PageOutcome.SomethingElse)
            {
                await SnapshotStore.DropAsync(t, one.Snapshot, cancel);
            }
        }
    }

    private static Reading Take(Intake intake, Prepared one, List<ItemDraft> fresh, DayQuota quota)
    {
        var (changed, putOff) = (0, 0);
        foreach (var draft in one.Drafts)
        {
            // News of a catalogue are told once, against the catalogue before: they cannot wait.
            var outcome = intake.Take(
                one.Source,
                one.Snapshot,
                draft,
                mayOpen: one.News is not null || quota.HasRoom(one.Source.Id)
            );
            changed += outcome == IntakeOutcome.Changed ? 1 : 0;
            putOff += outcome == IntakeOutcome.PutOff ? 1 : 0;
            if (outcome == IntakeOutcome.Fresh)
            {
                fresh.Add(draft);
                quota.Add(one.Source.Id);
            }
        }
        var flood =
            putOff == 0 ? null : $"{putOff} new items were put off: {DayQuota.Reports} reports came within a day.";
        return new Reading
        {
            SnapshotId = one.Snapshot.Id,
            SourceId = one.Source.Id,
            Items = one.Items,
            Fresh = fresh.Count,
            Changed = changed,
            PutOff = putOff,
            Warnings = Joined([.. new[] { one.Warnings, flood }.OfType<string>()]),
        };
    }

    private static Rhythm Learn(Rhythm? known, Prepared one, List<ItemDraft> fresh)
    {
        var now = one.Snapshot.FetchedAt;
        var items = fresh.Select(d => new RhythmItem(
            d.PublishedAt,
            d.PublishedPrecision >= DatePrecision.Minute ? now - d.PublishedAt : null,
            d.Text.Length,
            d.Language
        ));
        return Rhythm.Learn(known, [.. items], now) with
        {
            Pacing = one.Pacing,
            Hub = one.Hub,
            OneLink = one.OneLink,
            EmptyDocuments = one.Items > 0 || one.MayBeEmpty ? 0 : (known?.EmptyDocuments ?? 0) + 1,
        };
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Snapshot {Snapshot} could not be read; it is kept and tried again later, other snapshots go on."
    )]
    private partial void LogFailed(Exception e, long snapshot);

    [LoggerMessage(LogLevel.Debug, "The page {Address} gave {Characters} characters: {Outcome}.")]
    private partial void LogPage(string address, int characters, PageOutcome outcome);

    private sealed record Prepared(WorkItem Work, Snapshot Snapshot, Source Source)
    {
        internal int Items { get; init; }
        internal IReadOnlyList<ItemDraft> Drafts { get; init; } = [];
        internal string[] Unchanged { get; init; } = [];
        internal string[] Parts { get; init; } = [];

        /// <summary>Null where everything is taken.</summary>
        internal IReadOnlyList<LeftOutItem>? LeftOut { get; init; }
        internal PageArticle? Page { get; init; }

        /// <summary>The reading of the same page before this one; null when this is the first.</summary>
        internal (Snapshot Snapshot, PageArticle Page)? Earlier { get; init; }

        /// <summary>The page is not there any more.</summary>
        internal bool Withdrawn { get; init; }
        internal bool IsPage => Page is not null || Withdrawn;
        internal AdvisoryNews? News { get; init; }
        internal string? Warnings { get; init; }
        internal Pacing Pacing { get; init; } = new();
        internal PushHub? Hub { get; init; }
        internal bool OneLink { get; init; }

        /// <summary>The document broke off: what it lacks may come when it is asked for again.</summary>
        internal bool Partial { get; init; }

        /// <summary>Only what is recent was taken of it, and there may be nothing of that.</summary>
        internal bool MayBeEmpty { get; init; }
    }
}
