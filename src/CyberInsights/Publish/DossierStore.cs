using System.Text.Json;
using CyberInsights.Publish.Reading;
using CyberInsights.Storage;

namespace CyberInsights.Publish;

/// <summary>Dossiers, their topics, entities and change logs: the tables of this folder.</summary>
internal static class DossierStore
{
    // An event belongs to a topic when at least this share of its reports does.
    private const double EnoughOfTopic = 0.34;

    /// <param name="mayFetch">Whether a primary source at an address may be captured.</param>
    internal static async Task StoreAsync(
        Transaction t,
        IReadOnlyList<(DossierMaterial Material, Dossier Dossier)> dossiers,
        Func<Uri, bool> mayFetch,
        CancellationToken cancel
    )
    {
        var eventIds = dossiers.Select(d => d.Dossier.EventId).ToArray();
        var before = (
            await t.QueryAsync<Before>(
                "select event_id, title, state from dossiers where event_id in @eventIds",
                new { eventIds },
                cancel
            )
        ).ToDictionary(b => b.EventId);
        await WriteAsync(t, dossiers.Select(d => d.Dossier), cancel);
        await LinkAsync(t, eventIds, cancel);
        await ReplyAsync(t, dossiers.Select(d => d.Dossier), eventIds, cancel);
        await OriginAsync(t, dossiers.Select(d => d.Dossier), eventIds, cancel);
        var primary = await PrimaryStore.AddAsync(
            t,
            [.. dossiers.SelectMany(d => d.Dossier.Primary)],
            mayFetch,
            cancel
        );
        await ChangeStore.AddAsync(
            t,
            [.. dossiers.Select(d => (d.Dossier, before.GetValueOrDefault(d.Dossier.EventId)))],
            primary,
            cancel
        );
        var keys = await EventKeys.ReadAsync(t, eventIds, cancel);
        await t.PutDocumentsAsync(
            [.. dossiers.Select(d => Searchable(d.Material, d.Dossier, keys[d.Dossier.EventId]))],
            cancel
        );
    }

    /// <summary>Takes away the dossiers of events that no report tells any more; their change logs stay.</summary>
    internal static async Task DropAsync(Transaction t, long[] eventIds, CancellationToken cancel)
    {
        foreach (
            var table in (string[])
                [
                    "dossiers",
                    "event_topics",
                    "event_entities",
                    "replies",
                    "report_origins",
                    "primary_sources",
                    "told_numbers",
                ]
        )
        {
            await t.ExecuteAsync($"delete from {table} where event_id in @eventIds", new { eventIds }, cancel);
        }
        foreach (var id in eventIds)
        {
            await t.DropDocumentAsync(id, cancel);
        }
    }

    private static async Task OriginAsync(
        Transaction t,
        IEnumerable<Dossier> dossiers,
        long[] eventIds,
        CancellationToken cancel
    )
    {
        await t.ExecuteAsync("delete from report_origins where event_id in @eventIds", new { eventIds }, cancel);
        await t.InsertAsync(
            "report_origins (event_id, report_id, origin_id, reason, named)",
            [
                .. dossiers.SelectMany(d =>
                    d.Origins.Select(o => (object?[])[d.EventId, o.ReportId, o.OriginId, o.Reason, o.Named])
                ),
            ],
            "",
            cancel
        );
    }

    private static SearchDocument Searchable(DossierMaterial material, Dossier dossier, IEnumerable<string> keys) =>
        new()
        {
            Id = dossier.EventId,
            Kind = "event",
            Title = dossier.Title,
            Body = string.Join("\n", dossier.Summary.Select(s => s.Text).Concat(material.Reports.Select(r => r.Title))),
            Language = dossier.Language,
            At = dossier.LastToldAt,
            Keys = [.. keys],
        };

    private static Task WriteAsync(Transaction t, IEnumerable<Dossier> dossiers, CancellationToken cancel) =>
        t.InsertAsync(
            """
            dossiers (event_id, title, title_report_id, language, state, summary, image, outlets, independent, statements,
                      rank, why, first_told_at, last_told_at, changed_at)
            """,
            [
                .. dossiers.Select(d =>
                    (object?[])
                        [
                            d.EventId,
                            d.Title,
                            d.TitleReportId,
                            d.Language,
                            d.State,
                            JsonSerializer.Serialize([.. d.Summary], SummaryJson.Default.StoredSentenceArray),
                            d.Image,
                            d.Outlets,
                            d.Independent,
                            d.Statements,
                            d.Rank,
                            d.Why.ToJson(),
                            d.FirstToldAt,
                            d.LastToldAt,
                            t.Now,
                        ]
                ),
            ],
            """
            on conflict (event_id) do update set title = excluded.title, title_report_id = excluded.title_report_id,
                language = excluded.language, state = excluded.state, summary = excluded.summary, image = excluded.image,
                outlets = excluded.outlets, independent = excluded.independent, statements = excluded.statements,
                rank = excluded.rank, why = excluded.why, first_told_at = excluded.first_told_at,
                last_told_at = excluded.last_told_at, changed_at = excluded.changed_at
            """,
            cancel
        );

    private static async Task LinkAsync(Transaction t, long[] eventIds, CancellationToken cancel)
    {
        var arguments = new { eventIds, EnoughOfTopic };
        await t.ExecuteAsync("delete from event_topics where event_id in @eventIds", arguments, cancel);
        await t.ExecuteAsync(
            """
            insert into event_topics (event_id, topic_id, last_told_at)
            select g.event_id, o.topic_id, (select d.last_told_at from dossiers d where d.event_id = g.event_id)
            from event_reports g join report_topics o on o.report_id = g.report_id
            where g.event_id in @eventIds group by g.event_id, o.topic_id
            having count(*) >= @EnoughOfTopic * (select count(*) from event_reports x where x.event_id = g.event_id)
            """,
            arguments,
            cancel
        );
        await t.ExecuteAsync("delete from event_entities where event_id in @eventIds", arguments, cancel);
        await t.ExecuteAsync(
            """
            insert into event_entities (event_id, entity_id, reports, last_told_at)
            select g.event_id, m.entity_id, count(*), (select d.last_told_at from dossiers d where d.event_id = g.event_id)
            from event_reports g join mentions m on m.report_id = g.report_id
            where g.event_id in @eventIds group by g.event_id, m.entity_id
            """,
            arguments,
            cancel
        );
    }

    private static async Task ReplyAsync(
        Transaction t,
        IEnumerable<Dossier> dossiers,
        long[] eventIds,
        CancellationToken cancel
    )
    {
        await t.ExecuteAsync("delete from replies where event_id in @eventIds", new { eventIds }, cancel);
        await t.InsertAsync(
            "replies (event_id, from_id, to_id, reason)",
            [.. dossiers.SelectMany(d => d.Replies.Select(r => (object?[])[d.EventId, r.FromId, r.ToId, r.Reason]))],
            "",
            cancel
        );
    }
}

/// <summary>What a dossier showed before it is published anew.</summary>
internal sealed record Before
{
    public required long EventId { get; init; }
    public required string Title { get; init; }
    public required EventState State { get; init; }
}
