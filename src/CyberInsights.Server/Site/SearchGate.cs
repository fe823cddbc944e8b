namespace CyberInsights.Server.Site;

/// <summary>
/// Lets a client search twice at the same time: a third search waits its turn, and is refused after a second. Addresses are known only while they search, and are written nowhere.
/// </summary>
internal sealed class SearchGate
{
    /// <summary>Searches of one client at the same time.</summary>
    internal const int MaxAtOnce = 2;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>Seconds after which a refused client may ask again.</summary>
    internal const string RetryAfter = "2";

    private readonly Dictionary<string, Turns> clients = new(StringComparer.Ordinal);

    /// <summary>The answer of <paramref name="search"/>; null when the client has too many searches under way or a statement took too long.</summary>
    internal async Task<T?> SearchAsync<T>(HttpContext http, Func<CancellationToken, Task<T>> search)
        where T : class
    {
        var client = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var turns = Enter(client);
        try
        {
            if (!await turns.Free.WaitAsync(LongestWait, http.RequestAborted))
            {
                return null;
            }
            try
            {
                return await search(http.RequestAborted);
            }
            catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
            {
                return null;
            }
            finally
            {
                turns.Free.Release();
            }
        }
        finally
        {
            Leave(client, turns);
        }
    }

    private Turns Enter(string client)
    {
        lock (clients)
        {
            if (!clients.TryGetValue(client, out var turns))
            {
                clients[client] = turns = new Turns();
            }
            turns.Inside++;
            return turns;
        }
    }

    private void Leave(string client, Turns turns)
    {
        lock (clients)
        {
            if (--turns.Inside == 0)
            {
                clients.Remove(client);
                turns.Dispose();
            }
        }
    }

    private sealed class Turns : IDisposable
    {
        internal SemaphoreSlim Free { get; } = new(MaxAtOnce, MaxAtOnce);
        internal int Inside { get; set; }

        public void Dispose() => Free.Dispose();
    }
}
