using CyberInsights.Storage;

namespace CyberInsights.Recognise.Facts;

/// <summary>Writes <c>facts</c>.</summary>
internal static class FactStore
{
    /// <summary>Replaces the facts of the reports.</summary>
    internal static async Task ReplaceAsync(
        Transaction t,
        IReadOnlyList<Recognised> reports,
        IReadOnlyDictionary<string, long> ids,
        CancellationToken cancel
    )
    {
        var reportIds = reports.Select(r => r.Text.Id).ToArray();
        await t.ExecuteAsync("delete from facts where report_id in @reportIds", new { reportIds }, cancel);
        await t.InsertAsync(
            """
            facts (report_id, version, ordinal, kind, value, role, entity_id, named_by, unit, least, most, approximate,
            start, length, text_hash, confidence, reason)
            """,
            [.. reports.SelectMany(r => r.Recognition.Facts.Select((f, ordinal) => Row(r.Text, f, ordinal, ids)))],
            "",
            cancel
        );
    }

    private static object?[] Row(ReportText text, FactDraft fact, int ordinal, IReadOnlyDictionary<string, long> ids) =>
        [
            text.Id,
            text.Version,
            ordinal,
            fact.Kind,
            fact.Value,
            fact.Role,
            fact.Entity is null ? null : ids[fact.Entity.Key],
            fact.NamedBy,
            fact.Unit,
            fact.Least,
            fact.Most,
            fact.Approximate,
            fact.Span.Start,
            fact.Span.Length,
            text.TextHash,
            fact.Confidence,
            fact.Reason,
        ];
}
