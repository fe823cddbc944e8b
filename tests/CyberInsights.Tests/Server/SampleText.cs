using System.Globalization;
using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Server;

/// <summary>What came out of a replay, as a text that a person can read and compare.</summary>
internal static class SampleText
{
    internal static async Task<string> OfAsync(Database database, CancellationToken cancel)
    {
        var text = new StringBuilder();
        foreach (var e in await EventsAsync(database, cancel))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"EVENT {e.Title}");
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {e.State}, {e.Outlets} outlets, {e.Independent} independent, first told {e.FirstToldAt:d MMM HH:mm}"
            );
            await LinesAsync(text, database, "topics", Topics, e.EventId, cancel);
            await LinesAsync(text, database, "reports", Reports, e.EventId, cancel);
            await StatementsAsync(text, database, e.EventId, cancel);
            await LinesAsync(text, database, "what happened", Facts, e.EventId, cancel);
            await LinesAsync(text, database, "entities", Entities, e.EventId, cancel);
            await LinesAsync(text, database, "changes", Changes, e.EventId, cancel);
            text.AppendLine("  summary");
            foreach (var sentence in System.Text.Json.Nodes.JsonNode.Parse(e.Summary)!.AsArray())
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    {sentence!["text"]}");
            }
            text.AppendLine();
        }
        await LinesAsync(text, database, "ARTICLES", Articles, 0, cancel);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private const string Topics = """
        select o.name as line from event_topics e join topics o on o.id = e.topic_id where e.event_id = @id order by o.position
        """;

    private const string Reports = """
        select s.name || ': ' || r.title || ' (' || r.language || ', version ' || r.version || ', places ' ||
               (select count(*) from report_places p where p.report_id = r.id) || ')' as line
        from event_reports g join reports r on r.id = g.report_id join sources s on s.id = r.source_id
        where g.event_id = @id order by r.published_at, s.name, r.title
        """;

    private const string Facts = """
        select case f.kind when 1 then 'kind: ' when 2 then 'victim: ' when 3 then 'sector: ' when 4 then 'initiator: ' when 5 then 'number: '
               else 'date: ' end || coalesce(f.role || ' ', '') || f.value || coalesce(' ' || f.unit, '') || coalesce(', named by ' || f.named_by, '')
               || ' [' || s.key || ']' as line
        from event_reports g join reports r on r.id = g.report_id join facts f on f.report_id = r.id join sources s on s.id = r.source_id
        where g.event_id = @id order by f.kind, r.published_at, s.key, r.address, f.ordinal
        """;

    private const string Entities = """
        select n.name || ' x' || e.reports as line from event_entities e join entities n on n.id = e.entity_id
        where e.event_id = @id and e.reports > 1 order by e.reports desc, n.name
        """;

    private const string Changes = """
        select 'kind ' || kind || ': ' || count(*) as line from dossier_changes where event_id = @id group by kind order by kind
        """;

    private const string Articles = """
        select a.title || ' (' || a.author || ', revision ' || a.revision || ', state ' || a.state || ', events ' ||
               (select count(*) from article_events e where e.article_id = a.id) || ')' as line
        from articles a where a.id > @id order by a.slug
        """;

    private static async Task LinesAsync(
        StringBuilder text,
        Database database,
        string heading,
        string sql,
        long id,
        CancellationToken cancel
    )
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"  {heading}");
        foreach (var line in await database.QueryAsync<string>(sql, new { id }, cancel))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {line.ReplaceLineEndings(" ")}");
        }
    }

    private static async Task StatementsAsync(StringBuilder text, Database database, long id, CancellationToken cancel)
    {
        var statements = await database.QueryAsync<Told>(
            """
            select m.stance, m.speaker, m.speaker_role, m.target, m.quote_start, m.quote_length, v.title, v.text, s.key, m.state,
                   (select a.speaker || ' (' || p.reason || ')' from replies p join statements a on a.id = p.to_id
                    where p.event_id = g.event_id and p.from_id = m.id) as replies_to
            from event_reports g join reports r on r.id = g.report_id
            join statements m on m.report_id = r.id
            join report_versions v on v.report_id = r.id and v.number = m.version
            join sources s on s.id = r.source_id
            where g.event_id = @id order by m.stance, r.published_at, s.key, r.address, m.ordinal
            """,
            new { id },
            cancel
        );
        text.AppendLine("  who says what");
        foreach (var told in statements)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {told.Line}");
        }
    }

    private static Task<IReadOnlyList<Shown>> EventsAsync(Database database, CancellationToken cancel) =>
        database.QueryAsync<Shown>(
            "select event_id, title, state, outlets, independent, summary, first_told_at from dossiers order by first_told_at, title",
            null,
            cancel
        );

    private sealed record Shown
    {
        public required long EventId { get; init; }
        public required string Title { get; init; }
        public required EventState State { get; init; }
        public required int Outlets { get; init; }
        public required int Independent { get; init; }
        public required string Summary { get; init; }
        public required DateTimeOffset FirstToldAt { get; init; }
    }

    private sealed record Told
    {
        public required Stance Stance { get; init; }
        public required string Speaker { get; init; }
        public string? SpeakerRole { get; init; }
        public string? Target { get; init; }
        public int? QuoteStart { get; init; }
        public int? QuoteLength { get; init; }
        public required string Title { get; init; }
        public required string Text { get; init; }
        public required string Key { get; init; }
        public required StatementState State { get; init; }
        public string? RepliesTo { get; init; }

        internal string Line
        {
            get
            {
                var role = SpeakerRole is null ? "" : $" ({SpeakerRole})";
                var target = Target is null ? "" : $" -> {Target}";
                var quote = QuoteStart is { } start
                    ? $" \"{$"{Title}\n{Text}".Substring(start, QuoteLength!.Value)}\""
                    : "";
                var reply = RepliesTo is null ? "" : $" replies to {RepliesTo}";
                var waits = State == StatementState.Waiting ? " waits" : "";
                return $"{Stance}: {Speaker}{role}{target}{quote} [{Key}]{reply}{waits}".ReplaceLineEndings(" ");
            }
        }
    }
}
