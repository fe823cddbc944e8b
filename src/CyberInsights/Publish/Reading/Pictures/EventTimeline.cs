namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>What was told of an event when: reports as bars, statements as marks on a lane for each stance, what changed below.</summary>
public sealed class EventTimeline
{
    /// <summary>More lanes are left to the list.</summary>
    public const int MaxLanes = 8;

    private EventTimeline(DossierPage page, TimeScale scale)
    {
        Scale = scale;
        Bars =
        [
            .. Steps(page.Coverage, r => r.At)
                .Select(g => new TimeBar(g.Key, g.Count(r => r.CopyOf is null), g.Count(r => r.CopyOf is not null))),
        ];
        var lanes = page
            .Statements.Where(s => s.Stance != Stance.Report)
            .GroupBy(s => s.Stance)
            .OrderBy(g => Ledger.PlaceOf(g.Key))
            .Select(g => new StanceLane(g.Key, [.. Steps(g, s => s.At).Select(Mark)]))
            .ToList();
        Lanes = [.. lanes.Take(MaxLanes)];
        MoreLanes = lanes.Count - Lanes.Count;
        States =
        [
            .. Steps(Changes(page, ChangeKind.StateChanged), c => c.At)
                .Select(g =>
                    (g.Key, Known: Enum.TryParse<EventState>(g.Last().Text.Split('\n')[^1], out var state), state)
                )
                .Where(s => s.Known)
                .Select(s => new StateMark(s.Key, s.state)),
        ];
        Edits = [.. Steps(Changes(page, ChangeKind.SourceEdited), c => c.At).Select(Mark)];
    }

    public TimeScale Scale { get; }

    /// <summary>One for each step in which something was published.</summary>
    public IReadOnlyList<TimeBar> Bars { get; }

    /// <summary>In the order of the ledger; neutral tellings have none.</summary>
    public IReadOnlyList<StanceLane> Lanes { get; }

    /// <summary>How many stances have no lane.</summary>
    public int MoreLanes { get; }

    /// <summary>What the state of the event became.</summary>
    public IReadOnlyList<StateMark> States { get; }

    /// <summary>Edits by sources.</summary>
    public IReadOnlyList<TimeMark> Edits { get; }

    /// <summary>The first step with the most reports.</summary>
    public TimeBar Highest => Bars.MaxBy(b => b.Total)!;

    /// <summary>Null when all was told within an hour, so that there is no time to draw.</summary>
    public static EventTimeline? Of(DossierPage page)
    {
        var moments = page
            .Coverage.Select(r => r.At)
            .Concat(page.Statements.Select(s => s.At))
            .Concat(Changes(page, ChangeKind.StateChanged).Select(c => c.At))
            .Concat(Changes(page, ChangeKind.SourceEdited).Select(c => c.At))
            .ToList();
        if (page.Coverage.Count == 0)
        {
            return null;
        }
        var scale = TimeScale.Of(moments.Min(), moments.Max());
        return scale.Count > 1 ? new EventTimeline(page, scale) : null;
    }

    private static IEnumerable<DossierChange> Changes(DossierPage page, ChangeKind kind) =>
        page.Changes.Where(c => c.Kind == kind).Reverse();

    private IEnumerable<IGrouping<int, T>> Steps<T>(IEnumerable<T> items, Func<T, DateTimeOffset> at) =>
        items.GroupBy(i => Scale.IndexOf(at(i))).OrderBy(g => g.Key);

    private static TimeMark Mark<T>(IGrouping<int, T> step) => new(step.Key, step.Count());
}

/// <summary>Reports of one step: of their own, and copies of others' texts.</summary>
public sealed record TimeBar(int Step, int Own, int Copies)
{
    public int Total => Own + Copies;
}

/// <summary>How many of something fall into one step.</summary>
public sealed record TimeMark(int Step, int Count);

/// <summary>The state that the event took in one step, the last of several.</summary>
public sealed record StateMark(int Step, EventState State);

/// <summary>When a stance was taken.</summary>
public sealed record StanceLane(Stance Stance, IReadOnlyList<TimeMark> Marks)
{
    public int Total => Marks.Sum(m => m.Count);
}
