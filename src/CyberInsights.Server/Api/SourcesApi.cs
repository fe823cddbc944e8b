using System.Text.Json;
using System.Text.Json.Serialization;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Api;

/// <summary>What is read and how that goes, for machines: <c>/api/v1/sources</c>.</summary>
internal static class SourcesApi
{
    internal static void MapSourcesApi(this IEndpointRouteBuilder routes) =>
        routes.MapReading("/api/v1/sources", AnswerAsync);

    private static async Task<IResult> AnswerAsync(SourceReader sources, CancellationToken cancel) =>
        Results.Json(
            new SourcesAnswer([.. (await sources.AllAsync(cancel)).Select(Entry)]),
            ApiJson.Default.SourcesAnswer
        );

    private static SourceEntry Entry(SourceLine line) =>
        new()
        {
            Key = line.Source.Key,
            Name = line.Source.Name,
            Home = line.Source.Home,
            Kind = Word(line.Source.Kind),
            Language = line.Source.Language,
            Country = line.Source.Country,
            Ownership = line.Source.Ownership,
            Owner = line.Source.Owner,
            Interest = line.Source.Interest,
            Reliability = line.Source.Reliability,
            State = Word(line.Source.State),
            LastAttempt = line.Health.LastAttemptAt,
            LastSuccess = line.Health.LastSuccessAt,
            NextFetch = line.Source.State == SourceState.Active ? line.Health.DueAt : null,
            Failures = line.Health.Failures,
            LastError = line.Health.LastError,
            ItemsPerDay = line.Health.Rhythm is { } rhythm ? Math.Round(rhythm.PerDay, 2) : null,
            FreshnessSeconds = line.Health.Rhythm?.Freshness?.TotalSeconds,
            NewestItem = line.Health.Rhythm?.NewestAt,
            Alarms = [.. line.Alarms.Select(a => new AlarmEntry(Word(a.Kind), a.Sentence))],
        };

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

internal sealed record SourcesAnswer(IReadOnlyList<SourceEntry> Sources);

internal sealed record AlarmEntry(string Kind, string Sentence);

internal sealed record SourceEntry
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public string? Home { get; init; }
    public required string Kind { get; init; }
    public string? Language { get; init; }
    public string? Country { get; init; }
    public string? Ownership { get; init; }
    public string? Owner { get; init; }
    public string? Interest { get; init; }
    public required int Reliability { get; init; }
    public required string State { get; init; }
    public DateTimeOffset? LastAttempt { get; init; }
    public DateTimeOffset? LastSuccess { get; init; }
    public DateTimeOffset? NextFetch { get; init; }

    /// <summary>In a row.</summary>
    public required int Failures { get; init; }
    public string? LastError { get; init; }
    public double? ItemsPerDay { get; init; }

    /// <summary>Median from an item's publication to its capture.</summary>
    public double? FreshnessSeconds { get; init; }
    public DateTimeOffset? NewestItem { get; init; }
    public required IReadOnlyList<AlarmEntry> Alarms { get; init; }
}

[JsonSerializable(typeof(SourcesAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class ApiJson : JsonSerializerContext;
