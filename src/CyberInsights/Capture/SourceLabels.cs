using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>What sources are sorted under.</summary>
internal static class SourceLabels
{
    internal static async Task<IReadOnlyList<Source>> FillAsync(
        IRows rows,
        IReadOnlyList<Source> sources,
        CancellationToken cancel
    )
    {
        var labels = (
            await rows.QueryAsync<(long Source, string Label)>(
                $"select source_id, label from source_labels {(sources.Count == 1 ? "where source_id = @Id" : "")}",
                sources.Count == 1 ? new { sources[0].Id } : null,
                cancel
            )
        ).ToLookup(l => l.Source, l => l.Label);
        // Sorted here, because the two engines sort letters beyond ASCII differently.
        return
        [
            .. sources.Select(s =>
                s with
                {
                    Labels = labels.Contains(s.Id) ? [.. labels[s.Id].Order(StringComparer.Ordinal)] : [],
                }
            ),
        ];
    }

    /// <summary>Gives sources the labels they name instead of those they had; a source that names none keeps its own.</summary>
    internal static async Task PutAsync(Transaction t, IReadOnlyList<Source> sources, CancellationToken cancel)
    {
        var labelled = sources.Where(s => s.Labels is not null).ToList();
        if (labelled.Count == 0)
        {
            return;
        }
        var ids = (
            await t.QueryAsync<(string Key, long Id)>(
                "select key, id from sources where key in @keys",
                new { keys = labelled.Select(s => s.Key).ToArray() },
                cancel
            )
        ).ToDictionary(s => s.Key, s => s.Id, StringComparer.Ordinal);
        await t.ExecuteAsync(
            "delete from source_labels where source_id in @ids",
            new { ids = ids.Values.ToArray() },
            cancel
        );
        await t.InsertAsync(
            "source_labels (source_id, label)",
            [.. labelled.SelectMany(s => s.Labels!.Distinct().Select(l => (object?[])[ids[s.Key], l]))],
            "on conflict do nothing",
            cancel
        );
    }
}
