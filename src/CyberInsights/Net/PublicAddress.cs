using System.Net;
using System.Net.Sockets;

namespace CyberInsights.Net;

/// <summary>
/// Which IP addresses are global unicast. Allowed, not blocked: whatever is not known to be public is not. From the IANA
/// special-purpose registries (RFC 6890 and its updates); IPv6 forms that carry an IPv4 address are judged by that address or refused.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic4 =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32", // a public address on which a large cloud serves its machines' secrets
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork GlobalUnicast6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    private static readonly IPNetwork[] NotPublic6 =
    [
        .. new[]
        {
            "2001::/23", // IETF protocols, Teredo among them
            "2001:db8::/32",
            "2002::/16", // 6to4, withdrawn by RFC 7526
            "3fff::/20",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    internal static bool Allows(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !NotPublic4.Any(n => n.Contains(address));
        }
        if (address.IsIPv4MappedToIPv6)
        {
            return Allows(address.MapToIPv4());
        }
        // A machine without IPv4 reaches IPv4 sites through NAT64, so the well-known prefix must work (RFC 6052).
        if (Nat64.Contains(address))
        {
            return Allows(Last32Bits(address));
        }
        return address.ScopeId == 0
            && GlobalUnicast6.Contains(address)
            && !NotPublic6.Any(n => n.Contains(address))
            && (!IsIsatap(address) || Allows(Last32Bits(address)));
    }

    // RFC 5214, section 6.1: the interface identifier is 0000:5efe or 0200:5efe and an IPv4 address.
    private static bool IsIsatap(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes[8] is 0 or 2 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
    }

    private static IPAddress Last32Bits(IPAddress address) => new(address.GetAddressBytes().AsSpan(12));
}
