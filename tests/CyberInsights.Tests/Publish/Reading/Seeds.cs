using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CyberInsights.Publish;
using CyberInsights.Recognise;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Publish.Reading;

/// <summary>A report that was put in, for cutting statements from.</summary>
public sealed record SeededReport(long Id, long SourceId, string Title, string Text, string Language, DateTimeOffset At)
{
    public string Whole => $"{Title}\n{Text}";
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Whole)));
}

/// <summary>Writes rows as the stages would leave them, so that reading can be tested without running the pipeline.</summary>
/// <param name="from">Where the keys of its sources begin, when the database has some already.</param>
public sealed class Seeds(Database database, long from = 0)
{
    private long last = from;

    private CancellationToken Cancel { get; } = CancellationToken.None;

    public async Task<long> SourceAsync(string name, string? country = null, string? ownership = null)
    {
        var key = $"s{++last}";
        return await database.WriteAsync(
            async t =>
            {
                var id = t.NextId();
                await t.ExecuteAsync(
                    """
                    insert into sources (id, key, name, address, kind, language, country, ownership, reliability, full_text, state,
                                         due_at, lease_until, fence, failures, created_at)
                    values (@id, @key, @name, @address, 1, 'en', @country, @ownership, 3, 0, 1, 0, 0, 0, 0, 0)
                    """,
                    new
                    {
                        id,
                        key,
                        name,
                        address = $"https://{key}.example/feed.xml",
                        country,
                        ownership,
                    },
                    Cancel
                );
                return id;
            },
            Cancel
        );
    }

    public Task<long> TopicAsync(string slug, string name, int position) =>
        database.WriteAsync(
            async t =>
            {
                var id = t.NextId();
                await t.ExecuteAsync(
                    "insert into topics (id, slug, name, position) values (@id, @slug, @name, @position)",
                    new
                    {
                        id,
                        slug,
                        name,
                        position,
                    },
                    Cancel
                );
                return id;
            },
            Cancel
        );

    public Task<long> EntityAsync(
        EntityKind kind,
        string slug,
        string name,
        string? code = null,
        params (string Name, string Namer)[] names
    ) =>
        database.WriteAsync(
            async t =>
            {
                var id = t.NextId();
                await t.ExecuteAsync(
                    "insert into entities (id, kind, key, slug, name, code) values (@id, @kind, @key, @slug, @name, @code)",
                    new
                    {
                        id,
                        kind,
                        key = $"{kind}:{slug}",
                        slug,
                        name,
                        code,
                    },
                    Cancel
                );
                foreach (var (other, namer) in names)
                {
                    await t.ExecuteAsync(
                        "insert into entity_names (entity_id, name, namer) values (@id, @other, @namer)",
                        new
                        {
                            id,
                            other,
                            namer,
                        },
                        Cancel
                    );
                }
                await t.PutDocumentsAsync(
                    [
                        new SearchDocument
                        {
                            Id = id,
                            Kind = "entity",
                            Title = name,
                            Body = string.Join(", ", names.Select(n => n.Name)),
                            At = t.Now,
                            Keys = [.. new[] { ReportKeys.Of(kind, id) }.OfType<string>()],
                        },
                    ],
                    Cancel
                );
                return id;
            },
            Cancel
        );

    public Task<SeededReport> ReportAsync(
        long sourceId,
        string title,
        string text,
        DateTimeOffset at,
        string language = "en",
        string? address = null
    ) =>
        database.WriteAsync(
            async t =>
            {
                var report = new SeededReport(t.NextId(), sourceId, title, text, language, at);
                var snapshot = t.NextId();
                await t.ExecuteAsync(
                    """
                    insert into snapshots (id, source_id, address, fetched_at, status, hash, length, body)
                    values (@snapshot, @sourceId, 'https://a.example/', @at, 200, 'x', 1, @body)
                    """,
                    new
                    {
                        snapshot,
                        sourceId,
                        at,
                        body = new byte[] { 1 },
                    },
                    Cancel
                );
                await t.ExecuteAsync(
                    """
                    insert into reports (id, source_id, address, address_hash, version, title, language,
                                         published_at, first_seen_at, changed_at)
                    values (@Id, @SourceId, @address, 'x', 1, @Title, @Language, @At, @At, @At)
                    """,
                    new
                    {
                        report.Id,
                        report.SourceId,
                        address = address ?? $"https://news{sourceId % 97}.example/{report.Id}",
                        report.Title,
                        report.Language,
                        report.At,
                    },
                    Cancel
                );
                await t.ExecuteAsync(
                    """
                    insert into report_versions (report_id, number, snapshot_id, basis, title, text, published_precision,
                                                 text_hash, created_at)
                    values (@Id, 1, @snapshot, 3, @Title, @Text, 3, @Hash, @At)
                    """,
                    new
                    {
                        report.Id,
                        snapshot,
                        report.Title,
                        report.Text,
                        report.Hash,
                        report.At,
                    },
                    Cancel
                );
                await t.PutDocumentsAsync(
                    [
                        new SearchDocument
                        {
                            Id = report.Id,
                            Kind = "report",
                            Title = title,
                            Body = text,
                            Language = language,
                            At = at,
                            Keys = [SearchKeys.Source(sourceId)],
                        },
                    ],
                    Cancel
                );
                return report;
            },
            Cancel
        );

    /// <summary>One more place where the text of a report was seen.</summary>
    public Task PlaceAsync(SeededReport report, long sourceId, DateTimeOffset at) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    insert into report_places (source_id, identity, report_id, address, item_hash, first_seen_at, last_seen_at)
                    values (@sourceId, @identity, @Id, @address, 'x', @at, @at)
                    """,
                    new
                    {
                        sourceId,
                        identity = $"i{++last}",
                        report.Id,
                        address = $"https://copy{sourceId % 97}.example/{report.Id}",
                        at,
                    },
                    Cancel
                ),
            Cancel
        );

    /// <summary>A statement whose sentence and quotation stand in the report.</summary>
    public async Task<long> StatementAsync(
        SeededReport report,
        Stance stance,
        string speaker,
        string sentence,
        string? quote = null,
        string? role = null,
        string? country = null,
        long? speakerId = null,
        string? target = null,
        long? targetId = null,
        string? hash = null
    )
    {
        var ordinal = (int)++last;
        var start = report.Whole.IndexOf(sentence, StringComparison.Ordinal);
        Assert.True(start >= 0, $"The report does not say: {sentence}");
        int? quoteStart = quote is null ? null : report.Whole.IndexOf(quote, start, StringComparison.Ordinal);
        return await database.WriteAsync(
            async t =>
            {
                var id = t.NextId();
                await t.ExecuteAsync(
                    """
                    insert into statements (id, report_id, version, ordinal, speaker_id, speaker, speaker_role, speaker_country,
                                            stance, target_id, target, sentence_start, sentence_length, quote_start, quote_length,
                                            language, text_hash, confidence)
                    values (@id, @report, 1, @ordinal, @speakerId, @speaker, @role, @country, @stance, @targetId, @target, @start,
                            @sentenceLength, @quoteStart, @quoteLength, (select language from reports where id = @report), @hash, 0.9)
                    """,
                    new
                    {
                        id,
                        report = report.Id,
                        ordinal,
                        speakerId,
                        speaker,
                        role,
                        country,
                        stance,
                        targetId,
                        target,
                        start,
                        sentenceLength = sentence.Length,
                        quoteStart,
                        quoteLength = quote?.Length,
                        hash = hash ?? report.Hash,
                    },
                    Cancel
                );
                await ReportKeys.FileAsync(t, [report.Id], Cancel);
                return id;
            },
            Cancel
        );
    }

    public Task<long> EventAsync(
        string slug,
        string title,
        EventState state,
        IReadOnlyList<SeededReport> reports,
        IReadOnlyList<long> topics,
        IReadOnlyList<long> entities,
        IReadOnlyList<(SeededReport Report, string Text)> summary,
        int independent,
        int outlets,
        double rank,
        DateTimeOffset? changedAt = null
    ) =>
        database.WriteAsync(
            async t =>
            {
                var id = t.NextId();
                var first = reports.Min(r => r.At);
                var lastTold = reports.Max(r => r.At);
                await t.ExecuteAsync(
                    """
                    insert into events (id, slug, first_told_at, last_told_at, reports)
                    values (@id, @slug, @first, @lastTold, @count)
                    """,
                    new
                    {
                        id,
                        slug,
                        first,
                        lastTold,
                        count = reports.Count,
                    },
                    Cancel
                );
                await t.ExecuteAsync(
                    """
                    insert into dossiers (event_id, title, title_report_id, language, state, summary, outlets, independent,
                                          statements, rank, why, first_told_at, last_told_at, changed_at)
                    values (@id, @title, @titleReport, @language, @state, @summary, @outlets, @independent, 0, @rank, @why,
                            @first, @lastTold, @changedAt)
                    """,
                    new
                    {
                        id,
                        title,
                        titleReport = reports[0].Id,
                        language = reports[0].Language,
                        state,
                        summary = Summary(summary),
                        outlets,
                        independent,
                        rank,
                        why = $"{independent} independent of {outlets} outlets",
                        first,
                        lastTold,
                        changedAt = changedAt ?? lastTold,
                    },
                    Cancel
                );
                foreach (var report in reports)
                {
                    await t.ExecuteAsync(
                        """
                        insert into event_reports (report_id, event_id, likeness, why, added_at)
                        values (@report, @id, 1, 'seed', @first)
                        """,
                        new
                        {
                            report = report.Id,
                            id,
                            first,
                        },
                        Cancel
                    );
                }
                foreach (var topic in topics)
                {
                    await t.ExecuteAsync(
                        "insert into event_topics (event_id, topic_id, last_told_at) values (@id, @topic, @lastTold)",
                        new
                        {
                            id,
                            topic,
                            lastTold,
                        },
                        Cancel
                    );
                }
                foreach (var (entity, place) in entities.Select((e, i) => (e, i)))
                {
                    await t.ExecuteAsync(
                        "insert into event_entities (event_id, entity_id, reports, last_told_at) values (@id, @entity, @count, @lastTold)",
                        new
                        {
                            id,
                            entity,
                            count = Math.Max(1, reports.Count - place),
                            lastTold,
                        },
                        Cancel
                    );
                }
                await t.PutDocumentsAsync(
                    [
                        new SearchDocument
                        {
                            Id = id,
                            Kind = "event",
                            Title = title,
                            Body = string.Join('\n', summary.Select(s => s.Text)),
                            Language = reports[0].Language,
                            At = lastTold,
                            Keys = [.. (await EventKeys.ReadAsync(t, [id], Cancel))[id]],
                        },
                    ],
                    Cancel
                );
                await ReportKeys.FileAsync(t, [.. reports.Select(r => r.Id)], Cancel);
                return id;
            },
            Cancel
        );

    public Task ChangeAsync(
        long eventId,
        ChangeKind kind,
        DateTimeOffset at,
        string text = "",
        long? reportId = null,
        long? statementId = null
    ) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    insert into dossier_changes (id, event_id, kind, text, report_id, statement_id, at)
                    values (@id, @eventId, @kind, @text, @reportId, @statementId, @at)
                    """,
                    new
                    {
                        id = t.NextId(),
                        eventId,
                        kind,
                        text,
                        reportId,
                        statementId,
                        at,
                    },
                    Cancel
                ),
            Cancel
        );

    public Task<long> ArticleAsync(
        string slug,
        string title,
        string deck,
        string author,
        string html,
        DateTimeOffset at,
        long? eventId = null,
        ArticleState state = ArticleState.Published,
        int revision = 1,
        string language = "en"
    ) =>
        database.WriteAsync(
            async t =>
            {
                var id = t.NextId();
                await t.ExecuteAsync(
                    """
                    insert into articles (id, slug, title, deck, author, language, markdown, html, state, publish_at, revision, changed_at)
                    values (@id, @slug, @title, @deck, @author, @language, @html, @html, @state, @at, @revision, @at)
                    """,
                    new
                    {
                        id,
                        slug,
                        title,
                        deck,
                        author,
                        language,
                        html,
                        state,
                        at,
                        revision,
                    },
                    Cancel
                );
                if (eventId is not null)
                {
                    await t.ExecuteAsync(
                        "insert into article_events (article_id, event_id) values (@id, @eventId)",
                        new { id, eventId },
                        Cancel
                    );
                }
                return id;
            },
            Cancel
        );

    /// <summary><paramref name="reports"/> reports of as many origins that told of the subject at <paramref name="at"/>, as counted.</summary>
    public Task CountAsync(long subjectId, DateTimeOffset at, int reports) =>
        database.WriteAsync(
            async t =>
            {
                var day = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero);
                var tellings = Enumerable.Range(0, reports).Select(_ => ++last).ToList();
                await t.InsertAsync(
                    "tellings (subject_id, day, origin_id, report_id, at, seen_at)",
                    [.. tellings.Select(n => (object?[])[subjectId, day, n, -n, at, at])],
                    "",
                    Cancel
                );
                await t.InsertAsync(
                    "volumes (day, origin_id, seen_day, tellings)",
                    [.. tellings.Select(n => (object?[])[day, n, day, 1])],
                    "",
                    Cancel
                );
                await t.InsertAsync(
                    "day_volumes (day, seen_day, tellings)",
                    [
                        [day, day, reports],
                    ],
                    "on conflict (day, seen_day) do update set tellings = day_volumes.tellings + excluded.tellings",
                    Cancel
                );
                await t.InsertAsync(
                    "counts (subject_id, day, seen_day, reports)",
                    [
                        [subjectId, day, day, reports],
                    ],
                    "on conflict (subject_id, day, seen_day) do update set reports = counts.reports + excluded.reports",
                    Cancel
                );
            },
            Cancel
        );

    /// <summary>That the report told of the subject, as counted.</summary>
    public Task TellAsync(long subjectId, SeededReport report) =>
        database.WriteAsync(
            t =>
                t.InsertAsync(
                    "tellings (subject_id, day, origin_id, report_id, at, seen_at)",
                    [
                        [
                            subjectId,
                            new DateTimeOffset(report.At.UtcDateTime.Date, TimeSpan.Zero),
                            report.SourceId,
                            report.Id,
                            report.At,
                            report.At,
                        ],
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );

    private static string Summary(IReadOnlyList<(SeededReport Report, string Text)> summary) =>
        JsonSerializer.Serialize(
            summary.Select(s => new
            {
                text = s.Text,
                reportId = s.Report.Id,
                start = s.Report.Whole.IndexOf(s.Text, StringComparison.Ordinal),
                length = s.Text.Length,
            })
        );
}
