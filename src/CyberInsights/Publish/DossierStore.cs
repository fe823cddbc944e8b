using System.Text.Json;
using CyberInsights.Publish.Reading;
using CyberInsights.Storage;

namespace CyberInsights.Publish;

/// <summary>Dossiers, their topics, entities and change logs: the tables of this folder.</summary>
internal sealed class DossierStore(Database database)
{
    // An event belongs to a topic when at least this share of its reports does.
    private const double EnoughOfTopic = 0.34;

    internal async Task<DossierMaterial?> LoadAsync(long eventId, CancellationToken cancel)
    {
        var told = await database.FirstAsync<Event>(
            "select * from events where id = @eventId",
            new { eventId },
            cancel
        );
        return told is null
            ? null
            : new DossierMaterial
            {
                Event = told,
                Reports = await database.QueryAsync<MaterialReport>(
                    """
                    select r.id, r.source_id, s.name as source_name, s.reliability, v.title, v.text, r.language, v.image, r.published_at
                    from event_reports g join reports r on r.id = g.report_id
                    join report_versions v on v.report_id = r.id and v.number = r.version
                    join sources s on s.id = r.source_id
                    where g.event_id = @eventId order by r.id
                    """,
                    new { eventId },
                    cancel
                ),
                Places = await database.QueryAsync<MaterialPlace>(
                    """
                    select p.report_id, p.source_id from event_reports g join report_places p on p.report_id = g.report_id
                    where g.event_id = @eventId
                    """,
                    new { eventId },
                    cancel
                ),
                Statements = await database.QueryAsync<Statement>(
                    """
                    select s.* from event_reports g join statements s on s.report_id = g.report_id
                    where g.event_id = @eventId order by s.report_id, s.ordinal
                    """,
                    new { eventId },
                    cancel
                ),
                Versions = await database.QueryAsync<MaterialVersion>(
                    """
                    select v.report_id, v.number, v.basis, v.title
                    from event_reports g join report_versions v on v.report_id = g.report_id
                    where g.event_id = @eventId order by v.report_id, v.number
                    """,
                    new { eventId },
                    cancel
                ),
            };
    }

    internal static async Task StoreAsync(
        Transaction t,
        DossierMaterial material,
        Dossier dossier,
        CancellationToken cancel
    )
    {
        var before = await t.FirstAsync<Before>(
            "select state from dossiers where event_id = @EventId",
            new { dossier.EventId },
            cancel
        );
        var log = await t.QueryAsync<ChangeLine>(
            "select kind, text, report_id, statement_id from dossier_changes where event_id = @EventId order by id",
            new { dossier.EventId },
            cancel
        );
        await WriteAsync(t, dossier, cancel);
        await LinkAsync(t, dossier, material.Reports.Count, cancel);
        var additions = ChangeLog.Additions(
            material,
            dossier,
            before is null ? null : dossier with { State = before.State },
            log
        );
        foreach (var line in additions)
        {
            await AddLineAsync(t, dossier.EventId, line, cancel);
        }
        if (additions.Count > 0)
        {
            await WorkList.AddAsync(t, Stage.Deliver, dossier.EventId, cancel);
        }
        await t.PutDocumentAsync(
            new SearchDocument
            {
                Id = dossier.EventId,
                Kind = "event",
                Title = dossier.Title,
                Body = string.Join(
                    "\n",
                    dossier.Summary.Select(s => s.Text).Concat(material.Reports.Select(r => r.Title))
                ),
                Language = dossier.Language,
                At = dossier.LastToldAt,
            },
            cancel
        );
    }

    private static Task WriteAsync(Transaction t, Dossier dossier, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            insert into dossiers (event_id, title, title_report_id, language, state, summary, image, outlets, independent, statements,
                                  rank, why, first_told_at, last_told_at, changed_at)
            values (@EventId, @Title, @TitleReportId, @Language, @State, @summary, @Image, @Outlets, @Independent, @Statements,
                    @Rank, @Why, @FirstToldAt, @LastToldAt, @Now)
            on conflict (event_id) do update set title = excluded.title, title_report_id = excluded.title_report_id,
                language = excluded.language, state = excluded.state, summary = excluded.summary, image = excluded.image,
                outlets = excluded.outlets, independent = excluded.independent, statements = excluded.statements,
                rank = excluded.rank, why = excluded.why, first_told_at = excluded.first_told_at,
                last_told_at = excluded.last_told_at, changed_at = excluded.changed_at
            """,
            new
            {
                dossier.EventId,
                dossier.Title,
                dossier.TitleReportId,
                dossier.Language,
                dossier.State,
                summary = JsonSerializer.Serialize([.. dossier.Summary], SummaryJson.Default.StoredSentenceArray),
                dossier.Image,
                dossier.Outlets,
                dossier.Independent,
                dossier.Statements,
                dossier.Rank,
                dossier.Why,
                dossier.FirstToldAt,
                dossier.LastToldAt,
                t.Now,
            },
            cancel
        );

    private static async Task LinkAsync(Transaction t, Dossier dossier, int reports, CancellationToken cancel)
    {
        var arguments = new { dossier.EventId, enough = Math.Ceiling(reports * EnoughOfTopic) };
        await t.ExecuteAsync("delete from event_topics where event_id = @EventId", arguments, cancel);
        await t.ExecuteAsync(
            """
            insert into event_topics (event_id, topic_id)
            select @EventId, o.topic_id from event_reports g join report_topics o on o.report_id = g.report_id
            where g.event_id = @EventId group by o.topic_id having count(*) >= @enough
            """,
            arguments,
            cancel
        );
        await t.ExecuteAsync("delete from event_entities where event_id = @EventId", arguments, cancel);
        await t.ExecuteAsync(
            """
            insert into event_entities (event_id, entity_id, reports)
            select @EventId, m.entity_id, count(*) from event_reports g join mentions m on m.report_id = g.report_id
            where g.event_id = @EventId group by m.entity_id
            """,
            arguments,
            cancel
        );
    }

    private static Task AddLineAsync(Transaction t, long eventId, ChangeLine line, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            insert into dossier_changes (id, event_id, kind, text, report_id, statement_id, at)
            values (@id, @eventId, @Kind, @Text, @ReportId, @StatementId, @Now)
            """,
            new
            {
                id = t.NextId(),
                eventId,
                line.Kind,
                line.Text,
                line.ReportId,
                line.StatementId,
                t.Now,
            },
            cancel
        );

    private sealed record Before
    {
        public required EventState State { get; init; }
    }
}
