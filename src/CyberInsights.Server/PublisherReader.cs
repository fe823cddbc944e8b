using System.Text.RegularExpressions;
using CyberInsights.Server.Site;

namespace CyberInsights.Server;

/// <summary>Reads how the site is told of elsewhere; who publishes it can be changed at the desk.</summary>
internal static partial class PublisherReader
{
    internal static IReadOnlyList<string> Names { get; } =
    [nameof(PublisherSettings.ActivityPub), nameof(PublisherSettings.IndexNowKey)];

    internal static PublisherSettings Read(IConfiguration section, List<string> problems) =>
        new()
        {
            ActivityPub = NewsroomSettings.YesOrNo(section, nameof(PublisherSettings.ActivityPub), false, problems),
            IndexNowKey = KeyOf(section[nameof(PublisherSettings.IndexNowKey)], problems),
        };

    private static string? KeyOf(string? written, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(written) || Key.IsMatch(written.Trim()))
        {
            return string.IsNullOrWhiteSpace(written) ? null : written.Trim();
        }
        problems.Add(
            $"Insights__{nameof(PublisherSettings.IndexNowKey)} is '{written}'. Write it as 8 to 128 letters a to z, digits and dashes."
        );
        return null;
    }

    // indexnow.org, "Verifying ownership via the key".
    [GeneratedRegex(@"^[A-Za-z0-9-]{8,128}\z", RegexOptions.None, 1000)]
    private static partial Regex Key { get; }
}
