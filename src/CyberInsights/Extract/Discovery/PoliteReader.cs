using CyberInsights.Capture;
using CyberInsights.Net;

namespace CyberInsights.Extract.Discovery;

/// <summary>One request at a time, with the rest that capture gives a host, and none to a host that asked to be left alone.</summary>
internal sealed class PoliteReader(GuardedHttp http, CaptureLimits limits)
{
    private readonly HostGate gate = new(perHost: 1, TimeProvider.System);
    private readonly Dictionary<string, FetchOutcome> closed = new(StringComparer.OrdinalIgnoreCase);

    public int Requests { get; private set; }

    public async Task<FetchOutcome> GetAsync(Uri address, CancellationToken cancel)
    {
        if (closed.TryGetValue(address.Host, out var told))
        {
            return told;
        }

        var gap = http.IsReserved(address) ? TimeSpan.Zero : limits.HostGap;
        while (!gate.TryEnter(address.Host, gap))
        {
            await Task.Delay(gate.Rest(address.Host), cancel);
        }

        try
        {
            Requests++;
            var outcome = await http.GetAsync(new FetchRequest { Address = address }, cancel);
            if (outcome is FetchOutcome.Throttled)
            {
                closed[address.Host] = outcome;
            }

            return outcome;
        }
        finally
        {
            gate.Leave(address.Host);
        }
    }
}
