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
        var reports = await store.LoadAsync([.. due.Select(d => d.Item)], cancel);
        window ??= await OpenWindowAsync(cancel);
        try
        {
            await database.WriteAsync(
                async t =>
                {
                    var taken = await WorkList.TakeAsync(t, Stage, due, cancel);
                    await PlaceAsync(t, [.. reports.Where(r => taken.Contains(r.Id))], cancel);
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

    private async Task PlaceAsync(Transaction t, IReadOnlyList<GroupingReport> reports, CancellationToken cancel)
    {
        var told = await EventStore.EventsOfAsync(t, [.. reports.Select(r => r.Id)], cancel);
        var placed = new List<(GroupingReport Report, Placement Placement)>();
        foreach (var report in reports)
        {
            // A report that was edited stays where it is; readers have its event's address.
            if (!told.TryGetValue(report.Id, out var eventId))
            {
                var placement = window!.Find(report) ?? new Placement(t.NextId(), 1, "first report of this event");
                placed.Add((report, placement));
                told[report.Id] = eventId = placement.EventId;
            }
            window!.Add(report, eventId);
        }
        await EventStore.PlaceAsync(t, placed, cancel);
        await WorkList.AddAsync(t, Stage.Measure, told.Keys, cancel);
        await WorkList.AddAsync(t, Stage.Publish, told.Values, cancel);
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
