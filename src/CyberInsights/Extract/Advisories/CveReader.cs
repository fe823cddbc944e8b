using System.Text.Json;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Advisories;

/// <summary>Reads records of the CVE list (CVE JSON 5, github.com/CVEProject/cve-schema).</summary>
internal static class CveReader
{
    internal static string RecordAddress(string cve) => $"https://www.cve.org/CVERecord?id={cve}";

    internal static string NvdAddress(string cve) => $"https://nvd.nist.gov/vuln/detail/{cve}";

    internal static AdvisoryDocument Read(IEnumerable<JsonElement> records) =>
        Document("cve", [.. records.Select(Record)], []);

    /// <summary>The records of one answer, each CVE id once: the last in it counts.</summary>
    internal static AdvisoryDocument Document(string kind, IReadOnlyList<Vulnerability?> read, List<string> warnings)
    {
        var records = new Dictionary<string, Vulnerability>(StringComparer.Ordinal);
        foreach (var record in read.OfType<Vulnerability>().Take(AdvisoryLimits.Vulnerabilities))
        {
            records[record.Cve] = record;
        }
        if (read.Count > records.Count)
        {
            warnings.Add(
                $"{read.Count - records.Count} of {read.Count} records have no CVE id, one that occurs again, or are too many; they were left out."
            );
        }
        return new AdvisoryDocument
        {
            Kind = kind,
            Vulnerabilities = [.. records.Values],
            Warnings = warnings,
        };
    }

    private static Vulnerability? Record(JsonElement record)
    {
        var metadata = AdvisoryFields.Object(record, "cveMetadata");
        if (AdvisoryFields.Cve(JsonText.Of(metadata, "cveId")) is not { } cve)
        {
            return null;
        }
        var containers = AdvisoryFields.Object(record, "containers");
        var cna = AdvisoryFields.Object(containers, "cna");
        // The CNA owns the record; authorised data publishers such as CISA add to it.
        List<JsonElement> all = [cna, .. AdvisoryFields.Objects(containers, "adp")];
        var rejected = JsonText.Of(metadata, "state") == "REJECTED";
        var affected = AdvisoryFields.Objects(cna, "affected").ToList();
        return new Vulnerability
        {
            Cve = cve,
            Address = RecordAddress(cve),
            State = rejected ? VulnerabilityState.Rejected : VulnerabilityState.Published,
            Title = AdvisoryFields.Line(cna, "title"),
            Description = English(cna, rejected ? "rejectedReasons" : "descriptions"),
            Vendor = AdvisoryFields.Names(affected.Select(a => Named(a, "vendor"))),
            Product = AdvisoryFields.Names(affected.Select(a => Named(a, "product"))),
            Affected = AdvisoryFields.Names(affected.Select(AffectedWords.Of)),
            Cwes = AdvisoryFields.Cwes(all.SelectMany(Weaknesses)),
            PublishedAt = AdvisoryFields.Moment(metadata, "datePublished"),
            ModifiedAt = AdvisoryFields.Moment(metadata, "dateUpdated"),
            ListedAt = all.Select(c => Other(c, "kev"))
                .Select(k => AdvisoryFields.Moment(k, "dateAdded"))
                .FirstOrDefault(d => d is not null),
            Ssvc = all.Select(c => SsvcWords(Other(c, "ssvc"))).FirstOrDefault(s => s is not null),
            Scores = CvssReader.InOrder(all.SelectMany(Scores)),
            References = ReferenceReader.Read(all),
        };
    }

    /// <summary>The English text of a list of texts by language, else the first.</summary>
    internal static string? English(JsonElement element, string name)
    {
        var texts = AdvisoryFields.Objects(element, name).ToList();
        return texts
            .OrderByDescending(t =>
                JsonText.Of(t, "lang")?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true
            )
            .Select(t => AdvisoryFields.Text(t, "value"))
            .FirstOrDefault(t => t is not null);
    }

    // "n/a" is how records of before 2018 say nothing.
    private static string? Named(JsonElement affected, string name) =>
        AdvisoryFields.Line(affected, name) is { } named && !named.Equals("n/a", StringComparison.OrdinalIgnoreCase)
            ? named
            : null;

    private static IEnumerable<string?> Weaknesses(JsonElement container) =>
        AdvisoryFields
            .Objects(container, "problemTypes")
            .SelectMany(p => AdvisoryFields.Objects(p, "descriptions"))
            .Select(d => JsonText.Of(d, "cweId") ?? JsonText.Of(d, "description"));

    private static IEnumerable<CvssScore?> Scores(JsonElement container)
    {
        var scorer = AdvisoryFields.Line(AdvisoryFields.Object(container, "providerMetadata"), "shortName") ?? "CNA";
        string[] names = ["cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0"];
        return AdvisoryFields
            .Objects(container, "metrics")
            .SelectMany(m => names.Select(n => CvssReader.Read(AdvisoryFields.Object(m, n), scorer)));
    }

    /// <summary>The content of a metric that is no score: <c>{"other": {"type": "kev", "content": {...}}}</c>.</summary>
    private static JsonElement Other(JsonElement container, string type) =>
        AdvisoryFields
            .Objects(container, "metrics")
            .Select(m => AdvisoryFields.Object(m, "other"))
            .Where(o => JsonText.Of(o, "type") == type)
            .Select(o => AdvisoryFields.Object(o, "content"))
            .FirstOrDefault();

    private static string? SsvcWords(JsonElement content)
    {
        string[] points = ["Exploitation", "Automatable", "Technical Impact"];
        var options = AdvisoryFields.Objects(content, "options").ToList();
        var words = points
            .Select(p =>
                (Point: p, Value: options.Select(o => AdvisoryFields.Line(o, p)).FirstOrDefault(v => v is not null))
            )
            .Where(w => w.Value is not null)
            .Select(w => $"{w.Point}: {w.Value}")
            .ToList();
        return words.Count == 0 ? null : AdvisoryFields.Line(string.Join(", ", words));
    }
}
