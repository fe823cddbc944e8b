using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CyberInsights.Extract.Feeds;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>Feeds: expectations of python-feedparser, real documents of fastfeedparser, and its feeds with their expected objects.</summary>
internal static class FeedsSuite
{
    public static async Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        JsonObject figures = [];
        await CasesAsync(Path.Combine(data, "feeds", "feedparser"), figures, cancel);
        await DocumentsAsync(Path.Combine(data, "feeds", "fastfeedparser", "benchmark_data"), figures, cancel);
        await IntegrationAsync(Path.Combine(data, "feeds", "fastfeedparser", "tests", "integration"), figures, cancel);
        return figures.Count == 0 ? null : figures;
    }

    private static async Task CasesAsync(string folder, JsonObject figures, CancellationToken cancel)
    {
        var index = Path.Combine(folder, "expectations.jsonl");
        if (!File.Exists(index))
        {
            return;
        }

        int cases = 0,
            held = 0,
            skipped = 0,
            sanitising = 0,
            unsafeCases = 0;
        await foreach (var line in File.ReadLinesAsync(index, cancel))
        {
            var entry = JsonNode.Parse(line)!;
            var file = (string)entry["file"]!;
            var body = await File.ReadAllBytesAsync(Path.Combine(folder, file), cancel);
            if (file.Contains("/sanitize/", StringComparison.Ordinal))
            {
                sanitising++;
                var shown = Shown(body);
                unsafeCases += shown.Exists(ShownMarkup.IsUnsafe) ? 1 : 0;
            }
            else if (!FeedExpectation.CanBeEvaluated(entry["expect"]))
            {
                skipped++;
            }
            else
            {
                cases++;
                var holds = Holds(entry, body, file, figures);
                held += holds ? 1 : 0;
                // Which ones, for whoever works on the reader.
                if (!holds && Environment.GetEnvironmentVariable("FEEDS_VERBOSE") is not null)
                {
                    Console.WriteLine($"{file}: {entry["expect_source"]}");
                }
            }
        }

        (figures["cases"], figures["held"], figures["skipped"]) = (cases, held, skipped);
        (figures["sanitising_cases"], figures["unsafe"]) = (sanitising, unsafeCases);
    }

    private static bool Holds(JsonNode entry, byte[] body, string file, JsonObject figures)
    {
        try
        {
            return FeedExpectation.Holds(
                entry["expect"]!,
                FeedparserView.Of(body, Headers(entry["headers"]), Address(file))
            );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            figures["exceptions"] = ((int?)figures["exceptions"] ?? 0) + 1;
            Console.WriteLine($"{file}: {e}");
            return false;
        }
    }

    // That project's own runner serves cases with "http" in their path from this address; the others it reads as files without one.
    private static Uri? Address(string file) =>
        file.Contains("http", StringComparison.Ordinal) ? new Uri($"http://127.0.0.1:8097/{file}") : null;

    private static Dictionary<string, string> Headers(JsonNode? headers) =>
        headers is JsonObject map
            ? map.ToDictionary(pair => pair.Key.ToLowerInvariant(), pair => (string?)pair.Value ?? "")
            : [];

    /// <summary>All markup that would be shown of a document.</summary>
    private static List<string> Shown(byte[] body)
    {
        var feed = FeedReader.Read(body, null, new Uri("http://127.0.0.1:8097/feed"));
        return
        [
            .. (feed?.Items ?? [])
                .SelectMany(item => new[] { item.Summary, item.Content })
                .Where(html => html is not null)
                .Select(html => Sanitiser.Clean(html!, null).Html),
        ];
    }

    private static async Task DocumentsAsync(string folder, JsonObject figures, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        int documents = 0,
            read = 0,
            items = 0,
            exceptions = (int?)figures["exceptions"] ?? 0;
        double slowest = 0;
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            documents++;
            var body = await File.ReadAllBytesAsync(path, cancel);
            var watch = Stopwatch.StartNew();
            try
            {
                var feed = FeedReader.Read(body, null, null);
                read += feed is null ? 0 : 1;
                items += feed?.Items.Count ?? 0;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                exceptions++;
                Console.WriteLine($"{Path.GetFileName(path)}: {e}");
            }

            slowest = Math.Max(slowest, watch.Elapsed.TotalMilliseconds);
        }

        (figures["documents"], figures["documents_read"], figures["items"]) = (documents, read, items);
        (figures["exceptions"], figures["slowest_ms"]) = (exceptions, Math.Round(slowest, 1));
    }

    private static async Task IntegrationAsync(string folder, JsonObject figures, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        int feeds = 0,
            equal = 0;
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var expected = path.EndsWith(".xml", StringComparison.Ordinal)
                ? Path.ChangeExtension(path, ".json")
                : Path.ChangeExtension(path, ".expected.json");
            if (path.EndsWith(".expected.json", StringComparison.Ordinal) || !File.Exists(expected))
            {
                continue;
            }

            feeds++;
            var feed = FeedReader.Read(await File.ReadAllBytesAsync(path, cancel), null, null);
            var differences = feed is null
                ? ["not read"]
                : FeedDifferences.Find(feed, JsonNode.Parse(await File.ReadAllTextAsync(expected, cancel))!);
            equal += differences.Count == 0 ? 1 : 0;
            if (differences.Count > 0)
            {
                Console.WriteLine($"{Path.GetFileName(path)} differs: {string.Join("; ", differences.Take(3))}");
            }
        }

        (figures["integration"], figures["integration_equal"]) = (feeds, equal);
    }
}
