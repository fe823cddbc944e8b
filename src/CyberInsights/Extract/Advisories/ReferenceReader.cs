using System.Text.Json;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Advisories;

/// <summary>Reads the references of a record: CVE JSON 5 and the NVD both have a list of <c>url</c> and <c>tags</c>.</summary>
internal static class ReferenceReader
{
    // What the NVD calls otherwise than the list of tags that CVE JSON 5 has (cve-schema, tags/reference-tags.json).
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["us-government-resource"] = "government-resource",
        ["press/media-coverage"] = "media-coverage",
    };

    /// <summary>In the order of the records, each address once with all that is said of it; what is said to be a broken link is left out.</summary>
    internal static IReadOnlyList<VulnerabilityReference> Read(IEnumerable<JsonElement> records) =>
        [
            .. records
                .SelectMany(r => AdvisoryFields.Objects(r, "references"))
                .Select(r => (Address: AdvisoryFields.Web(JsonText.Of(r, "url")), Tags: Tags(r).ToList()))
                .Where(r => r.Address is { Length: <= AdvisoryLimits.Line })
                .GroupBy(r => r.Address!, StringComparer.Ordinal)
                .Where(g => !g.SelectMany(r => r.Tags).Contains("broken-link"))
                .Take(AdvisoryLimits.References)
                .Select(g => new VulnerabilityReference
                {
                    Address = g.Key,
                    Tags = AdvisoryFields.Names(g.SelectMany(r => r.Tags)) ?? "",
                }),
        ];

    private static IEnumerable<string> Tags(JsonElement reference) =>
        JsonText
            .List(reference, "tags")
            .Select(JsonText.Of)
            .OfType<string>()
            .Select(t => t.Trim().ToLowerInvariant().Replace(' ', '-'))
            .Select(t => Names.GetValueOrDefault(t, t));
}
