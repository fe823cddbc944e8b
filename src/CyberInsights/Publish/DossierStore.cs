using System.Text.Json;
using CyberInsights.Publish.Reading;
using CyberInsights.Storage;

namespace CyberInsights.Publish;

/// <summary>Dossiers, their topics, entities and change logs: the tables of this folder.</summary>
internal sealed class DossierStore(Database database)
{
    // An event belongs to a topic when at least this share of its reports does.
    private const double EnoughOfTopic = 0.34;

    /// <summary>What is known of the events; those without a report are left out.</summary>
    internal async Task<IReadOnlyList<DossierMaterial>> LoadAsync(long[] eventIds, CancellationToken cancel)
    {
        var arguments = new { eventIds };
        var events = await database.QueryAsync<Event>(
            "select * from events where id in @eventIds order by id",
            arguments,
            cancel
        );
        var reports = await database.QueryAsync<MaterialReport>(
            """
            select g.event_id, r.id, r.source_id, s.name as source_name, s.reliability, v.title, v.text, r.language, v.image, r.published_at, r.withdrawn_at,
                   coalesce((select o.source_id from copies c join reports o on o.id = c.original_id where c.report_id = r.id), r.source_id) as origin_id
            from event_reports g join reports r on r.id = g.report_id
            join report_versions v on v.report_id = r.id and v.number = r.version
            join sources s on s.id = r.source_id
            where g.event_id in @eventIds order by r.id
            """,
            arguments,
            cancel
        );
        var reportIds = reports.Select(r => r.Id).ToArray();
        var places = await database.QueryAsync<MaterialPlace>(
            "select report_id, source_id from report_places where report_id in @reportIds",
            new { reportIds },
            cancel
        );
        var statements = await database.QueryAsync<Statement>(
            "select * from shown_statements where report_id in @reportIds order by report_id, ordinal",
            new { reportIds },
            cancel
        );
        var versions = await database.QueryAsync<MaterialVersion>(
            "select report_id, number, edit, was, became from report_versions where report_id in @reportIds and edit is not null order by report_id, number",
            new { reportIds },
            cancel
        );
        var codes = await CodesAsync(statements, cancel);
        var (reportsOf, placesOf, statementsOf, versionsOf) = (
            reports.ToLookup(r => r.EventId),
            places.ToLookup(p => p.ReportId),
            statements.ToLookup(s => s.ReportId),
            versions.ToLookup(v => v.ReportId)
        );
        return
        [
            .. events
                .Where(e => reportsOf.Contains(e.Id))
                .Select(e => new DossierMaterial
                {
                    Event = e,
                    Reports = [.. reportsOf[e.Id]],
                    Places = [.. reportsOf[e.Id].SelectMany(r => placesOf[r.Id])],
                    Statements = [.. reportsOf[e.Id].SelectMany(r => statementsOf[r.Id])],
                    Versions = [.. reportsOf[e.Id].SelectMany(r => versionsOf[r.Id])],
                    Codes = codes,
                }),
        ];
    }

    private async Task<Dictionary<long, string>> CodesAsync(
        IReadOnlyList<Statement> statements,
        CancellationToken cancel
    )
    {
        var entities = await database.QueryAsync<Entity>(
            "select * from entities where id in @ids and code is not null",
            new
            {
                ids = statements.SelectMany(s => new[] { s.SpeakerId, s.TargetId }).OfType<long>().Distinct().ToArray(),
            },
            cancel
        );
        return entities.ToDictionary(e => e.Id, e => e.Code!);
    }

    internal static async Task StoreAsync(
        Transaction t,
        IReadOnlyList<(DossierMaterial Material, Dossier Dossier)> dossiers,
        CancellationToken cancel
    )
    {
        var eventIds = dossiers.Select(d => d.Dossier.EventId).ToArray();
        var before = (
            await t.QueryAsync<Before>(
                "select event_id, state from dossiers where event_id in @eventIds",
                new { eventIds },
                cancel
            )
        ).ToDictionary(b => b.EventId, b => b.State);
        var log = (
            await t.QueryAsync<ChangeLine>(
                "select event_id, kind, text, report_id, statement_id from dossier_changes where event_id in @eventIds order by id",
                new { eventIds },
                cancel
            )
        ).ToLookup(l => l.EventId);
        await WriteAsync(t, dossiers.Select(d => d.Dossier), cancel);
        await LinkAsync(t, eventIds, cancel);
        await ReplyAsync(t, dossiers.Select(d => d.Dossier), eventIds, cancel);
        var additions = dossiers
            .SelectMany(d =>
                ChangeLog.Additions(
                    d.Material,
                    before.TryGetValue(d.Dossier.EventId, out var state) ? state : null,
                    d.Dossier.State,
                    [.. log[d.Dossier.EventId]]
                )
            )
            .ToList();
        await t.InsertAsync(
            "dossier_changes (id, event_id, kind, text, report_id, statement_id, at)",
            [
                .. additions.Select(l =>
                    (object?[])[t.NextId(), l.EventId, l.Kind, l.Text, l.ReportId, l.StatementId, t.Now]
                ),
            ],
            "",
            cancel
        );
        await WorkList.AddAsync(t, Stage.Deliver, additions.Select(l => l.EventId), cancel);
        await t.PutDocumentsAsync([.. dossiers.Select(d => Searchable(d.Material, d.Dossier))], cancel);
    }

    private static SearchDocument Searchable(DossierMaterial material, Dossier dossier) =>
        new()
        {
            Id = dossier.EventId,
            Kind = "event",
            Title = dossier.Title,
            Body = string.Join("\n", dossier.Summary.Select(s => s.Text).Concat(material.Reports.Select(r => r.Title))),
            Language = dossier.Language,
            At = dossier.LastToldAt,
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
                            d.Why,
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
            insert into event_topics (event_id, topic_id)
            select g.event_id, o.topic_id from event_reports g join report_topics o on o.report_id = g.report_id
            where g.event_id in @eventIds group by g.event_id, o.topic_id
            having count(*) >= @EnoughOfTopic * (select count(*) from event_reports x where x.event_id = g.event_id)
            """,
            arguments,
            cancel
        );
        await t.ExecuteAsync("delete from event_entities where event_id in @eventIds", arguments, cancel);
        await t.ExecuteAsync(
            """
            insert into event_entities (event_id, entity_id, reports)
            select g.event_id, m.entity_id, count(*) from event_reports g join mentions m on m.report_id = g.report_id
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

    private sealed record Before
    {
        public required long EventId { get; init; }
        public required EventState State { get; init; }
    }
}
