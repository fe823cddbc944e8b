using CyberInsights.Storage;

namespace CyberInsights.Extract.SourceEdits;

/// <summary>What sources edited after publication, for people.</summary>
public sealed class SourceEditReader(Database database)
{
    private const string Lines = """
        select v.report_id, v.number, v.edit as kind, v.was, v.became, v.created_at as at, s.key as source, r.title, r.address
        from report_versions v join reports r on r.id = v.report_id join sources s on s.id = r.source_id
        where v.edit is not null
        """;

    /// <summary>The newest first.</summary>
    /// <param name="sourceId">Null: of all sources.</param>
    /// <param name="kind">Null: of every kind.</param>
    public Task<IReadOnlyList<SourceEditLine>> NewestAsync(
        long? sourceId,
        SourceEditKind? kind,
        int count,
        CancellationToken cancel
    ) =>
        database.QueryAsync<SourceEditLine>(
            $"""
            {Lines} {(sourceId is null ? "" : "and r.source_id = @sourceId")} {(
                kind is null ? "" : "and v.edit = @kind"
            )}
            order by v.created_at desc, v.report_id desc, v.number desc limit @count
            """,
            new
            {
                sourceId,
                kind,
                count,
            },
            cancel
        );

    /// <summary>The edits of one report, oldest first, each with the whole text before and after.</summary>
    public async Task<IReadOnlyList<WholeSourceEdit>> OfReportAsync(long reportId, CancellationToken cancel)
    {
        var edits = await database.QueryAsync<SourceEditLine>(
            $"{Lines} and v.report_id = @reportId order by v.number",
            new { reportId },
            cancel
        );
        var texts = (
            await database.QueryAsync<VersionText>(
                "select number, title, text from report_versions where report_id = @reportId",
                new { reportId },
                cancel
            )
        ).ToDictionary(v => v.Number, v => $"{v.Title}\n{v.Text}");
        return [.. edits.Select(e => new WholeSourceEdit(e, texts[e.Number - 1], texts[e.Number]))];
    }

    private sealed record VersionText
    {
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string Text { get; init; }
    }
}

/// <summary>One edit as lists show it.</summary>
public sealed record SourceEditLine
{
    public required long ReportId { get; init; }

    /// <summary>Of the version that it made.</summary>
    public required int Number { get; init; }
    public required SourceEditKind Kind { get; init; }

    /// <inheritdoc cref="SourceEdit"/>
    public required string Was { get; init; }

    /// <inheritdoc cref="SourceEdit"/>
    public required string Became { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Its key.</summary>
    public required string Source { get; init; }

    /// <summary>As it is now.</summary>
    public required string Title { get; init; }
    public required string Address { get; init; }
}

/// <summary>An edit with title and text of the versions around it.</summary>
public sealed record WholeSourceEdit(SourceEditLine Line, string Before, string After);
