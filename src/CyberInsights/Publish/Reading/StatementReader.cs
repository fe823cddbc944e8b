using System.Security.Cryptography;
using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>
/// Reads statements and cuts their words from the stored versions; one whose proof is void is not shown. What a page takes
/// of them still has to go through its <see cref="Excerpts"/>.
/// </summary>
public sealed class StatementReader(Database database)
{
    private const int MaxOfEvent = 400;
    private const int Recent = 60;

    /// <summary>Told statements on one page of what an entity said or heard; the same statement by several reports is shown once.</summary>
    internal const int OfPage = 24;

    private const string Select = """
        select s.id, s.report_id, s.version, s.stance, s.speaker, s.speaker_role, s.speaker_country, s.target,
               s.sentence_start, s.sentence_length, s.quote_start, s.quote_length, s.language as quote_language, s.text_hash,
               who.slug as speaker_slug, aim.slug as target_slug,
               r.address, r.language, r.published_at, r.source_id, src.name as source_name,
               er.event_id, e.slug as event_slug, d.title as event_title, d.language as event_language
        from shown_statements s
        join event_reports er on er.report_id = s.report_id
        join events e on e.id = er.event_id
        join dossiers d on d.event_id = er.event_id
        join reports r on r.id = s.report_id
        join sources src on src.id = r.source_id
        left join entities who on who.id = s.speaker_id
        left join entities aim on aim.id = s.target_id
        """;

    /// <summary>The statements of an event, oldest first, the same statement told by several reports once.</summary>
    public async Task<IReadOnlyList<ShownStatement>> OfEventAsync(long eventId, CancellationToken cancel) =>
        Ledger.Link(
            Ledger.Merge(
                await ShowAsync(
                    $"{Select} where er.event_id = @eventId order by r.published_at, s.report_id, s.ordinal limit {MaxOfEvent}",
                    new { eventId },
                    cancel
                )
            ),
            await database.QueryAsync<Reply>(
                "select from_id, to_id, reason from replies where event_id = @eventId order by from_id",
                new { eventId },
                cancel
            )
        );

    /// <summary>The newest statements of all events, quotations first; neutral tellings are left out.</summary>
    public async Task<IReadOnlyList<ShownStatement>> NewestAsync(int count, CancellationToken cancel) =>
        Ledger.Choose(
            await ShowAsync(
                $"{Select} where s.stance <> @neutral order by s.id desc limit {Recent}",
                new { neutral = Stance.Report },
                cancel
            ),
            count
        );

    /// <summary>The newest statements in the events of a topic, quotations first.</summary>
    public async Task<IReadOnlyList<ShownStatement>> OfTopicAsync(long topicId, int count, CancellationToken cancel)
    {
        // The sum keeps PostgreSQL from going through all statements from the newest on.
        var ids = await database.QueryAsync<long>(
            $"""
            select s.id
            from (select event_id from event_topics where topic_id = @topicId order by event_id desc limit 100) t
            join event_reports er on er.event_id = t.event_id
            join shown_statements s on s.report_id = er.report_id
            where s.stance <> @neutral order by s.id + 0 desc limit {Recent}
            """,
            new { topicId, neutral = Stance.Report },
            cancel
        );
        var shown = await OfIdsAsync(ids, cancel);
        return Ledger.Choose([.. shown.OrderByDescending(s => s.Id)], count);
    }

    /// <summary>A page of the statements that an entity made, the newest first.</summary>
    public Task<ListPage<ShownStatement>> ByAsync(long entityId, int page, CancellationToken cancel) =>
        OfEntityAsync("s.speaker_id", entityId, page, cancel);

    /// <summary>A page of the statements made towards an entity, the newest first.</summary>
    public Task<ListPage<ShownStatement>> TowardsAsync(long entityId, int page, CancellationToken cancel) =>
        OfEntityAsync("s.target_id", entityId, page, cancel);

    /// <summary>The newest statements of several events, oldest first; neutral tellings are left out.</summary>
    public async Task<IReadOnlyList<ShownStatement>> OfEventsAsync(
        IReadOnlyList<long> ids,
        int count,
        CancellationToken cancel
    )
    {
        var newest = await ShowAsync(
            $"{Select} where er.event_id in @ids and s.stance <> @neutral order by s.id desc limit @count",
            new
            {
                ids,
                count,
                neutral = Stance.Report,
            },
            cancel
        );
        return Ledger.Merge([.. newest.OrderBy(s => s.At).ThenBy(s => s.Id)]);
    }

    /// <summary>The statements with these ids.</summary>
    public async Task<IReadOnlyList<ShownStatement>> OfIdsAsync(IReadOnlyList<long> ids, CancellationToken cancel) =>
        ids.Count == 0 ? [] : await ShowAsync($"{Select} where s.id in @ids", new { ids }, cancel);

    // The ids come first, from the index of the entity alone, so that no join is made for what is not shown.
    private async Task<ListPage<ShownStatement>> OfEntityAsync(
        string column,
        long entityId,
        int page,
        CancellationToken cancel
    )
    {
        var ids = ListPage.Of(
            await database.QueryAsync<long>(
                $"""
                select s.id from shown_statements s where {column} = @entityId and s.stance <> @neutral
                order by s.id desc limit @limit offset @skip
                """,
                new
                {
                    entityId,
                    neutral = Stance.Report,
                    limit = OfPage + 1,
                    skip = ListPage.Skip(page, OfPage),
                },
                cancel
            ),
            OfPage,
            page
        );
        var shown = await OfIdsAsync(ids.Items, cancel);
        return new ListPage<ShownStatement>(Ledger.Merge([.. shown.OrderByDescending(s => s.Id)]), page, ids.More);
    }

    private async Task<IReadOnlyList<ShownStatement>> ShowAsync(string sql, object arguments, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<StatementRow>(sql, arguments, cancel);
        var versions = await VersionsAsync([.. rows.Select(r => r.ReportId).Distinct()], cancel);
        var shown = new List<ShownStatement>();
        foreach (var row in rows)
        {
            if (
                versions.TryGetValue((row.ReportId, row.Version), out var version)
                && version.Holds(row.TextHash)
                && StatementCut.Show(row, version) is { } statement
            )
            {
                shown.Add(statement);
            }
        }
        return shown;
    }

    private async Task<Dictionary<(long, int), StoredVersion>> VersionsAsync(
        IReadOnlyList<long> reports,
        CancellationToken cancel
    ) =>
        reports.Count == 0
            ? []
            : (
                await database.QueryAsync<StoredVersion>(
                    """
                    select report_id, number, title, text, text_hash, created_at
                    from report_versions where report_id in @reports
                    """,
                    new { reports },
                    cancel
                )
            ).ToDictionary(v => (v.ReportId, v.Number));
}

internal sealed record StatementRow
{
    public long Id { get; init; }
    public long ReportId { get; init; }
    public int Version { get; init; }
    public Stance Stance { get; init; }
    public required string Speaker { get; init; }
    public string? SpeakerRole { get; init; }
    public string? SpeakerCountry { get; init; }
    public string? Target { get; init; }
    public int SentenceStart { get; init; }
    public int SentenceLength { get; init; }
    public int? QuoteStart { get; init; }
    public int? QuoteLength { get; init; }
    public required string QuoteLanguage { get; init; }
    public required string TextHash { get; init; }
    public string? SpeakerSlug { get; init; }
    public string? TargetSlug { get; init; }
    public required string Address { get; init; }
    public required string Language { get; init; }
    public DateTimeOffset PublishedAt { get; init; }
    public long SourceId { get; init; }
    public required string SourceName { get; init; }
    public long EventId { get; init; }
    public required string EventSlug { get; init; }
    public required string EventTitle { get; init; }
    public required string EventLanguage { get; init; }
}

/// <summary>A stored version of a report, for proving words against.</summary>
internal sealed record StoredVersion
{
    private bool? intact;

    public long ReportId { get; init; }
    public int Number { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string TextHash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    public string Whole => field ??= $"{Title}\n{Text}";

    /// <summary>Whether this is still the text whose hash was kept with a statement; the hash is made anew, not believed.</summary>
    internal bool Holds(string hash) =>
        hash == TextHash
        && (intact ??= hash == Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Whole))));
}
