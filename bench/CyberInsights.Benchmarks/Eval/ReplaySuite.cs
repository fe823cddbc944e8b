using System.Diagnostics;
using System.Text.Json.Nodes;

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
        // The program itself, in a process of its own: with its own settings of the runtime, and nothing warmed by other suites.
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "insights.dll"), "replay", folder])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? JsonNode.Parse(output)!.AsObject()
            : throw new InvalidOperationException($"insights replay {folder} ended with {process.ExitCode}.");
    }
}
