using System.Text.RegularExpressions;
using CyberInsights.Server.Site;

namespace CyberInsights.Server;

/// <summary>Reads the settings about who publishes the site; all of them may be absent.</summary>
internal static partial class PublisherReader
{
    internal static IReadOnlyList<string> Names { get; } =
    [
        nameof(PublisherSettings.Ownership),
        nameof(PublisherSettings.Masthead),
        nameof(PublisherSettings.Imprint),
        nameof(PublisherSettings.Fediverse),
        nameof(PublisherSettings.ActivityPub),
        nameof(PublisherSettings.SecurityContact),
        nameof(PublisherSettings.SecurityPolicy),
        nameof(PublisherSettings.SecurityKey),
        nameof(PublisherSettings.IndexNowKey),
        nameof(PublisherSettings.MiningReserved),
        nameof(PublisherSettings.MiningPolicy),
    ];

    internal static PublisherSettings Read(IConfiguration section, List<string> problems) =>
        new()
        {
            Ownership = Text(section, nameof(PublisherSettings.Ownership)),
            Masthead = Text(section, nameof(PublisherSettings.Masthead)),
            Imprint = Text(section, nameof(PublisherSettings.Imprint)),
            Fediverse = Fitting(section, nameof(PublisherSettings.Fediverse), Account, "@name@host", problems),
            ActivityPub = NewsroomSettings.YesOrNo(section, nameof(PublisherSettings.ActivityPub), false, problems),
            SecurityContact = Address(
                section,
                nameof(PublisherSettings.SecurityContact),
                ["https", "mailto", "tel"],
                problems
            ),
            SecurityPolicy = Address(section, nameof(PublisherSettings.SecurityPolicy), ["https"], problems),
            SecurityKey = Address(
                section,
                nameof(PublisherSettings.SecurityKey),
                ["https", "dns", "openpgp4fpr"],
                problems
            ),
            IndexNowKey = Fitting(
                section,
                nameof(PublisherSettings.IndexNowKey),
                Key,
                "8 to 128 letters a to z, digits and dashes",
                problems
            ),
            MiningReserved = NewsroomSettings.YesOrNo(
                section,
                nameof(PublisherSettings.MiningReserved),
                false,
                problems
            ),
            MiningPolicy = Address(section, nameof(PublisherSettings.MiningPolicy), ["https"], problems),
        };

    private static string? Text(IConfiguration section, string name) =>
        string.IsNullOrWhiteSpace(section[name]) ? null : section[name]!.Trim();

    private static string? Fitting(
        IConfiguration section,
        string name,
        Regex form,
        string written,
        List<string> problems
    )
    {
        if (Text(section, name) is not { } value || form.IsMatch(value))
        {
            return Text(section, name);
        }
        problems.Add($"Insights__{name} is '{value}'. Write it as {written}.");
        return null;
    }

    private static Uri? Address(IConfiguration section, string name, string[] schemes, List<string> problems)
    {
        if (Text(section, name) is not { } value)
        {
            return null;
        }
        if (Uri.TryCreate(value, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme))
        {
            return address;
        }
        problems.Add(
            $"Insights__{name} is '{value}'. Write an address that begins with {string.Join(": or ", schemes)}:."
        );
        return null;
    }

    [GeneratedRegex(@"^@[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+\z", RegexOptions.None, 1000)]
    private static partial Regex Account { get; }

    // indexnow.org, "Verifying ownership via the key".
    [GeneratedRegex(@"^[A-Za-z0-9-]{8,128}\z", RegexOptions.None, 1000)]
    private static partial Regex Key { get; }
}
