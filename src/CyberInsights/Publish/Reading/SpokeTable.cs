namespace CyberInsights.Publish.Reading;

/// <summary>When the parties of an event spoke: a row for each stance, a column for each span of time.</summary>
public sealed record SpokeTable
{
    private const int MaxColumns = 5;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(3),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(12),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(2),
        TimeSpan.FromDays(7),
        TimeSpan.FromDays(28),
    ];

    /// <summary>Begin and end (excluded) of each column, in UTC.</summary>
    public required IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Columns { get; init; }
    public required IReadOnlyList<SpokeRow> Rows { get; init; }

    /// <summary>Null when fewer than two statements were made: a table of one mark says nothing.</summary>
    public static SpokeTable? Of(IReadOnlyList<ShownStatement> statements)
    {
        var told = statements.Where(s => s.Stance != Stance.Report).ToList();
        if (told.Count < 2)
        {
            return null;
        }
        var (first, last) = (told.Min(s => s.At), told.Max(s => s.At));
        var step = Steps.FirstOrDefault(s => Slot(last, s) - Slot(first, s) < MaxColumns, TimeSpan.FromDays(365));
        var (from, to) = (Slot(first, step), Slot(last, step));
        if (to - from >= MaxColumns)
        {
            from = to - MaxColumns + 1;
        }
        var columns = Enumerable.Range(0, (int)(to - from) + 1).Select(i => At(from + i, step)).ToList();
        return new SpokeTable
        {
            Columns = [.. columns.Select(c => (c, c + step))],
            Rows =
            [
                .. Enum.GetValues<Stance>()
                    .OrderBy(Ledger.PlaceOf)
                    .Select(stance => Row(stance, told, columns, step))
                    .Where(row => row.Total > 0),
            ],
        };
    }

    private static SpokeRow Row(
        Stance stance,
        List<ShownStatement> told,
        List<DateTimeOffset> columns,
        TimeSpan step
    ) => new(stance, [.. columns.Select(c => told.Count(s => s.Stance == stance && s.At >= c && s.At < c + step))]);

    private static long Slot(DateTimeOffset at, TimeSpan step) => at.UtcTicks / step.Ticks;

    private static DateTimeOffset At(long slot, TimeSpan step) => new(slot * step.Ticks, TimeSpan.Zero);
}

/// <summary>How many statements of one stance fall into each column.</summary>
public sealed record SpokeRow(Stance Stance, IReadOnlyList<int> Counts)
{
    public int Total => Counts.Sum();
}
