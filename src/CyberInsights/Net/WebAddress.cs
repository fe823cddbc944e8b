using System.Net;
using System.Text.RegularExpressions;

namespace CyberInsights.Net;

/// <summary>Which addresses may be fetched at all, as far as can be told without asking the network.</summary>
internal static partial class WebAddress
{
    // Names that mean this machine or this network (RFC 6761, 6762, 7686, 8375, 9476) or usually do.
    private static readonly string[] LocalSuffixes =
    [
        "localhost",
        "local",
        "localdomain",
        "lan",
        "home",
        "corp",
        "intranet",
        "private",
        "internal",
        "home.arpa",
        "svc",
        "test",
        "invalid",
        "onion",
        "alt",
    ];

    /// <summary>The address in the form it is fetched in (host in ASCII, no final dot), or null when it may not be fetched.</summary>
    internal static Uri? Read(string text, OutboundPolicy policy) =>
        text.Length <= policy.Limits.MaxAddressCharacters
        && !text.Any(c => char.IsControl(c) || c is '\\' or '\u2028' or '\u2029')
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? Read(address, policy)
            : null;

    /// <inheritdoc cref="Read(string, OutboundPolicy)"/>
    internal static Uri? Read(Uri address, OutboundPolicy policy)
    {
        if (
            !address.IsAbsoluteUri
            || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length > 0
            || !(policy.Ports.Contains(address.Port) || policy.Trusts(address))
            || address.AbsoluteUri.Length > policy.Limits.MaxAddressCharacters
        )
        {
            return null;
        }
        // Host keeps full-width digits and ideographic dots; only IdnHost is what would be connected to.
        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : AsciiHost(address);
        return host is not null && (AllowsHost(host) || policy.Trusts(address)) ? WithHost(address, host) : null;
    }

    private static string? AsciiHost(Uri address)
    {
        try
        {
            var host = address.IdnHost.ToLowerInvariant();
            return host.EndsWith('.') ? host[..^1] : host;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static bool AllowsHost(string host)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return PublicAddress.Allows(literal);
        }
        return host.Length <= 253
            && HostName.IsMatch(host)
            && !LocalSuffixes.Any(s => host.EndsWith($".{s}", StringComparison.Ordinal));
    }

    private static Uri WithHost(Uri address, string host) =>
        address.Host == host ? address : new UriBuilder(address) { Host = host }.Uri;

    // At least two labels, and a last one that is not a number: "http://db/" is of this network, "1.2.3.400" of none.
    [GeneratedRegex(
        @"\A(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?!\d+\z|0x)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 500
    )]
    private static partial Regex HostName { get; }
}
