using CyberInsights.Storage;

namespace CyberInsights.Measure;

/// <summary>Counts who tells of which topic and entity, and looks at once whether one of them bursts.</summary>
public sealed class Meter(Database database, WorkList work) : IStage
{
    private const int BatchReports = 64;

    private readonly PastSums sums = new();

    public Stage Stage => Stage.Measure;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var due = await work.DueAsync(Stage, BatchReports, cancel);
        if (due.Count > 0)
        {
            await database.WriteAsync(t => CountAsync(t, due, cancel), cancel);
        }
        return due.Count;
    }

    private async Task CountAsync(Transaction t, IReadOnlyList<WorkItem> due, CancellationToken cancel)
    {
        var ids = await WorkList.TakeAsync(t, Stage, due, cancel);
        var newest = await Tellings.CountAsync(t, [.. ids.Order()], cancel);
        // What happened earlier is no burst of today.
        if (newest > t.Now - Gauge.OneDay)
        {
            await BurstFinder.LookAsync(t, sums, cancel);
        }
    }
}
