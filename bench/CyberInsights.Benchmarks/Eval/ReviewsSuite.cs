using System.Text.Json;
using System.Text.Json.Nodes;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// How right statements were, as the people of a desk judged them: <c>reviews.jsonl</c>, written by <c>insights reviews</c>. Those that readers saw
/// and those that waited are counted apart: people look at what is doubtful first, so neither is a sample of all.
/// </summary>
internal static class ReviewsSuite
{
    public static async Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var file = Path.Combine(data, "reviews.jsonl");
        if (!File.Exists(file))
        {
            return null;
        }
        var shown = new SortedDictionary<string, Judged>(StringComparer.Ordinal);
        var waiting = new Judged();
        await foreach (var line in File.ReadLinesAsync(file, cancel))
        {
            using var review = JsonDocument.Parse(line);
            var found = review.RootElement.GetProperty("found");
            var stance = found.GetProperty("stance").GetString()!;
            if (found.GetProperty("state").GetString() == "shown")
            {
                shown.TryAdd(stance, new Judged());
                shown[stance].Add(review.RootElement);
            }
            else
            {
                waiting.Add(review.RootElement);
            }
        }
        var all = new Judged();
        foreach (var one in shown.Values)
        {
            all.Add(one);
        }
        return new JsonObject
        {
            ["shown"] = all.Json(),
            ["waiting"] = waiting.Json(),
            ["stances"] = new JsonObject(
                shown.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value.Json()))
            ),
        };
    }

    private sealed class Judged
    {
        private int judged;
        private int right;
        private int rightStance;

        internal void Add(JsonElement review)
        {
            judged++;
            right += review.GetProperty("decision").GetString() == "accept" ? 1 : 0;
            rightStance +=
                review.TryGetProperty("became", out var became)
                && became.GetProperty("stance").GetString()
                    == review.GetProperty("found").GetProperty("stance").GetString()
                    ? 1
                    : 0;
        }

        internal void Add(Judged other)
        {
            judged += other.judged;
            right += other.right;
            rightStance += other.rightStance;
        }

        /// <summary>precision: left as found; stance: accepted with the stance that was found.</summary>
        internal JsonObject Json() =>
            new()
            {
                ["judged"] = judged,
                ["precision"] = Share(right),
                ["stance"] = Share(rightStance),
            };

        private JsonNode? Share(int count) => judged == 0 ? null : Math.Round((double)count / judged, 3);
    }
}
