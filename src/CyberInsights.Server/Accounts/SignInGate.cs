namespace CyberInsights.Server.Accounts;

/// <summary>
/// Lets guesses of passwords wait, longer with each. Counted by who guesses, not by the account alone: a browser or network from which the
/// account signed in before waits for its own mistakes only, so that no stranger can lock an owner out. In memory; thread safe.
/// </summary>
internal sealed class SignInGate(TimeProvider clock)
{
    /// <summary>Guesses without waiting: of one account from one place, of one account from all strangers, of all accounts from one network.</summary>
    internal const int FromPlace = 5;
    internal const int FromStrangers = 10;
    internal const int FromNetwork = 20;

    /// <summary>More counters than this are not kept; what has none of its own then shares one.</summary>
    internal const int MostCounters = 50_000;

    internal static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    private readonly Lock door = new();
    private readonly Dictionary<string, Count> counters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> known = new(StringComparer.Ordinal);

    /// <summary>Counts a guess before it is looked at, so that many at once are no way around.</summary>
    /// <param name="device">What the browser's cookie of an earlier sign-in to this account says; null: it has none.</param>
    /// <returns>How long to wait first; null: go on.</returns>
    internal TimeSpan? Take(string account, string network, string? device)
    {
        lock (door)
        {
            var now = clock.GetUtcNow();
            Forget(now);
            var keys = Keys(account, network, device).ToList();
            var pause = keys.Max(k => Pause(k.Key, k.Free, now));
            if (pause > TimeSpan.Zero)
            {
                return pause;
            }
            foreach (var (key, _) in keys)
            {
                var kept = Kept(key);
                counters[kept] = new Count((counters.GetValueOrDefault(kept)?.Guesses ?? 0) + 1, now);
            }
            return null;
        }
    }

    /// <summary>The guess was right: the place is known from now on, and what it got wrong before is forgotten.</summary>
    internal void Succeeded(string account, string network, string? device)
    {
        lock (door)
        {
            foreach (var (key, _) in Keys(account, network, device))
            {
                if (counters.GetValueOrDefault(Kept(key)) is { } count)
                {
                    // What others guessed is still counted; only this guess is taken back.
                    counters[Kept(key)] = count with
                    {
                        Guesses = count.Guesses - 1,
                    };
                }
            }
            counters.Remove(Place(account, network, device));
            if (known.Count < MostCounters)
            {
                known[Place(account, network, null)] = clock.GetUtcNow();
            }
        }
    }

    private IEnumerable<(string Key, int Free)> Keys(string account, string network, string? device)
    {
        yield return (Place(account, network, device), FromPlace);
        if (device is null && !known.ContainsKey(Place(account, network, null)))
        {
            yield return ($"account {account}", FromStrangers);
            yield return ($"network {network}", FromNetwork);
        }
    }

    private static string Place(string account, string network, string? device) =>
        device is null ? $"place {network} {account}" : $"device {device} {account}";

    private TimeSpan Pause(string key, int free, DateTimeOffset now)
    {
        if (counters.GetValueOrDefault(Kept(key)) is not { } count || count.Guesses < free)
        {
            return TimeSpan.Zero;
        }
        var seconds = Math.Min(Math.Pow(2, Math.Min(count.Guesses - free, 20)), LongestPause.TotalSeconds);
        return count.Last + TimeSpan.FromSeconds(seconds) - now;
    }

    private string Kept(string key) => counters.ContainsKey(key) || counters.Count < MostCounters ? key : "others";

    private void Forget(DateTimeOffset now)
    {
        if (counters.Count < MostCounters / 2 && known.Count < MostCounters / 2)
        {
            return;
        }
        foreach (var old in counters.Where(c => now - c.Value.Last > Memory).Select(c => c.Key).ToList())
        {
            counters.Remove(old);
        }
        foreach (var old in known.Where(k => now - k.Value > Memory).Select(k => k.Key).ToList())
        {
            known.Remove(old);
        }
    }

    private sealed record Count(int Guesses, DateTimeOffset Last);
}
