using System.Text.Json.Nodes;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>Runs suites over a folder of corpora. A suite prints, last, one line of JSON; without a name all run and the quality table of the docs is written anew.</summary>
internal static class EvalCommand
{
    private static readonly IReadOnlyList<(
        string Name,
        Func<string, CancellationToken, Task<JsonObject?>> Run
    )> Suites =
    [
        ("feeds", FeedsSuite.RunAsync),
        ("extraction", ExtractionSuite.RunAsync),
        ("entities", EntitiesSuite.RunAsync),
        ("sections", SectionsSuite.RunAsync),
        ("facts", FactsSuite.RunAsync),
        ("statements", StatementsSuite.RunAsync),
        ("reviews", ReviewsSuite.RunAsync),
        ("events", EventsSuite.RunAsync),
        ("events-meaning", EventsSuite.RunWithMeaningAsync),
        ("trends", TrendsSuite.RunAsync),
        ("treebank", TreebankSuite.RunAsync),
        ("search", SearchSuite.RunAsync),
        ("replay", ReplaySuite.RunAsync),
    ];

    internal static async Task<int> RunAsync(string[] arguments)
    {
        var name = Option(arguments, "--suite");
        var data = Option(arguments, "--data") ?? ".corpora";
        if (!Directory.Exists(data))
        {
            await Console.Error.WriteLineAsync(
                $"There is no folder {data}: nothing was measured. Unpack the corpora there, or name their folder with DATA=."
            );
            return 3;
        }
        var chosen = Suites.Where(s => name is null || s.Name == name).ToList();
        if (chosen.Count == 0)
        {
            await Console.Error.WriteLineAsync(
                $"There is no suite {name}: nothing was measured. Name one of {string.Join(", ", Suites.Select(s => s.Name))}."
            );
            return 2;
        }
        var results = new JsonObject();
        foreach (var (suite, run) in chosen)
        {
            await Console.Error.WriteLineAsync($"{suite} ...");
            results[suite] = await run(data, CancellationToken.None);
        }
        if (name is null)
        {
            QualityTable.Write(results);
        }
        Console.WriteLine((name is null ? results : results[name] ?? new JsonObject()).ToJsonString());
        return 0;
    }

    private static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is var i and >= 0 && i + 1 < arguments.Length ? arguments[i + 1] : null;
}
