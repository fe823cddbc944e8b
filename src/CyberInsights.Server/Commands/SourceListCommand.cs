using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CyberInsights.Capture;

namespace CyberInsights.Server.Commands;

internal static class SourceListCommand
{
    internal static Command Create(TextWriter output)
    {
        var state = new Option<string?>("--state") { Description = "Only active, paused or retired ones." };
        var label = new Option<string?>("--label") { Description = "Only those under this label." };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each." };
        var command = new Command("list", "Every source with its state, last success and last error.")
        {
            state,
            label,
            json,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                var (wantedState, wantedLabel) = (
                    State(result.GetValue(state)),
                    OpmlReader.Label(result.GetValue(label))
                );
                await using var desk = await SourceDesk.OpenAsync(cancel);
                var healths = (await desk.Sources.HealthAsync(cancel)).ToDictionary(h => h.Id);
                var sources = await desk.Sources.AllAsync(cancel);
                if (sources.Count == 0 && !result.GetValue(json))
                {
                    await output.WriteLineAsync(
                        "There is no source yet. `insights sources find ADDRESS` finds the feeds behind an address, `insights run` adds the starter sources."
                    );
                }
                foreach (var source in sources)
                {
                    if (
                        (wantedState is null || source.State == wantedState)
                        && (wantedLabel is null || source.Labels!.Contains(wantedLabel))
                        && healths.TryGetValue(source.Id, out var health)
                    )
                    {
                        await output.WriteLineAsync(
                            result.GetValue(json)
                                ? JsonSerializer.Serialize(
                                    ListedSource.Of(source, health),
                                    ListedSourceJson.Plain.ListedSource
                                )
                                : Describe(source, health)
                        );
                    }
                }
                return 0;
            }
        );
        return command;
    }

    private static SourceState? State(string? name) =>
        name?.ToLowerInvariant() switch
        {
            null => null,
            "active" => SourceState.Active,
            "paused" => SourceState.Paused,
            "retired" => SourceState.Retired,
            _ => throw new RefusalException(
                RefusalKind.BadInput,
                $"There is no state {name}: nothing was listed. Give active, paused or retired."
            ),
        };

    private static string Describe(Source source, SourceHealth health)
    {
        var labels = source.Labels is { Count: > 0 } some ? $"  [{string.Join(", ", some)}]" : "";
        var line = $"{source.Key, -20} {source.State, -8} {Moment(health.LastSuccessAt)}  {source.Address}{labels}";
        return health.LastError is { } error
            ? $"{line}{Environment.NewLine}{"", -20} {health.Failures} failures in a row, last: {error}"
            : line;
    }

    private static string Moment(DateTimeOffset? moment) =>
        moment?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "never            ";
}

/// <summary>A source as <c>sources list --json</c> prints it; the names are those of a list of sources where it has them.</summary>
internal sealed record ListedSource
{
    public required string Feed { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    public string? Home { get; init; }
    public required string Kind { get; init; }
    public required string State { get; init; }
    public required IReadOnlyList<string> Labels { get; init; }
    public string? Language { get; init; }
    public string? Country { get; init; }
    public string? Ownership { get; init; }
    public string? Owner { get; init; }
    public string? Interest { get; init; }
    public int Reliability { get; init; }
    public bool FullText { get; init; }
    public bool WatchEdits { get; init; }
    public required string Relevance { get; init; }
    public string? Include { get; init; }
    public string? Exclude { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? LastAttemptAt { get; init; }
    public DateTimeOffset? LastSuccessAt { get; init; }
    public int Failures { get; init; }
    public string? LastError { get; init; }

    internal static ListedSource Of(Source source, SourceHealth health) =>
        new()
        {
            Feed = source.Key,
            Name = source.Name,
            Address = source.Address,
            Home = source.Home,
            Kind = source.Kind.ToString().ToLowerInvariant(),
            State = source.State.ToString().ToLowerInvariant(),
            Labels = source.Labels ?? [],
            Language = source.Language,
            Country = source.Country,
            Ownership = source.Ownership,
            Owner = source.Owner,
            Interest = source.Interest,
            Reliability = source.Reliability,
            FullText = source.FullText,
            WatchEdits = source.WatchEdits,
            Relevance = source.Relevance.ToString().ToLowerInvariant(),
            Include = source.IncludeRules,
            Exclude = source.ExcludeRules,
            DueAt = health.DueAt,
            LastAttemptAt = health.LastAttemptAt,
            LastSuccessAt = health.LastSuccessAt,
            Failures = health.Failures,
            LastError = health.LastError,
        };
}

[JsonSerializable(typeof(ListedSource))]
internal sealed partial class ListedSourceJson : JsonSerializerContext
{
    /// <summary>Letters of every script as they are: the lines go to a terminal or a file, never into a page.</summary>
    internal static ListedSourceJson Plain { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
