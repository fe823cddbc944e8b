using System.Globalization;
using System.Text.Json.Nodes;
using CyberInsights.Storage;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// Ranked search on the Cranfield abstracts, in each engine that is there: nDCG@10 and mean average precision. PostgreSQL is
/// measured when <c>INSIGHTS_EVAL_POSTGRES</c> holds the connection string of an empty database.
/// </summary>
internal static class SearchSuite
{
    private const int Ranked = 1000;

    internal static async Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var folder = new[]
        {
            Path.Combine(data, "search", "cranfield"),
            Path.Combine(data, "cranfield"),
            data,
        }.FirstOrDefault(f => File.Exists(Path.Combine(f, "cran.all.1400")));
        if (folder is null)
        {
            return null;
        }
        var scratch = Directory.CreateTempSubdirectory("insights-eval-").FullName;
        try
        {
            var result = new JsonObject
            {
                ["sqlite"] = await MeasureAsync(Path.Combine(scratch, "search.db"), folder, cancel),
            };
            if (Environment.GetEnvironmentVariable("INSIGHTS_EVAL_POSTGRES") is { Length: > 0 } postgres)
            {
                result["postgres"] = await MeasureAsync(postgres, folder, cancel);
            }
            return result;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<JsonObject> MeasureAsync(string name, string folder, CancellationToken cancel)
    {
        await using var database = await Database.StartAsync(name, TimeProvider.System, cancel);
        var documents = Read(Path.Combine(folder, "cran.all.1400")).ToList();
        await database.WriteAsync(
            async t =>
            {
                foreach (var (position, fields) in documents.Select((d, i) => (i + 1, d)))
                {
                    await t.PutDocumentsAsync(
                        [
                            new SearchDocument
                            {
                                Id = position,
                                Kind = "report",
                                Title = fields.GetValueOrDefault("T", ""),
                                Body = fields.GetValueOrDefault("W", ""),
                                Language = "en",
                                At = DateTimeOffset.UnixEpoch,
                            },
                        ],
                        cancel
                    );
                }
            },
            cancel
        );
        var judgements = Judgements(Path.Combine(folder, "cranqrel"));
        double gain = 0,
            precision = 0;
        var queries = 0;
        // The file holds the odd-numbered queries; judgements count queries by position.
        foreach (var (number, fields) in Read(Path.Combine(folder, "cran.qry")).Select((q, i) => (2 * i + 1, q)))
        {
            if (!judgements.TryGetValue(number, out var relevant))
            {
                continue;
            }
            var words = SearchWords.Of(fields.GetValueOrDefault("W", "")).Distinct(StringComparer.Ordinal);
            var hits = await database.FindAsync(
                new SearchQuery
                {
                    Groups =
                    [
                        [.. words.Select(w => new SearchPhrase([w]))],
                    ],
                    Count = Ranked,
                },
                cancel
            );
            var ranking = hits.Select(h => relevant.GetValueOrDefault(h.Id)).ToList();
            gain += Ndcg10(ranking, relevant);
            precision += AveragePrecision(ranking, relevant.Count);
            queries++;
        }
        return new JsonObject
        {
            ["ndcg10"] = Math.Round(gain / queries, 4),
            ["map"] = Math.Round(precision / queries, 4),
        };
    }

    // Code 1 is the most relevant, 4 the least; -1 is not relevant. Gains are 4 to 1.
    private static Dictionary<int, Dictionary<long, int>> Judgements(string file)
    {
        var judgements = new Dictionary<int, Dictionary<long, int>>();
        foreach (var line in File.ReadLines(file))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 3)
            {
                continue;
            }
            var code = int.Parse(fields[2], CultureInfo.InvariantCulture);
            if (code is >= 1 and <= 4)
            {
                var query = int.Parse(fields[0], CultureInfo.InvariantCulture);
                if (!judgements.TryGetValue(query, out var relevant))
                {
                    judgements[query] = relevant = [];
                }
                relevant[long.Parse(fields[1], CultureInfo.InvariantCulture)] = 5 - code;
            }
        }
        return judgements;
    }

    private static double Ndcg10(List<int> ranking, Dictionary<long, int> relevant)
    {
        static double Gain(IEnumerable<int> gains) => gains.Take(10).Select((g, i) => g / Math.Log2(i + 2)).Sum();
        return Gain(ranking) / Gain(relevant.Values.OrderDescending());
    }

    private static double AveragePrecision(List<int> ranking, int relevant)
    {
        double sum = 0;
        var hits = 0;
        for (var i = 0; i < ranking.Count; i++)
        {
            if (ranking[i] > 0)
            {
                sum += ++hits / (i + 1.0);
            }
        }
        return sum / relevant;
    }

    // The SMART format: ".I 12" begins a record, ".T", ".A", ".B", ".W" its fields.
    private static IEnumerable<Dictionary<string, string>> Read(string file)
    {
        Dictionary<string, string>? record = null;
        var field = "";
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith(".I ", StringComparison.Ordinal))
            {
                if (record is not null)
                {
                    yield return record;
                }
                record = new Dictionary<string, string>(StringComparer.Ordinal);
            }
            else if (line is ['.', >= 'A' and <= 'Z'])
            {
                field = line[1..];
            }
            else if (record is not null)
            {
                record[field] = record.TryGetValue(field, out var text) ? $"{text} {line}" : line;
            }
        }
        if (record is not null)
        {
            yield return record;
        }
    }
}
