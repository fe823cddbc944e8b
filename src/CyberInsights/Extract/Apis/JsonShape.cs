using System.Text.Json;
using CyberInsights.Text;

namespace CyberInsights.Extract.Apis;

/// <summary>Says in words what JSON there is, for the person who writes a rule for it.</summary>
internal static class JsonShape
{
    private const int NamesTold = 12;

    /// <summary>As the end of a sentence: "has a, b, c", "is a list of 20".</summary>
    public static string Of(IReadOnlyList<JsonElement> values) =>
        values switch
        {
            [] => "has nothing",
            [{ ValueKind: JsonValueKind.Array } list] => $"is a list of {list.GetArrayLength()}",
            [{ ValueKind: JsonValueKind.Object }, ..] => $"has {Names(values[0])}",
            [{ ValueKind: JsonValueKind.Null }, ..] => "is null",
            _ => "is a plain value",
        };

    /// <summary>The names of an object's members.</summary>
    public static string Names(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return "no names";
        }

        List<string> names =
        [
            .. element.EnumerateObject().Take(NamesTold + 1).Select(p => PlainText.OneLine(p.Name, 40)),
        ];
        return names.Count == 0 ? "no names"
            : names.Count > NamesTold ? $"{string.Join(", ", names.Take(NamesTold))} and more"
            : string.Join(", ", names);
    }
}
