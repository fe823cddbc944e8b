using System.Text.Json.Nodes;
using CyberInsights.Server.Replay;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>The recorded archive through the whole pipeline, as <c>insights replay</c> plays it.</summary>
internal static class ReplaySuite
{
    internal static async Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var folder = new[]
        {
            Path.Combine(data, "cybernews", "replay"),
            Path.Combine(data, "replay"),
            data,
        }.FirstOrDefault(f => File.Exists(Path.Combine(f, "index.json")));
        if (folder is null)
        {
            return null;
        }
        var scratch = Directory.CreateTempSubdirectory("insights-eval-").FullName;
        try
        {
            var counts = await new Replayer(
                Archive.Open(folder),
                Path.Combine(scratch, "replay.db"),
                NullLoggerFactory.Instance
            ).PlayAsync(null, cancel);
            return JsonNode.Parse(counts.ToJson())!.AsObject();
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
