using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>Which statements are asked for.</summary>
public enum ReviewQueue
{
    /// <summary>All that wait.</summary>
    Waiting,

    /// <summary>Those that our own rules are not sure of.</summary>
    Unsure,

    /// <summary>Those that a language model proposed.</summary>
    Proposed,

    /// <summary>Those that a person had decided and whose words are gone from the newest version.</summary>
    Returned,

    /// <summary>What people decided, the last first.</summary>
    Decided,
}

/// <summary>A statement with the words it rests on and where they are from.</summary>
public sealed record ReviewItem
{
    public required Statement Statement { get; init; }
    public required ReviewReport Report { get; init; }

    /// <summary>The sentence up to the quoted words; all of it when nothing is quoted.</summary>
    public required string Before { get; init; }
    public required string Quote { get; init; }
    public required string After { get; init; }
    public string Sentence => Before + Quote + After;
}

/// <summary>The report of a statement, in the version that its places count in.</summary>
public sealed record ReviewReport
{
    public required long ReportId { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string TextHash { get; init; }
    public required string Address { get; init; }
    public required string Language { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required string SourceName { get; init; }

    /// <summary>The number of its newest version.</summary>
    public required int Newest { get; init; }

    /// <summary>Null while it stands in no event.</summary>
    public string? EventSlug { get; init; }
    public string? EventTitle { get; init; }
    public string? EventLanguage { get; init; }

    public string Whole => $"{Title}\n{Text}";
}

/// <summary>One act of a person on one statement.</summary>
public sealed record StatementReview
{
    public required long Id { get; init; }
    public required long Operation { get; init; }
    public required long StatementId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Member { get; init; }
    public required string Action { get; init; }
    public required string Title { get; init; }
    public required string Reason { get; init; }
    public required string Was { get; init; }
    public required string Became { get; init; }
    public long? UndoneBy { get; init; }
    public StatementCoding Before => StatementCoding.FromJson(Was);
    public StatementCoding After => StatementCoding.FromJson(Became);
}

/// <summary>Reads what waits for judgement, and what people judged.</summary>
public sealed class ReviewReader(Database database)
{
    // What readers see is no number of a setting: the partial index over the others is found by the number itself.
    private static readonly string Waits = $"state = {(int)StatementState.Waiting}";

    private const string Reviews = """
        select v.id, v.operation, v.statement_id, v.was, v.became, v.undone_by, a.at, a.member, a.action, a.subject_title as title, a.reason
        from statement_reviews v join audit a on a.id = v.id
        """;

    /// <summary>The newest first: <paramref name="count"/> after the first <paramref name="skip"/>.</summary>
    public async Task<IReadOnlyList<ReviewItem>> ListAsync(
        ReviewQueue queue,
        int skip,
        int count,
        CancellationToken cancel
    ) =>
        await ItemsAsync(
            await database.QueryAsync<Statement>(
                $"""
                select * from statements where {Meant(queue)}
                order by {(queue == ReviewQueue.Decided ? "decided_at desc, " : "")}id desc limit @count offset @skip
                """,
                new { skip, count },
                cancel
            ),
            cancel
        );

    public Task<long> CountAsync(ReviewQueue queue, CancellationToken cancel) =>
        database.FirstAsync<long>($"select count(*) from statements where {Meant(queue)}", null, cancel);

    /// <summary>Any statement, whoever may see it; null: there is none (any more).</summary>
    public async Task<ReviewItem?> FindAsync(long id, CancellationToken cancel)
    {
        var found = await database.QueryAsync<Statement>("select * from statements where id = @id", new { id }, cancel);
        return await ItemsAsync(found, cancel) is [var one] ? one : null;
    }

    /// <summary>The waiting statements before and after one, in the order of the queue; null: there is none.</summary>
    public async Task<(long? Before, long? After)> NeighboursAsync(long id, CancellationToken cancel) =>
        (
            await database.FirstAsync<long?>(
                $"select min(id) from statements where {Waits} and id > @id",
                new { id },
                cancel
            ),
            await database.FirstAsync<long?>(
                $"select max(id) from statements where {Waits} and id < @id",
                new { id },
                cancel
            )
        );

    /// <summary>What people did with one statement, the last first.</summary>
    public Task<IReadOnlyList<StatementReview>> HistoryAsync(long statementId, CancellationToken cancel) =>
        database.QueryAsync<StatementReview>(
            $"{Reviews} where v.statement_id = @statementId order by v.id desc",
            new { statementId },
            cancel
        );

    /// <summary>The last <paramref name="count"/> acts on any statement, the last first.</summary>
    public Task<IReadOnlyList<StatementReview>> LastAsync(int count, CancellationToken cancel) =>
        database.QueryAsync<StatementReview>($"{Reviews} order by v.id desc limit @count", new { count }, cancel);

    private static string Meant(ReviewQueue queue) =>
        queue switch
        {
            ReviewQueue.Unsure => $"{Waits} and model is null and found_as is null",
            ReviewQueue.Proposed => $"{Waits} and model is not null and found_as is null",
            ReviewQueue.Returned => $"{Waits} and found_as is not null",
            ReviewQueue.Decided => "decided_at is not null",
            _ => Waits,
        };

    private async Task<IReadOnlyList<ReviewItem>> ItemsAsync(
        IReadOnlyList<Statement> statements,
        CancellationToken cancel
    )
    {
        var reports = (
            await database.QueryAsync<ReviewReport>(
                """
                select v.report_id, v.number, v.title, v.text, v.text_hash, r.address, r.language, r.published_at, r.version as newest,
                       s.name as source_name, e.slug as event_slug, d.title as event_title, d.language as event_language
                from report_versions v join reports r on r.id = v.report_id join sources s on s.id = r.source_id
                left join event_reports g on g.report_id = r.id left join events e on e.id = g.event_id
                left join dossiers d on d.event_id = g.event_id
                where v.report_id in @ids
                """,
                new { ids = statements.Select(s => s.ReportId).Distinct().ToArray() },
                cancel
            )
        ).ToDictionary(r => (r.ReportId, r.Number));
        return [.. statements.Select(s => Item(s, reports[(s.ReportId, s.Version)]))];
    }

    private static ReviewItem Item(Statement statement, ReviewReport report)
    {
        var whole = report.Whole;
        var start = Math.Min(statement.SentenceStart, whole.Length);
        var end = Math.Min(start + statement.SentenceLength, whole.Length);
        var from = statement.QuoteStart is { } quote ? Math.Clamp(quote, start, end) : end;
        var to = Math.Clamp(from + (statement.QuoteLength ?? 0), from, end);
        return new ReviewItem
        {
            Statement = statement,
            Report = report,
            Before = whole[start..from],
            Quote = whole[from..to],
            After = whole[to..end],
        };
    }
}
