using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace CyberInsights.Net;

/// <summary>Where the program may connect to, and as whom.</summary>
public sealed record OutboundPolicy
{
    public OutboundLimits Limits { get; init; } = new();

    /// <summary>Sent with every request; never that of a browser, so that a publisher can tell who reads and say no.</summary>
    public string UserAgent { get; init; } = "CybersecurityInsights/0.1";

    /// <summary>Ports that may be connected to.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [80, 443, 8080, 8443];

    /// <summary>
    /// Where every host under <c>.example</c> is connected to over http. RFC 2606 reserves those names, so they can never be
    /// real: samples, replays and tests run the real HTTP path on loopback this way. Null: they are looked up like any name.
    /// </summary>
    public IPEndPoint? ReservedHosts { get; init; }

    /// <summary>The same for https; null while <see cref="ReservedHosts"/> is set: https to <c>.example</c> is refused.</summary>
    public IPEndPoint? ReservedHostsOverTls { get; init; }

    /// <summary>
    /// An address that the operator set: its scheme, host and port, and these alone, may be of this machine or network. Null: none
    /// may. Only what talks to that one service has such a policy, never what fetches for sources.
    /// </summary>
    public Uri? Trusted { get; init; }

    /// <summary>Root certificates trusted besides those of the machine. There is no switch to trust a bad certificate.</summary>
    public IReadOnlyList<X509Certificate2> ExtraRoots { get; init; } = [];

    /// <summary>Whether <paramref name="address"/> has scheme, host and port of <see cref="Trusted"/>.</summary>
    internal bool Trusts(Uri address) =>
        Trusted is { } trusted
        && (trusted.Scheme, trusted.IdnHost, trusted.Port) == (address.Scheme, address.IdnHost, address.Port);

    /// <summary>Whether <paramref name="host"/> is connected to <see cref="ReservedHosts"/>.</summary>
    internal bool Reserves(string host) =>
        (ReservedHosts ?? ReservedHostsOverTls) is not null
        && host.EndsWith(".example", StringComparison.OrdinalIgnoreCase);
}
