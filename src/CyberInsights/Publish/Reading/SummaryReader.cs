using System.Text.Json;
using System.Text.Json.Serialization;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>One sentence of a dossier's summary, taken from a report word for word.</summary>
public sealed record SummarySentence
{
    public required string Text { get; init; }
    public required ReportSource Source { get; init; }

    /// <summary>Who alone says it, to be named beside it; null when several origins say much the same, or an authority does.</summary>
    public string? According { get; init; }
}

/// <summary>Reads the summary of a dossier; a sentence that is not in the stored text of its report is left out.</summary>
public sealed class SummaryReader(Database database)
{
    /// <summary>Up to <paramref name="count"/> sentences, in their order.</summary>
    public async Task<IReadOnlyList<SummarySentence>> ReadAsync(
        long eventId,
        Excerpts excerpts,
        int count,
        CancellationToken cancel
    )
    {
        var stored = await database.FirstAsync<string>(
            "select summary from dossiers where event_id = @eventId",
            new { eventId },
            cancel
        );
        var sentences = string.IsNullOrWhiteSpace(stored)
            ? []
            : JsonSerializer.Deserialize(stored, SummaryJson.Default.StoredSentenceArray) ?? [];
        if (sentences.Length == 0)
        {
            return [];
        }
        var texts = (
            await database.QueryAsync<TextRow>(
                """
                select v.report_id, v.title, v.text, r.address, r.language, r.source_id, s.name as source_name
                from report_versions v join reports r on r.id = v.report_id join sources s on s.id = r.source_id
                where v.report_id in @ids order by v.number desc
                """,
                new { ids = sentences.Select(s => s.ReportId).Distinct().ToList() },
                cancel
            )
        ).ToLookup(t => t.ReportId);
        return [.. sentences.Take(count).Select(s => Show(s, texts[s.ReportId], excerpts)).OfType<SummarySentence>()];
    }

    // The newest version first; an edited report may have lost the sentence, then the stored version that holds it proves it.
    private static SummarySentence? Show(StoredSentence sentence, IEnumerable<TextRow> versions, Excerpts excerpts)
    {
        var text = sentence.Text.Trim();
        var source = versions.FirstOrDefault(v =>
            text.Length > 0
            && (v.Text.Contains(text, StringComparison.Ordinal) || v.Title.Contains(text, StringComparison.Ordinal))
        );
        return source is null || excerpts.Take(source.SourceId, text) is not { } shown
            ? null
            : new SummarySentence
            {
                Text = shown,
                According = sentence.According,
                Source = new ReportSource
                {
                    ReportId = source.ReportId,
                    SourceId = source.SourceId,
                    Name = source.SourceName,
                    Address = ReportSource.Outgoing(source.Address),
                    Language = source.Language,
                },
            };
    }

    private sealed record TextRow
    {
        public long ReportId { get; init; }
        public required string Title { get; init; }
        public required string Text { get; init; }
        public required string Address { get; init; }
        public required string Language { get; init; }
        public long SourceId { get; init; }
        public required string SourceName { get; init; }
    }
}

/// <summary>A sentence as <c>dossiers.summary</c> keeps it.</summary>
internal sealed record StoredSentence
{
    public required string Text { get; init; }
    public required long ReportId { get; init; }
    public int Start { get; init; }
    public int Length { get; init; }

    /// <summary>Who alone says it; null when a further origin or an authority does, so that it may stand as a fact.</summary>
    public string? According { get; init; }
}

[JsonSerializable(typeof(StoredSentence[]))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class SummaryJson : JsonSerializerContext;
