using CyberInsights.Recognise;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>A trace of attackers as a page shows it.</summary>
/// <param name="Display">Made harmless, so that nothing makes a link of it: <c>hxxps://evil[.]example</c>.</param>
/// <param name="Reports">The reports that carry it, first published first.</param>
public sealed record ShownIndicator(IndicatorKind Kind, string Display, IReadOnlyList<ReportSource> Reports);

/// <summary>Reads the addresses and hashes that reports give.</summary>
public sealed class IndicatorReader(Database database)
{
    private const int MaxOfEvent = 100;

    /// <summary>The addresses and hashes of an event's reports, those in most reports first.</summary>
    public async Task<IReadOnlyList<ShownIndicator>> OfEventAsync(long eventId, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<IndicatorRow>(
            """
            select i.kind, i.value, i.report_id, r.address, r.language, r.source_id, s.name as source_name
            from indicators i
            join event_reports er on er.report_id = i.report_id
            join reports r on r.id = i.report_id
            join sources s on s.id = r.source_id
            where er.event_id = @eventId and i.kind not in @measures
            order by r.published_at, i.report_id, i.ordinal limit 5000
            """,
            new { eventId, measures = new[] { (int)IndicatorKind.Weakness, (int)IndicatorKind.Severity } },
            cancel
        );
        return
        [
            .. rows.GroupBy(r => (r.Kind, r.Value))
                .Select(g => new ShownIndicator(
                    g.Key.Kind,
                    Harmless(g.Key.Kind, g.Key.Value),
                    [.. g.Select(r => r.Source)]
                ))
                .OrderByDescending(i => i.Reports.Count)
                .ThenBy(i => i.Kind)
                .Take(MaxOfEvent),
        ];
    }

    /// <summary>The value with the scheme and dots that a program would follow made harmless; hashes stay.</summary>
    internal static string Harmless(IndicatorKind kind, string value) =>
        kind switch
        {
            IndicatorKind.Url => $"hxxp{value[4..].Replace(".", "[.]", StringComparison.Ordinal)}",
            IndicatorKind.Ipv4 or IndicatorKind.Domain => value.Replace(".", "[.]", StringComparison.Ordinal),
            IndicatorKind.Email => value
                .Replace("@", "[@]", StringComparison.Ordinal)
                .Replace(".", "[.]", StringComparison.Ordinal),
            IndicatorKind.Ipv6 => value.Replace(":", "[:]", StringComparison.Ordinal),
            _ => value,
        };

    private sealed record IndicatorRow
    {
        public IndicatorKind Kind { get; init; }
        public required string Value { get; init; }
        public long ReportId { get; init; }
        public required string Address { get; init; }
        public required string Language { get; init; }
        public long SourceId { get; init; }
        public required string SourceName { get; init; }

        internal ReportSource Source =>
            new()
            {
                ReportId = ReportId,
                SourceId = SourceId,
                Name = SourceName,
                Address = ReportSource.Outgoing(Address),
                Language = Language,
            };
    }
}
