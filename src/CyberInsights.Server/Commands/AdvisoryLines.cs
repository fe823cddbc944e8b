using System.Globalization;
using CyberInsights.Extract.Advisories;

namespace CyberInsights.Server.Commands;

/// <summary>A catalogue, advisory or CVE record as <c>insights read</c> shows it to a person.</summary>
internal static class AdvisoryLines
{
    internal static string Of(string name, AdvisoryDocument document)
    {
        string?[] head =
        [
            document.Kind,
            document.Id,
            document.Version is null ? null : $"version {document.Version}",
            document.Publisher,
        ];
        return string.Join(
            Environment.NewLine,
            document
                .Vulnerabilities.Select(Line)
                .Prepend(
                    $"{document.Title ?? name} ({string.Join(", ", head.OfType<string>())}, {document.Vulnerabilities.Count} vulnerabilities)"
                )
                .Concat(document.Paragraphs.SelectMany(p => new[] { "", p }))
                .Concat(
                    document.Public
                        ? []
                        : [$"  ! TLP:{document.Tlp} is not for the public: as a source this is not published."]
                )
                .Concat(document.Warnings.Select(w => $"  ! {w}"))
        );
    }

    private static string Line(Vulnerability told)
    {
        string?[] words =
        [
            told.Vendor,
            told.Product,
            told.Scores.Count == 0
                ? null
                : $"CVSS {told.Scores[0].Version} {told.Scores[0].Base.ToString("0.0", CultureInfo.InvariantCulture)}",
            told.State == VulnerabilityState.Rejected ? "rejected" : null,
            told.ListedAt is { } listed ? $"added {Day(listed)}" : null,
            told.DueAt is { } due ? $"due {Day(due)}" : null,
            told.Ransomware == true ? "ransomware" : null,
        ];
        return $"  {told.Cve}  {string.Join(", ", words.OfType<string>())}";
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
