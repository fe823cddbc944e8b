using CyberInsights.Storage;

namespace CyberInsights.Recognise;

/// <summary>Writes <c>indicators</c>.</summary>
internal static class IndicatorStore
{
    /// <summary>More of one report are not stored.</summary>
    internal const int MaxOfReport = 500;

    /// <summary>Replaces the indicators of the reports.</summary>
    internal static async Task ReplaceAsync(Transaction t, IReadOnlyList<Recognised> reports, CancellationToken cancel)
    {
        var reportIds = reports.Select(r => r.Text.Id).ToArray();
        await t.ExecuteAsync("delete from indicators where report_id in @reportIds", new { reportIds }, cancel);
        await t.InsertAsync(
            "indicators (report_id, ordinal, kind, value, start, length)",
            [
                .. reports.SelectMany(r =>
                    r.Recognition.Indicators.DistinctBy(i => (i.Kind, i.Value))
                        .Take(MaxOfReport)
                        .Select((i, ordinal) => (object?[])[r.Text.Id, ordinal, i.Kind, i.Value, i.Start, i.Length])
                ),
            ],
            "",
            cancel
        );
    }
}
