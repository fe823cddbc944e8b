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

    private const string Subjects = """
        select report_id, entity_id as subject_id from mentions where report_id in @ids
        union select report_id, topic_id from report_topics where report_id in @ids
        """;

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

    // `counted` remembers what was counted, so that an edited report adds only what is new in it.
    private async Task CountAsync(Transaction t, IReadOnlyList<WorkItem> due, CancellationToken cancel)
    {
        var ids = (await WorkList.TakeAsync(t, Stage, due, cancel)).ToArray();
        foreach (var (scale, width) in Widths)
        {
            // Dates before 1970 are negative; their slot begins before them, too.
            await t.ExecuteAsync(
                $"""
                insert into counts (subject_id, scale, slot, reports)
                select subject_id, @scale, slot, count(*)
                from (select s.subject_id, r.published_at - ((r.published_at % @width) + @width) % @width as slot
                      from ({Subjects}) as s join reports r on r.id = s.report_id
                      where not exists (select 1 from counted c where c.report_id = s.report_id and c.subject_id = s.subject_id)) as news
                where true group by subject_id, slot order by subject_id, slot
                on conflict (subject_id, scale, slot) do update set reports = counts.reports + excluded.reports
                """,
                new
                {
                    ids,
                    scale,
                    width = (long)width.TotalMilliseconds,
                },
                cancel
            );
        }
        await t.ExecuteAsync(
            $"""
            insert into counted (report_id, subject_id)
            select report_id, subject_id from ({Subjects}) as s where true on conflict do nothing
            """,
            new { ids },
            cancel
        );
    }
}
