using System.Text.Json;

namespace CyberInsights.Training.Gather;

/// <summary>Countries with their names in the languages for which no list is written by hand, and their capitals.</summary>
internal static class Places
{
    private static readonly string[] Languages =
    [
        "fra",
        "spa",
        "ita",
        "por",
        "nld",
        "pol",
        "rus",
        "zho",
        "jpn",
        "kor",
        "tur",
        "slk",
        "swe",
        "fin",
    ];

    internal static IEnumerable<Entry> Read(JsonElement countries)
    {
        foreach (var country in countries.EnumerateArray())
        {
            var name = country.GetProperty("name");
            var entry = new Entry("country", name.GetProperty("common").GetString()!)
            {
                Country = country.GetProperty("cca2").GetString()!,
            };
            entry.Call(name.GetProperty("official").GetString()!);
            foreach (var language in Languages)
            {
                if (country.GetProperty("translations").TryGetProperty(language, out var translation))
                {
                    entry.Call(translation.GetProperty("common").GetString()!);
                }
            }
            yield return entry;
            foreach (var city in country.GetProperty("capital").EnumerateArray().Select(c => c.GetString()!))
            {
                var capital = new Entry("capital", city) { Country = entry.Country };
                capital.Call(city);
                yield return capital;
            }
        }
    }

    /// <summary>Codes by folded name, with the ways the sources of actors write them.</summary>
    internal static Dictionary<string, string> Codes(JsonElement countries)
    {
        var codes = new Dictionary<string, string>();
        foreach (var country in countries.EnumerateArray())
        {
            var code = country.GetProperty("cca2").GetString()!;
            var name = country.GetProperty("name");
            codes.TryAdd(Entry.Fold(name.GetProperty("common").GetString()!), code);
            codes.TryAdd(Entry.Fold(name.GetProperty("official").GetString()!), code);
            foreach (var spelling in country.GetProperty("altSpellings").EnumerateArray())
            {
                codes.TryAdd(Entry.Fold(spelling.GetString()!), code);
            }
        }
        codes[Entry.Fold("Korea (Democratic People's Republic of)")] = "KP";
        codes[Entry.Fold("Korea (Republic of)")] = "KR";
        codes[Entry.Fold("Iran (Islamic Republic of)")] = "IR";
        return codes;
    }
}
