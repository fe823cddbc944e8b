using System.Text;
using System.Text.Json;

namespace CyberInsights.Tests.Extract.Pages;

/// <summary>The payloads of Hostile/html with what each must come to.</summary>
internal static class HostileHtml
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Hostile", "html");
    private static readonly JsonElement Root = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(Folder, "expected.json")))
        .RootElement;

    public static readonly Uri Address = new("https://pub.example/news/1");

    public static IReadOnlyDictionary<string, JsonElement> Expectations { get; } =
        Root.GetProperty("files")
            .EnumerateArray()
            .ToDictionary(f => f.GetProperty("file").GetString()!, f => f.GetProperty("expect"));

    public static HashSet<string> AllowedTags { get; } =
        Strings(Root.GetProperty("oracle").GetProperty("allowed_tags"));

    public static Dictionary<string, HashSet<string>> AllowedAttributes { get; } =
        Root.GetProperty("oracle")
            .GetProperty("allowed_attrs")
            .EnumerateObject()
            .ToDictionary(p => p.Name, p => Strings(p.Value));

    public static string Read(string file) => Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(Folder, file)));

    public static HashSet<string> Strings(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetString()!)];
}
