using System.Globalization;
using System.Text.Json;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Advisories;

/// <summary>Reads an answer of the NVD's API 2.0 (nvd.nist.gov/developers/vulnerabilities).</summary>
internal static class NvdReader
{
    private const string NvdMail = "nvd@nist.gov";

    internal static AdvisoryDocument Read(JsonElement root, IReadOnlyList<JsonElement> entries)
    {
        var warnings = new List<string>();
        if (Number(root, "totalResults") > Number(root, "startIndex") + entries.Count)
        {
            warnings.Add(
                $"The NVD has {Number(root, "totalResults")} records for this question and gave {entries.Count} from number {Number(root, "startIndex")}: the others are not read. Ask for a shorter stretch of time in the address."
            );
        }
        return CveReader.Document("nvd", [.. entries.Select(e => Record(AdvisoryFields.Object(e, "cve")))], warnings);
    }

    private static Vulnerability? Record(JsonElement cve)
    {
        if (AdvisoryFields.Cve(JsonText.Of(cve, "id")) is not { } id)
        {
            return null;
        }
        var criteria = AdvisoryFields
            .Objects(cve, "configurations")
            .SelectMany(c => AdvisoryFields.Objects(c, "nodes"))
            .SelectMany(n => AdvisoryFields.Objects(n, "cpeMatch"))
            .Where(m => JsonText.Find(m, "vulnerable")?.ValueKind == JsonValueKind.True)
            .ToList();
        var names = criteria
            .Select(m => (JsonText.Of(m, "criteria") ?? "").Split(':'))
            .Where(p => p.Length > 5)
            .ToList();
        return new Vulnerability
        {
            Cve = id,
            Address = CveReader.NvdAddress(id),
            State =
                JsonText.Of(cve, "vulnStatus") == "Rejected"
                    ? VulnerabilityState.Rejected
                    : VulnerabilityState.Published,
            Title = AdvisoryFields.Line(cve, "cisaVulnerabilityName"),
            Description = CveReader.English(cve, "descriptions"),
            Vendor = AdvisoryFields.Names(names.Select(p => Word(p[3]))),
            Product = AdvisoryFields.Names(names.Select(p => Word(p[4]))),
            Affected = AdvisoryFields.Names(criteria.Select(Range)),
            Cwes = AdvisoryFields.Cwes(
                AdvisoryFields
                    .Objects(cve, "weaknesses")
                    .SelectMany(w => AdvisoryFields.Objects(w, "description"))
                    .Select(d => JsonText.Of(d, "value"))
            ),
            PublishedAt = AdvisoryFields.Moment(cve, "published"),
            ModifiedAt = AdvisoryFields.Moment(cve, "lastModified"),
            ListedAt = AdvisoryFields.Moment(cve, "cisaExploitAdd"),
            DueAt = AdvisoryFields.Moment(cve, "cisaActionDue"),
            RequiredAction = AdvisoryFields.Text(cve, "cisaRequiredAction"),
            Scores = CvssReader.InOrder(Scores(AdvisoryFields.Object(cve, "metrics"))),
            References = ReferenceReader.Read([cve]),
        };
    }

    private static IEnumerable<CvssScore?> Scores(JsonElement metrics)
    {
        string[] names = ["cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2"];
        return names
            .SelectMany(n => AdvisoryFields.Objects(metrics, n))
            .Select(m =>
                CvssReader.Read(
                    AdvisoryFields.Object(m, "cvssData"),
                    AdvisoryFields.Line(m, "source") is { } scorer && scorer != NvdMail ? scorer : "NVD",
                    JsonText.Of(m, "baseSeverity")
                )
            );
    }

    private static string? Range(JsonElement match)
    {
        var from =
            AdvisoryFields.Line(match, "versionStartIncluding") ?? AdvisoryFields.Line(match, "versionStartExcluding");
        var end =
            AdvisoryFields.Line(match, "versionEndExcluding") is { } below ? $"before {below}"
            : AdvisoryFields.Line(match, "versionEndIncluding") is { } upTo ? $"up to {upTo}"
            : null;
        var parts = (JsonText.Of(match, "criteria") ?? "").Split(':');
        var product =
            parts.Length > 5 ? $"{Word(parts[3])} {Word(parts[4])} {(parts[5] is "*" or "-" ? "" : parts[5])}" : "";
        return AdvisoryFields.Line($"{product} {from} {end}");
    }

    // A name of CPE 2.3 in words: http_server, with what is escaped restored (NISTIR 7695, section 6.2).
    private static string? Word(string part) =>
        part is "*" or "-"
            ? null
            : AdvisoryFields.Line(part.Replace("\\", "", StringComparison.Ordinal).Replace('_', ' '));

    private static long Number(JsonElement element, string name) =>
        long.TryParse(JsonText.Of(element, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
