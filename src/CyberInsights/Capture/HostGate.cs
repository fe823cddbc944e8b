namespace CyberInsights.Capture;

/// <summary>
/// Politeness: how many fetches run for a host, and when the next may start. The gap is measured with the machine's steady
/// clock, because it is about load on real servers. Use from one thread at a time.
/// </summary>
internal sealed class HostGate(int perHost, TimeProvider steady)
{
    private const int ManyHosts = 1000;

    private readonly Dictionary<string, Host> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a place at <paramref name="host"/>; false when all are taken or the last start was too recent.</summary>
    internal bool TryEnter(string host, TimeSpan gap)
    {
        if (!hosts.TryGetValue(host, out var state))
        {
            Forget();
            hosts[host] = state = new Host();
        }
        if (state.Running >= perHost || Rest(state) > TimeSpan.Zero)
        {
            return false;
        }
        state.Running++;
        state.StartedAt = steady.GetTimestamp();
        state.Gap = gap;
        return true;
    }

    internal void Leave(string host) => hosts[host].Running--;

    /// <summary>How long until the gap of <paramref name="host"/> is over.</summary>
    internal TimeSpan Rest(string host) => hosts.TryGetValue(host, out var state) ? Rest(state) : TimeSpan.Zero;

    private TimeSpan Rest(Host state) =>
        state.Gap - steady.GetElapsedTime(state.StartedAt) is var rest && rest > TimeSpan.Zero ? rest : TimeSpan.Zero;

    private void Forget()
    {
        if (hosts.Count >= ManyHosts)
        {
            foreach (
                var (name, state) in hosts.Where(h => h.Value.Running == 0 && Rest(h.Value) == TimeSpan.Zero).ToList()
            )
            {
                hosts.Remove(name);
            }
        }
    }

    private sealed class Host
    {
        internal int Running { get; set; }
        internal long StartedAt { get; set; }
        internal TimeSpan Gap { get; set; }
    }
}
