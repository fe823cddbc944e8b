using System.Text.Json;

namespace CyberInsights.Training.Gather;

/// <summary>Agencies, vendors and products. Only names that say by themselves that they are names are taken; the rest is left to the tagger.</summary>
internal static class Bodies
{
    internal static IEnumerable<Entry> Agencies(Galaxy galaxy)
    {
        foreach (var value in galaxy.Values("intelligence-agencies"))
        {
            var (name, _) = Plain(value.Name);
            var entry = new Entry("agency", name) { Country = Code(value) };
            foreach (var one in value.Synonyms.Prepend(value.Name))
            {
                if (Plain(one).Full is var full && Words(full) >= 3)
                {
                    entry.Call(full);
                }
            }
            yield return entry;
        }
    }

    /// <summary>Vendors of the catalogue of exploited vulnerabilities and producers of threat intelligence.</summary>
    internal static IEnumerable<Entry> Vendors(Galaxy galaxy, JsonElement catalogue)
    {
        var products = Of(catalogue, "product").ToHashSet();
        foreach (
            var vendor in Of(catalogue, "vendorProject")
                .Distinct(StringComparer.Ordinal)
                .Where(v => !products.Contains(v))
        )
        {
            yield return Named("vendor", vendor, "");
        }
        foreach (var value in galaxy.Values("producer"))
        {
            var name = value
                .Name.Replace(" Blogs", "", StringComparison.Ordinal)
                .Replace(" Blog", "", StringComparison.Ordinal);
            var entry = Named("researcher", name, Code(value));
            foreach (var synonym in value.Synonyms)
            {
                entry.Call(synonym);
            }
            yield return entry;
        }
        foreach (
            var value in galaxy.Values("surveillance-vendor").Where(v => Words(v.Name) > 1 || HasInnerCapital(v.Name))
        )
        {
            yield return Named("vendor", value.Name, "");
        }
    }

    internal static IEnumerable<Entry> Products(JsonElement catalogue)
    {
        foreach (var field in Of(catalogue, "product").Distinct(StringComparer.Ordinal))
        {
            foreach (var part in field.Split([", and ", ", ", " and ", "/"], StringSplitOptions.TrimEntries))
            {
                var (name, _) = Plain(part);
                if (name.Length > 3 && Words(name) <= 3 && HasInnerCapital(name) && !IsSeries(name))
                {
                    yield return Named("product", name, "");
                }
            }
        }
    }

    private static Entry Named(string kind, string name, string country)
    {
        var entry = new Entry(kind, Plain(name).Full) { Country = country };
        entry.Call(entry.Name);
        return entry;
    }

    private static IEnumerable<string> Of(JsonElement catalogue, string field) =>
        catalogue.GetProperty("vulnerabilities").EnumerateArray().Select(v => v.GetProperty(field).GetString()!.Trim());

    private static string Code(GalaxyValue value) => value.First("country") is { Length: 2 } code ? code : "";

    // "National Crime Intelligence Agency (NCIA)": the name and what stands in brackets.
    private static (string Full, string Bracket) Plain(string name)
    {
        var open = name.IndexOfAny(['(', '[']);
        var close = open < 0 ? -1 : name.IndexOfAny([')', ']'], open);
        return open > 0 && close > open ? (name[..open].Trim(), name[(open + 1)..close].Trim()) : (name.Trim(), "");
    }

    private static int Words(string name) => name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    // "Multiple Products", "DIR-645 Routers": several products under a common word.
    private static bool IsSeries(string name) =>
        name.Contains("Multiple", StringComparison.Ordinal)
        || name.Split(' ')[^1] is "Devices" or "Routers" or "Cameras";

    // "FortiOS", "WebLogic Server": a capital after a small letter shows that a word is a name.
    private static bool HasInnerCapital(string name) =>
        Enumerable.Range(1, name.Length - 1).Any(i => char.IsUpper(name[i]) && char.IsLower(name[i - 1]));
}
