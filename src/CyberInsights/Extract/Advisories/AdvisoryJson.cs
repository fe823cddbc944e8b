using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CyberInsights.Extract.Advisories;

/// <summary>A document as one JSON object, as <c>insights read --json</c> prints it.</summary>
public static class AdvisoryJson
{
    // One line, and letters of every script as they are: the output goes to a terminal or a program, never into HTML.
    private static readonly JsonSerializerOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// On one line, without an end of line. Keys: <c>kind</c>, <c>title</c>, <c>id</c>, <c>version</c>, <c>publisher</c>,
    /// <c>released</c>, <c>tlp</c>, <c>text</c>, <c>vulnerabilities</c>, <c>warnings</c>; of each vulnerability <c>cve</c>,
    /// <c>state</c>, <c>title</c>, <c>description</c>, <c>vendor</c>, <c>product</c>, <c>affected</c>, <c>cwes</c>,
    /// <c>published</c>, <c>modified</c>, <c>listed</c>, <c>due</c>, <c>ransomware</c>, <c>ssvc</c>, <c>scores</c>. A missing value is null.
    /// </summary>
    public static string WriteLine(AdvisoryDocument document) =>
        new JsonObject
        {
            ["kind"] = document.Kind,
            ["title"] = document.Title,
            ["id"] = document.Id,
            ["version"] = document.Version,
            ["publisher"] = document.Publisher,
            ["released"] = document.ReleasedRaw,
            ["tlp"] = document.Tlp,
            ["text"] = document.Paragraphs.Count == 0 ? null : string.Join("\n\n", document.Paragraphs),
            ["vulnerabilities"] = new JsonArray([.. document.Vulnerabilities.Select(One)]),
            ["warnings"] = new JsonArray([.. document.Warnings.Select(w => (JsonNode)w)]),
        }.ToJsonString(OneLine);

    private static JsonObject One(Vulnerability told) =>
        new()
        {
            ["cve"] = told.Cve,
            ["state"] = told.State == VulnerabilityState.Rejected ? "rejected" : "published",
            ["title"] = told.Title,
            ["description"] = told.Description,
            ["vendor"] = told.Vendor,
            ["product"] = told.Product,
            ["affected"] = told.Affected,
            ["cwes"] = told.Cwes,
            ["published"] = Moment(told.PublishedAt),
            ["modified"] = Moment(told.ModifiedAt),
            ["listed"] = Moment(told.ListedAt),
            ["due"] = Moment(told.DueAt),
            ["ransomware"] = told.Ransomware,
            ["ssvc"] = told.Ssvc,
            ["scores"] = new JsonArray([.. told.Scores.Select(Score)]),
        };

    private static JsonObject Score(CvssScore score) =>
        new()
        {
            ["version"] = score.Version,
            ["base"] = score.Base,
            ["severity"] = score.Severity,
            ["vector"] = score.Vector,
            ["scorer"] = score.Scorer,
        };

    private static string? Moment(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
