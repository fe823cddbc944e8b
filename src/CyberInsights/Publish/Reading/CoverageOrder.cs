namespace CyberInsights.Publish.Reading;

/// <summary>
/// Brings the reports of an event into the order of the list of coverage: the first of each origin by the time of telling, under it
/// what rests on it, and under each report the places that repeat its words. Pure.
/// </summary>
internal static class CoverageOrder
{
    /// <param name="reports">In the order of telling; those that are joined to no origin last.</param>
    /// <param name="places">Other sources' places of the same reports, in the order they were seen.</param>
    internal static IReadOnlyList<CoverageLine> Of(
        IReadOnlyList<CoverageRow> reports,
        IReadOnlyList<CoverageRow> places
    )
    {
        var names = reports.ToDictionary(r => r.ReportId, r => r.SourceName);
        var placesOf = places.DistinctBy(p => (p.ReportId, p.SourceId)).ToLookup(p => p.ReportId);
        // Of an event that thousands tell only a choice is joined; the others count for nothing. Where none is, all stand for themselves.
        var joined = reports.Any(r => r.OriginId is not null);
        var origins = reports
            .GroupBy(r => r.OriginId is { } origin && names.ContainsKey(origin) ? origin : r.ReportId)
            .ToList();
        var lines = origins
            .SelectMany(origin =>
                origin
                    .OrderByDescending(r => r.ReportId == origin.Key)
                    .SelectMany(r =>
                        placesOf[r.ReportId]
                            .Select(p => p.Line(r.SourceName, leads: false))
                            .Prepend(
                                r.Line(
                                    Original(r, names),
                                    r.ReportId == origin.Key && (r.OriginId is not null || !joined)
                                )
                            )
                    )
            )
            .ToList();
        return lines is [var first, ..] ? [first with { First = true }, .. lines[1..]] : [];
    }

    private static string? Original(CoverageRow report, Dictionary<long, string> names) =>
        report.OriginalId is { } original ? names.GetValueOrDefault(original) : null;
}

/// <summary>A report of an event, or a further place of one, as it is read.</summary>
internal sealed record CoverageRow
{
    public long ReportId { get; init; }
    public long SourceId { get; init; }
    public required string Title { get; init; }
    public required string Language { get; init; }
    public required string Address { get; init; }
    public DateTimeOffset At { get; init; }
    public int Edits { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
    public required string SourceName { get; init; }
    public string? SourceKey { get; init; }
    public string? Country { get; init; }
    public string? Ownership { get; init; }
    public string? Interest { get; init; }

    /// <summary>The report whose text this one repeats.</summary>
    public long? OriginalId { get; init; }

    /// <summary>As of <see cref="ReportOrigin"/>; null until the event is published anew.</summary>
    public long? OriginId { get; init; }
    public Dependence Reason { get; init; }
    public string? Named { get; init; }
    public string? English { get; init; }
    public string? Translator { get; init; }

    internal CoverageLine Line(string? copyOf, bool leads) =>
        new()
        {
            ReportId = ReportId,
            SourceId = SourceId,
            SourceName = SourceName,
            SourceKey = SourceKey,
            Country = Country,
            Ownership = Ownership,
            Interest = Interest,
            Title = Excerpts.Shorten(Title),
            Language = Language,
            Address = ReportSource.Outgoing(Address),
            At = At,
            Edits = Edits,
            WithdrawnAt = WithdrawnAt,
            CopyOf = copyOf,
            Reason = copyOf is null ? Reason : Dependence.Copy,
            Named = Named,
            Leads = leads,
            English = English is { } english ? Excerpts.Shorten(english) : null,
            Translator = Translator,
        };
}
