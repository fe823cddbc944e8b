namespace CyberInsights.Net;

/// <summary>
/// The one sentence for every address that may not be fetched. It is the same for a closed port, an open one and a name that
/// leads inside, so that nobody can use it to look around in this network.
/// </summary>
internal static class Refusal
{
    internal static string Sentence(string address, OutboundPolicy policy) =>
        $"{OneLine.Of(address, 120)} is not an address on the public internet that may be fetched (http or https, port {Ports(policy)}, no user name, no private or local host): nothing was fetched. Give the address that a reader's browser opens.";

    private static string Ports(OutboundPolicy policy) =>
        policy.Ports.Count == 1
            ? $"{policy.Ports[0]}"
            : $"{string.Join(", ", policy.Ports.Take(policy.Ports.Count - 1))} or {policy.Ports[^1]}";
}
