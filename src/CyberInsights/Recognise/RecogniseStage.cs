using CyberInsights.Recognise.Facts;
using CyberInsights.Storage;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Recognise;

/// <summary>The current text of a report.</summary>
internal sealed class ReportText
{
    public long Id { get; init; }
    public int Version { get; init; }
    public string Title { get; init; } = "";
    public string Text { get; init; } = "";
    public string Language { get; init; } = "";
    public string TextHash { get; init; } = "";
    public DateTimeOffset PublishedAt { get; init; }
}

/// <summary>A report and what was understood in it.</summary>
internal sealed record Recognised(WorkItem Item, ReportText Text, Recognition Recognition);

/// <summary>Reads each new version of a report; its work items are report ids. Everything of a report is replaced together.</summary>
public sealed partial class RecogniseStage(Database database, WorkList work, ILogger<RecogniseStage> log) : IStage
{
    /// <summary>Reports read and stored together.</summary>
    public const int BatchSize = 64;

    private bool seeded;

    public Stage Stage => Stage.Recognise;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (!seeded)
        {
            await TopicStore.SeedAsync(database, cancel);
            seeded = true;
        }
        var due = await work.DueAsync(Stage.Recognise, BatchSize, cancel);
        if (due.Count == 0)
        {
            return 0;
        }
        var texts = (await LoadAsync(due, cancel)).ToDictionary(t => t.Id);
        var (recognised, failed) = Recognise(due, texts, cancel);
        foreach (var (item, error) in failed)
        {
            await FailAsync(item, error, cancel);
        }
        await StoreAsync(recognised, [.. due.Where(i => !texts.ContainsKey(i.Item))], cancel);
        return due.Count;
    }

    private Task<IReadOnlyList<ReportText>> LoadAsync(IReadOnlyList<WorkItem> due, CancellationToken cancel) =>
        database.QueryAsync<ReportText>(
            """
            select r.id, v.number as version, v.title, v.text, r.language, v.text_hash, r.published_at
            from reports r join report_versions v on v.report_id = r.id and v.number = r.version
            where r.id in @ids
            """,
            new { ids = due.Select(d => d.Item).ToArray() },
            cancel
        );

    private static (List<Recognised> Recognised, List<(WorkItem, Exception)> Failed) Recognise(
        IReadOnlyList<WorkItem> due,
        Dictionary<long, ReportText> texts,
        CancellationToken cancel
    )
    {
        var results = new Recognised?[due.Count];
        var errors = new Exception?[due.Count];
        Parallel.For(
            0,
            due.Count,
            new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount },
            i =>
            {
                if (!texts.TryGetValue(due[i].Item, out var text))
                {
                    return;
                }
                try
                {
                    results[i] = new Recognised(
                        due[i],
                        text,
                        Recogniser.Read(text.Title, text.Text, text.Language, text.PublishedAt)
                    );
                }
#pragma warning disable CA1031 // One text that breaks a rule must not stop the others; it is put back with its error.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    errors[i] = e;
                }
            }
        );
        return (
            [.. results.OfType<Recognised>()],
            [.. due.Zip(errors).Where(p => p.Second is not null).Select(p => (p.First, p.Second!))]
        );
    }

    // One transaction for all; when that fails for a reason that is not the database's, each alone, so that only the bad one waits.
    private async Task StoreAsync(List<Recognised> recognised, List<WorkItem> gone, CancellationToken cancel)
    {
        try
        {
            await database.WriteAsync(t => StoreAsync(t, recognised, gone, cancel), cancel);
        }
        catch (Exception e) when (recognised.Count > 0 && IsOfItem(e))
        {
            if (recognised.Count == 1 && gone.Count == 0)
            {
                await FailAsync(recognised[0].Item, e, cancel);
                return;
            }
            foreach (var one in recognised)
            {
                await StoreAsync([one], [], cancel);
            }
            await StoreAsync([], gone, cancel);
        }
    }

    private static bool IsOfItem(Exception e) => e is not (RefusalException or OperationCanceledException);

    private static async Task StoreAsync(
        Transaction t,
        List<Recognised> recognised,
        List<WorkItem> gone,
        CancellationToken cancel
    )
    {
        var free = await WorkList.TakeAsync(t, Stage.Recognise, gone.Concat(recognised.Select(r => r.Item)), cancel);
        var taken = recognised.Where(r => free.Contains(r.Item.Item)).ToList();
        if (taken.Count == 0)
        {
            return;
        }
        var ids = await EntityStore.PutAsync(t, taken.SelectMany(r => Drafts(r.Recognition)), cancel);
        await EntityStore.ReplaceAsync(t, taken, ids, cancel);
        await StatementStore.ReplaceAsync(t, taken, ids, cancel);
        await FactStore.ReplaceAsync(t, taken, ids, cancel);
        await IndicatorStore.ReplaceAsync(t, taken, cancel);
        await TopicStore.ReplaceAsync(t, taken, cancel);
        long[] reports = [.. taken.Select(r => r.Text.Id)];
        await ReportKeys.FileAsync(t, reports, cancel);
        await GoOnAsync(t, reports, cancel);
    }

    // A page that others link to is a document of their events: it opens none and is in none by itself.
    private static async Task GoOnAsync(Transaction t, long[] ids, CancellationToken cancel)
    {
        var arguments = new { ids, SourceKind.Linked };
        var linked = await t.QueryAsync<long>(
            "select r.id from reports r join sources s on s.id = r.source_id where r.id in @ids and s.kind = @Linked",
            arguments,
            cancel
        );
        await WorkList.AddAsync(t, Stage.Group, ids.Except(linked), cancel);
        var events = await t.QueryAsync<long>(
            "select distinct event_id from primary_sources where report_id in @linked",
            new { linked = linked.ToArray() },
            cancel
        );
        await WorkList.AddAsync(t, Stage.Publish, events, cancel);
    }

    private static IEnumerable<EntityDraft> Drafts(Recognition recognition) =>
        recognition
            .Mentions.Select(m => m.Entity)
            .Concat(recognition.Links.SelectMany(l => new[] { l.From, l.To }))
            .Concat(recognition.Statements.SelectMany(s => new[] { s.Speaker, s.Target }).OfType<EntityDraft>())
            .Concat(recognition.Facts.Select(f => f.Entity).OfType<EntityDraft>());

    private Task FailAsync(WorkItem item, Exception error, CancellationToken cancel)
    {
        LogFailed(item.Item, error);
        return work.FailAsync(Stage.Recognise, item, error.Message, cancel);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Report {ReportId} could not be recognised; it is tried again later, the others go on."
    )]
    private partial void LogFailed(long reportId, Exception error);
}
