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

    private static readonly IReadOnlyList<(Scale Scale, TimeSpan Width)> Widths =
    [
        (Scale.Hour, TimeSpan.FromHours(1)),
        (Scale.Day, TimeSpan.FromDays(1)),
    ];

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
            if (await WorkList.TakeAsync(t, Stage, item, cancel))
            {
                await CountAsync(t, item.Item, cancel);
            }
        }
    }

    // `counted` remembers what was counted, so that an edited report adds only what is new in it.
    private static async Task CountAsync(Transaction t, long reportId, CancellationToken cancel)
    {
        var published = await t.FirstAsync<long>(
            "select published_at from reports where id = @reportId",
            new { reportId },
            cancel
        );
        foreach (var (scale, width) in Widths)
        {
            await t.ExecuteAsync(
                """
                insert into counts (subject_id, scale, slot, reports)
                select subject_id, @scale, @slot, 1
                from (select entity_id as subject_id from mentions where report_id = @reportId
                      union select topic_id from report_topics where report_id = @reportId) as subjects
                where not exists (select 1 from counted c where c.report_id = @reportId and c.subject_id = subjects.subject_id)
                on conflict (subject_id, scale, slot) do update set reports = counts.reports + 1
                """,
                new
                {
                    reportId,
                    scale,
                    slot = published - Modulo(published, (long)width.TotalMilliseconds),
                },
                cancel
            );
        }
        await t.ExecuteAsync(
            """
            insert into counted (report_id, subject_id)
            select @reportId, entity_id from mentions where report_id = @reportId
            union select @reportId, topic_id from report_topics where report_id = @reportId
            on conflict do nothing
            """,
            new { reportId },
            cancel
        );
    }

    // Dates before 1970 are negative; their slot begins before them, too.
    private static long Modulo(long value, long width) => (value % width + width) % width;
}
