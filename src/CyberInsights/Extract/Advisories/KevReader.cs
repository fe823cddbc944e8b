using System.Globalization;
using System.Text.Json;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Advisories;

/// <summary>Reads a catalogue of known exploited vulnerabilities (schema: cisa.gov, known_exploited_vulnerabilities_schema.json).</summary>
internal static class KevReader
{
    internal static AdvisoryDocument Read(JsonElement root, IReadOnlyList<JsonElement> listed)
    {
        var entries = new Dictionary<string, Vulnerability>(StringComparer.Ordinal);
        foreach (var element in listed.Take(AdvisoryLimits.Vulnerabilities))
        {
            if (Entry(element) is { } entry)
            {
                entries.TryAdd(entry.Cve, entry);
            }
        }
        var lost = listed.Count - entries.Count;
        var told = JsonText.Of(root, "count");
        var partial = lost > 0 || (told is not null && told != listed.Count.ToString(CultureInfo.InvariantCulture));
        return new AdvisoryDocument
        {
            Kind = "kev",
            Title = AdvisoryFields.Line(root, "title"),
            Version = AdvisoryFields.Line(root, "catalogVersion"),
            ReleasedRaw = AdvisoryFields.Line(root, "dateReleased"),
            Vulnerabilities = [.. entries.Values],
            Partial = partial,
            Warnings = !partial
                ? []
                :
                [
                    $"The catalogue says it has {told ?? "no number of"} entries, {listed.Count} came and {entries.Count} could be read: what is missing is not taken for removed.",
                ],
        };
    }

    private static Vulnerability? Entry(JsonElement entry) =>
        AdvisoryFields.Cve(JsonText.Of(entry, "cveID")) is not { } cve
            ? null
            : new Vulnerability
            {
                Cve = cve,
                Address = CveReader.NvdAddress(cve),
                Title = AdvisoryFields.Line(entry, "vulnerabilityName"),
                Description = AdvisoryFields.Text(entry, "shortDescription"),
                Vendor = AdvisoryFields.Line(entry, "vendorProject"),
                Product = AdvisoryFields.Line(entry, "product"),
                Cwes = AdvisoryFields.Cwes(JsonText.List(entry, "cwes").Select(JsonText.Of)),
                ListedAt = AdvisoryFields.Moment(entry, "dateAdded"),
                DueAt = AdvisoryFields.Moment(entry, "dueDate"),
                Ransomware = JsonText.Of(entry, "knownRansomwareCampaignUse")?.ToLowerInvariant() switch
                {
                    "known" => true,
                    "unknown" => false,
                    _ => null,
                },
                RequiredAction = AdvisoryFields.Text(entry, "requiredAction"),
            };
}
