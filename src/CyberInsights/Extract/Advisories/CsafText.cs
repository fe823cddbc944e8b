using System.Text.Json;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Advisories;

/// <summary>A CSAF advisory as a text to read: what it is about, each vulnerability, what to do.</summary>
internal static class CsafText
{
    // Disclaimers and general advice say nothing about this advisory.
    private static readonly string[] Told = ["summary", "description", "details"];

    internal static IReadOnlyList<string> Write(
        JsonElement document,
        IReadOnlyList<(JsonElement Element, Vulnerability? Facts)> vulnerabilities,
        CsafProducts products,
        AdvisoryDocument advisory
    )
    {
        var paragraphs = new List<string>();
        paragraphs.AddRange(
            Told.SelectMany(c => AdvisoryFields.Objects(document, "notes").Where(n => JsonText.Of(n, "category") == c))
                .Select(n => AdvisoryFields.Text(n, "text"))
                .OfType<string>()
        );
        if (AdvisoryFields.Line(AdvisoryFields.Object(document, "aggregate_severity"), "text") is { } severity)
        {
            paragraphs.Add($"Severity: {severity}.");
        }
        foreach (var (element, facts) in vulnerabilities.Take(AdvisoryLimits.Told))
        {
            paragraphs.Add(Of(element, facts, products, advisory));
        }
        if (vulnerabilities.Count > AdvisoryLimits.Told)
        {
            paragraphs.Add($"And {vulnerabilities.Count - AdvisoryLimits.Told} more vulnerabilities.");
        }
        paragraphs.AddRange(Remediations(vulnerabilities));
        paragraphs.Add(Provenance(advisory));
        return Within(paragraphs);
    }

    private static string Of(
        JsonElement element,
        Vulnerability? facts,
        CsafProducts products,
        AdvisoryDocument advisory
    )
    {
        var name =
            facts?.Cve
            ?? AdvisoryFields.Objects(element, "ids").Select(i => AdvisoryFields.Line(i, "text")).FirstOrDefault();
        var title = AdvisoryFields.Line(element, "title");
        var sentences = new List<string?>
        {
            name is null ? title
            : title is null || title == name ? name
            : $"{name}: {title}",
            CsafVulnerability.Note(element),
            AdvisoryFields.Cwes(CsafVulnerability.Weaknesses(element)) is { } weakness ? $"Weakness: {weakness}" : null,
        };
        sentences.AddRange(
            CsafVulnerability
                .Scores(element, advisory.Publisher ?? "")
                .Select(s => $"{CvssReader.Say(s)}{(s.Vector.Length > 0 ? $", {s.Vector}" : "")}")
        );
        sentences.Add(CsafVulnerability.Affected(element, products) is { } affected ? $"Affected: {affected}" : null);
        sentences.AddRange(
            AdvisoryFields
                .Objects(element, "threats")
                .Where(t => JsonText.Of(t, "category") == "exploit_status")
                .Select(t => AdvisoryFields.Text(t, "details"))
        );
        return Sentences(sentences);
    }

    private static IEnumerable<string> Remediations(
        IReadOnlyList<(JsonElement Element, Vulnerability?)> vulnerabilities
    )
    {
        const int Kept = 10;
        return vulnerabilities
            .SelectMany(v => AdvisoryFields.Objects(v.Element, "remediations"))
            .Select(r => (Category: JsonText.Of(r, "category"), Details: AdvisoryFields.Text(r, "details")))
            .Where(r => r.Details is not null)
            .DistinctBy(r => r.Details)
            .Take(Kept)
            .Select(r =>
                r.Category switch
                {
                    "vendor_fix" => $"Fix: {r.Details}",
                    "workaround" => $"Workaround: {r.Details}",
                    "none_available" or "no_fix_planned" => $"No fix: {r.Details}",
                    _ => $"Mitigation: {r.Details}",
                }
            );
    }

    private static string Provenance(AdvisoryDocument advisory) =>
        $"Advisory {advisory.Id}"
        + (advisory.Publisher is null ? "" : $" of {advisory.Publisher}")
        + (advisory.Version is null ? "" : $", version {advisory.Version}")
        + (advisory.Status is null ? "" : $" ({advisory.Status})")
        + (AdvisoryFields.Moment(advisory.ReleasedRaw) is { } at ? $", {AdvisoryFields.Day(at)}." : ".");

    private static string Sentences(IEnumerable<string?> sentences) =>
        string.Join(' ', sentences.OfType<string>().Select(s => s.EndsWith('.') ? s : $"{s}."));

    private static List<string> Within(List<string> paragraphs)
    {
        var left = AdvisoryLimits.Whole;
        return [.. paragraphs.TakeWhile(p => (left -= p.Length) >= 0)];
    }
}
