using System.Text.Json;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Advisories;

/// <summary>The versions of an affected product in words (CVE JSON 5, <c>affected.versions</c>).</summary>
internal static class AffectedWords
{
    private const int Ranges = 6;

    /// <summary>"Northline Relay 4.0 before 4.2.1, 5.0"; null when neither a product nor a version is named.</summary>
    internal static string? Of(JsonElement affected)
    {
        var product = string.Join(
            ' ',
            new[] { AdvisoryFields.Line(affected, "vendor"), AdvisoryFields.Line(affected, "product") }
                .OfType<string>()
                .Where(n => !n.Equals("n/a", StringComparison.OrdinalIgnoreCase))
        );
        var ranges = AdvisoryFields
            .Objects(affected, "versions")
            .Where(v => JsonText.Of(v, "status") == "affected")
            .Select(Range)
            .OfType<string>()
            .Take(Ranges);
        return AdvisoryFields.Line($"{product} {string.Join(" or ", ranges)}");
    }

    private static string? Range(JsonElement version)
    {
        var from = AdvisoryFields.Line(version, "version");
        var (below, upTo) = (AdvisoryFields.Line(version, "lessThan"), AdvisoryFields.Line(version, "lessThanOrEqual"));
        // The schema writes "0" for the first version and "*" for all that follow.
        var start = from is "0" or "n/a" or "unspecified" or "*" ? null : from;
        return below is not null and not "*" ? Joined(start, $"before {below}")
            : upTo is not null and not "*" ? Joined(start, $"up to {upTo}")
            : below is not null || upTo is not null ? Joined(start, "and later")
            : start;
    }

    private static string Joined(string? start, string end) => start is null ? end : $"{start} {end}";
}
