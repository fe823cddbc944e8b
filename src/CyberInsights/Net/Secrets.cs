using System.Text.RegularExpressions;

namespace CyberInsights.Net;

/// <summary>Takes what opens a door out of what a person is shown of an exchange.</summary>
internal static partial class Secrets
{
    private const string Mask = "***";

    private static readonly HashSet<string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "Set-Cookie",
        "X-Api-Key",
        "Api-Key",
        "ApiKey",
        "X-Auth-Token",
    };

    /// <summary>An address with the values of its query that are called like keys masked.</summary>
    internal static string Masked(string address) => InQuery.Replace(address, Mask);

    /// <summary>The value of a header: masked when the header carries a secret, else as <see cref="Masked(string)"/>.</summary>
    internal static string Masked(string header, string value) => Headers.Contains(header) ? Mask : Masked(value);

    [GeneratedRegex(
        @"(?<=[?&;](?:[a-z_-]*(?:token|secret|password|passwd|signature|api_?key|auth)|key|sig|pw)=)[^&;#\s]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex InQuery { get; }
}
