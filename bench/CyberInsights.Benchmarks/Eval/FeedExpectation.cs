using System.Text.Json.Nodes;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>Evaluates one <c>expect</c> tree of <c>expectations.jsonl</c> over a view of nested JSON.</summary>
internal static class FeedExpectation
{
    /// <summary>A <c>raw</c> leaf is Python source; such a case is skipped.</summary>
    public static bool CanBeEvaluated(JsonNode? node) =>
        node switch
        {
            JsonObject o => !o.ContainsKey("raw") && o.All(pair => CanBeEvaluated(pair.Value)),
            JsonArray a => a.All(CanBeEvaluated),
            _ => true,
        };

    public static bool Holds(JsonNode expect, JsonObject view)
    {
        var parts = expect["of"]?.AsArray();
        return (string?)expect["op"] switch
        {
            "true" => true,
            "and" => parts!.All(part => Holds(part!, view)),
            "or" => parts!.Any(part => Holds(part!, view)),
            "not" => !Holds(parts![0]!, view),
            "truthy" => Truthy(Value(expect, view)),
            "has" => Find(expect["path"]!.AsArray(), view, out _),
            "eq" => Defined(expect, view) && Same(Value(expect["left"]!, view), Value(expect["right"]!, view)),
            "is" => Defined(expect, view)
                && JsonNode.DeepEquals(Value(expect["left"]!, view), Value(expect["right"]!, view)),
            "ne" => Defined(expect, view) && !Same(Value(expect["left"]!, view), Value(expect["right"]!, view)),
            "in" => In(expect, view),
            "notin" => !In(expect, view),
            var other => throw new InvalidDataException($"Unknown operator '{other}'."),
        };
    }

    /// <summary>In Python a missing path is an error, so a comparison with it never holds.</summary>
    private static bool Defined(JsonNode expect, JsonObject view) =>
        new[] { expect["left"]!, expect["right"]! }.All(side =>
            (side["path"] ?? side["len"] ?? side["codepoint"]) is not JsonArray path || Find(path, view, out _)
        );

    private static JsonNode? Value(JsonNode side, JsonObject view)
    {
        if (side["path"] is JsonArray path)
        {
            return Find(path, view, out var found) ? found : null;
        }

        if (side["len"] is JsonArray counted)
        {
            Find(counted, view, out var found);
            return found is JsonArray list ? list.Count
                : found is JsonObject map ? map.Count
                : ((string?)found)?.Length;
        }

        if (side["codepoint"] is JsonArray character)
        {
            Find(character, view, out var found);
            return (string?)found is { Length: 1 } text ? (int)text[0] : null;
        }

        return side["value"];
    }

    private static bool In(JsonNode expect, JsonObject view)
    {
        var needle = (string)expect["left"]!["value"]!;
        var place = expect["right"]!["path"] is JsonArray path && Find(path, view, out var found) ? found : view;
        return place is JsonObject map && map.ContainsKey(needle);
    }

    private static bool Find(JsonArray path, JsonObject view, out JsonNode? found)
    {
        found = view;
        foreach (var step in path)
        {
            if (step is JsonValue value && value.TryGetValue<int>(out var index))
            {
                if (found is not JsonArray list || index >= list.Count || list.Count + index < 0)
                {
                    return false;
                }

                found = list[index < 0 ? list.Count + index : index];
            }
            else if (found is not JsonObject map || !FeedparserNames.Find(map, (string)step!, out found))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(JsonNode? left, JsonNode? right)
    {
        // Python: True == 1, False == 0.
        if (left is JsonValue && right is JsonValue && Number(left) is { } a && Number(right) is { } b)
        {
            return a == b;
        }

        return (left, right) switch
        {
            (JsonArray x, JsonArray y) => x.Count == y.Count && x.Zip(y).All(pair => Same(pair.First, pair.Second)),
            (JsonObject x, JsonObject y) => x.Count == y.Count
                && x.All(pair => y.ContainsKey(pair.Key) && Same(pair.Value, y[pair.Key])),
            _ => JsonNode.DeepEquals(left, right),
        };
    }

    private static double? Number(JsonNode node) =>
        node.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.True => 1,
            System.Text.Json.JsonValueKind.False => 0,
            System.Text.Json.JsonValueKind.Number => double.Parse(
                node.ToJsonString(),
                System.Globalization.CultureInfo.InvariantCulture
            ),
            _ => null,
        };

    private static bool Truthy(JsonNode? node) =>
        node switch
        {
            null => false,
            JsonArray list => list.Count > 0,
            JsonObject map => map.Count > 0,
            _ when Number(node) is { } number => number != 0,
            _ => (string?)node is { Length: > 0 },
        };
}
