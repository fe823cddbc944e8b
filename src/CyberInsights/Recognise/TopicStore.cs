using CyberInsights.Storage;

namespace CyberInsights.Recognise;

/// <summary>Writes <c>topics</c> and <c>report_topics</c>.</summary>
public sealed class TopicStore
{
    /// <summary>Makes sure that the sections of the site are there; doing it again changes nothing.</summary>
    public static async Task SeedAsync(Database database, CancellationToken cancel)
    {
        var topics = await database.QueryAsync<Topic>("select id, slug, name, position from topics", null, cancel);
        if (Sections.All.All(s => topics.Any(t => t.Slug == Sections.SlugOf(s))))
        {
            return;
        }
        await database.WriteAsync(
            t =>
                t.InsertAsync(
                    "topics (id, slug, name, position)",
                    [
                        .. Sections.All.Select(s =>
                            (object?[])[t.NextId(), Sections.SlugOf(s), Sections.NameOf(s), (int)s]
                        ),
                    ],
                    "on conflict do nothing",
                    cancel
                ),
            cancel
        );
    }

    /// <summary>Replaces the sections of the reports.</summary>
    internal static async Task ReplaceAsync(Transaction t, IReadOnlyList<Recognised> reports, CancellationToken cancel)
    {
        var reportIds = reports.Select(r => r.Text.Id).ToArray();
        var topics = await t.QueryAsync<Topic>("select id, slug, name, position from topics", null, cancel);
        var ids = topics.ToDictionary(topic => topic.Slug, topic => topic.Id);
        await t.ExecuteAsync("delete from report_topics where report_id in @reportIds", new { reportIds }, cancel);
        await t.InsertAsync(
            "report_topics (report_id, topic_id, weight, why)",
            [
                .. reports.SelectMany(r =>
                    r.Recognition.Topics.Select(w =>
                        (object?[])[r.Text.Id, ids[Sections.SlugOf(w.Section)], w.Weight, w.Why]
                    )
                ),
            ],
            "",
            cancel
        );
    }
}
