using CyberInsights.Storage;

namespace CyberInsights.Group;

/// <summary>
/// Brings each recognised report into the event and the story it tells, or opens new ones; one by one, in the order they came. When none
/// is waiting it looks again at the stories that changed.
/// </summary>
/// <param name="settings">Null: the usual ones.</param>
public sealed class Grouper(Database database, WorkList work, TimeProvider clock, GroupingSettings? settings = null)
    : IStage
{
    private const int BatchReports = 64;
    private const int BatchStories = 4;

    private readonly EventStore store = new(database);
    private EventWindow? window;
    private long lastMove;

    public Stage Stage => Stage.Group;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var due = await work.DueAsync(Stage, BatchReports, cancel);
        var stories = due.Count == 0 ? await store.DueStoriesAsync(BatchStories, clock.GetUtcNow(), cancel) : [];
        if (due.Count == 0 && stories.Count == 0)
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
                    await FollowDeskAsync(t, window, cancel);
                    var taken = await WorkList.TakeAsync(t, Stage, due, cancel);
                    await PlaceAsync(t, window, [.. reports.Where(r => taken.Contains(r.Id))], cancel);
                    await LookAgainAsync(t, window, stories, cancel);
                },
                cancel
            );
        }
        catch
        {
            // The window has seen what the database has not: it is built again from what is stored.
            window = null;
            throw;
        }
        return due.Count + stories.Count;
    }

    private static async Task PlaceAsync(
        Transaction t,
        EventWindow window,
        IReadOnlyList<GroupingReport> reports,
        CancellationToken cancel
    )
    {
        var told = await EventStore.PlacesOfAsync(t, [.. reports.Select(r => r.Id)], cancel);
        var placed = new List<PlacedReport>();
        // Of reports that came together, the older first: what order they were read in must not matter.
        foreach (var report in reports.OrderBy(r => r.PublishedAt).ThenBy(r => r.Id))
        {
            var profile = window.Read(report);
            // A report that was edited stays where it is; readers have its event's address.
            if (!told.TryGetValue(report.Id, out var place))
            {
                var found = window.Find(profile);
                place = new Place(found.EventId ?? t.NextId(), found.StoryId ?? t.NextId());
                placed.Add(new PlacedReport(report, profile, place, found));
                told[report.Id] = place;
            }
            window.Add(profile, place);
        }
        await EventStore.PlaceAsync(t, placed, cancel);
        await WorkList.AddAsync(t, Stage.Measure, told.Keys, cancel);
        await WorkList.AddAsync(t, Stage.Publish, told.Values.Select(p => p.EventId), cancel);
    }

    private static async Task LookAgainAsync(
        Transaction t,
        EventWindow window,
        IReadOnlyList<long> stories,
        CancellationToken cancel
    )
    {
        if (stories.Count == 0)
        {
            return;
        }
        var held = await EventStore.HeldAsync(t, cancel);
        foreach (var story in stories)
        {
            var moves = SecondLook.At(window, story, held, t.NextId);
            foreach (var move in moves)
            {
                window.Move(move.ReportId, move.To);
            }
            await EventStore.MoveAsync(t, moves, window.JoinStories(moves), cancel);
        }
        await EventStore.LookedAsync(t, stories, cancel);
    }

    // What people moved since, and the events they locked.
    private async Task FollowDeskAsync(Transaction t, EventWindow opened, CancellationToken cancel)
    {
        foreach (var move in await EventStore.MovesAfterAsync(t, lastMove, cancel))
        {
            lastMove = move.Id;
            if (move.Kind is EventMoveKind.Lock or EventMoveKind.Unlock)
            {
                opened.Lock(move.FromId, move.Kind == EventMoveKind.Lock);
            }
            else if (
                move.ReportId is { } id
                && (await EventStore.PlacesOfAsync(t, [id], cancel)).TryGetValue(id, out var place)
            )
            {
                opened.Move(id, place);
            }
        }
    }

    private async Task<EventWindow> OpenWindowAsync(CancellationToken cancel)
    {
        var opened = new EventWindow(settings is { Meaning: true } ? PairModel.ShippedWithMeaning : PairModel.Shipped);
        lastMove = await store.LastMoveAsync(cancel);
        foreach (var locked in await store.LockedAsync(cancel))
        {
            opened.Lock(locked, true);
        }
        await foreach (var (report, place) in store.WindowAsync(cancel))
        {
            opened.Add(opened.Read(report), place);
        }
        return opened;
    }
}

/// <summary>A report with its place, before it is stored.</summary>
internal sealed record PlacedReport(GroupingReport Report, Profile Profile, Place Place, Placement Found);
