using CyberInsights.Storage;

namespace CyberInsights.Measure;

/// <summary>Widths of the slots that reports are counted in; the numbers are stored.</summary>
public enum Scale
{
    Hour = 1,
    Day = 2,
}

/// <summary>Counts each report once for each topic and entity it is about, in the hour and the day (UTC) it was published.</summary>
public sealed class Meter(Database database, WorkList work) : IStage
{
    private const int BatchReports = 64;

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
        foreach (var item in due)
        {
            if (!await WorkList.TakeAsync(t, Stage, item, cancel))
            {
                continue;
            }
            // `counted` remembers what was counted, so that an edited report adds only what is new in it.
            var fresh = await t.QueryAsync<long>(
                """
                insert into counted (report_id, subject_id)
                select @Item, entity_id from mentions where report_id = @Item
                union select @Item, topic_id from report_topics where report_id = @Item
                on conflict do nothing returning subject_id
                """,
                new { item.Item },
                cancel
            );
            var published = await t.FirstAsync<long>(
                "select published_at from reports where id = @Item",
                new { item.Item },
                cancel
            );
            foreach (var subject in fresh)
            {
                await AddAsync(t, subject, Scale.Hour, published, TimeSpan.FromHours(1), cancel);
                await AddAsync(t, subject, Scale.Day, published, TimeSpan.FromDays(1), cancel);
            }
        }
    }

    private static Task AddAsync(
        Transaction t,
        long subject,
        Scale scale,
        long published,
        TimeSpan width,
        CancellationToken cancel
    ) =>
        t.ExecuteAsync(
            """
            insert into counts (subject_id, scale, slot, reports) values (@subject, @scale, @slot, 1)
            on conflict (subject_id, scale, slot) do update set reports = counts.reports + 1
            """,
            new
            {
                subject,
                scale,
                slot = published - Modulo(published, (long)width.TotalMilliseconds),
            },
            cancel
        );

    // Dates before 1970 are negative; their slot begins before them, too.
    private static long Modulo(long value, long width) => (value % width + width) % width;
}
