using System.Globalization;
using System.Text.Json;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Advisories;

/// <summary>Reads a score as FIRST's JSON has it, which CSAF, CVE JSON 5 and the NVD all embed.</summary>
internal static class CvssReader
{
    private static readonly string[] Versions = ["2.0", "3.0", "3.1", "4.0"];
    private static readonly string[] Severities = ["none", "low", "medium", "high", "critical"];

    /// <summary>The score in <paramref name="cvss"/>; null when it has no number from 0 to 10 or no known version.</summary>
    /// <param name="severity">Where a version 2 score keeps its severity outside, as the NVD does.</param>
    internal static CvssScore? Read(JsonElement cvss, string scorer, string? severity = null)
    {
        var version = JsonText.Of(cvss, "version");
        if (
            !Versions.Contains(version)
            || !double.TryParse(
                JsonText.Of(cvss, "baseScore"),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var score
            )
            || score is not (>= 0 and <= 10)
        )
        {
            return null;
        }
        var named = (JsonText.Of(cvss, "baseSeverity") ?? severity)?.ToLowerInvariant();
        return new CvssScore
        {
            Version = version!,
            Vector = AdvisoryFields.Line(cvss, "vectorString") ?? "",
            Base = score,
            Severity = Severities.Contains(named) ? named : null,
            Scorer = scorer,
        };
    }

    /// <summary>The newest version first, the highest score of a version before the others, each once.</summary>
    internal static IReadOnlyList<CvssScore> InOrder(IEnumerable<CvssScore?> scores) =>
        [
            .. scores
                .OfType<CvssScore>()
                .Distinct()
                .OrderByDescending(s => s.Version, StringComparer.Ordinal)
                .ThenByDescending(s => s.Base)
                .ThenBy(s => s.Scorer, StringComparer.Ordinal)
                .ThenBy(s => s.Vector, StringComparer.Ordinal)
                .Take(AdvisoryLimits.Scores),
        ];

    /// <summary>In words: "CVSS 3.1 base score 9.8 (critical)".</summary>
    internal static string Say(CvssScore score) =>
        $"CVSS {score.Version} base score {Number(score.Base)}{(score.Severity is null ? "" : $" ({score.Severity})")}";

    internal static string Number(double score) => score.ToString("0.0", CultureInfo.InvariantCulture);
}
