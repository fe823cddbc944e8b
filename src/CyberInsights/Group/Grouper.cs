using CyberInsights.Storage;

namespace CyberInsights.Group;

/// <summary>Brings each recognised report into the event it tells, or opens a new one; one by one, in the order they came.</summary>
public sealed class Grouper(Database database, WorkList work) : IStage
{
    private const int BatchReports = 64;

    private readonly EventStore store = new(database);
    private EventWindow? window;

    public Stage Stage => Stage.Group;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var due = await work.DueAsync(Stage, BatchReports, cancel);
        if (due.Count == 0)
        {
            return 0;
        }
        var reports = (await store.LoadAsync([.. due.Select(d => d.Item)], cancel)).ToDictionary(r => r.Id);
        window ??= await OpenWindowAsync(cancel);
        try
        {
            await database.WriteAsync(
                async t =>
                {
                    foreach (var item in due)
                    {
                        if (await WorkList.TakeAsync(t, Stage, item, cancel))
                        {
                            await PlaceAsync(t, reports[item.Item], cancel);
                        }
                    }
                },
                cancel
            );
        }
        catch
        {
            // The window has seen reports that the database has not: it is built again from what is stored.
            window = null;
            throw;
        }
        return due.Count;
    }

    private async Task PlaceAsync(Transaction t, GroupingReport report, CancellationToken cancel)
    {
        // A report that was edited stays where it is; readers have its event's address.
        var eventId = await EventStore.EventOfAsync(t, report.Id, cancel);
        if (eventId is null)
        {
            var placement =
                window!.Find(report)
                ?? new Placement(await EventStore.OpenAsync(t, report, cancel), 1, "first report of this event");
            await EventStore.PlaceAsync(t, report, placement, cancel);
            eventId = placement.EventId;
        }
        window!.Add(report, eventId.Value);
        await WorkList.AddAsync(t, Stage.Measure, report.Id, cancel);
        await WorkList.AddAsync(t, Stage.Publish, eventId.Value, cancel);
    }

    private async Task<EventWindow> OpenWindowAsync(CancellationToken cancel)
    {
        var opened = new EventWindow();
        foreach (var (report, eventId) in await store.WindowAsync(cancel))
        {
            opened.Add(report, eventId);
        }
        return opened;
    }
}
