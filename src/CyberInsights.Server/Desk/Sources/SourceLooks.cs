using System.Security.Cryptography;

namespace CyberInsights.Server.Desk.Sources;

/// <summary>
/// What was fetched to be looked at, for a while: the form that asks for it is answered by 303, so that no reload fetches again. Thread safe;
/// only the newest are kept, in memory, and only for who asked.
/// </summary>
internal sealed class SourceLooks(TimeProvider clock)
{
    /// <summary>The most looks kept for all members together: a test holds the whole document.</summary>
    internal const int Most = 16;

    /// <summary>How long one is kept.</summary>
    internal static readonly TimeSpan Age = TimeSpan.FromMinutes(30);

    private readonly Lock gate = new();
    private readonly Queue<(string Id, long AccountId, DateTimeOffset At, object Look)> kept = new();

    /// <returns>The name under which it is found again.</returns>
    internal string Keep(long accountId, object look)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        lock (gate)
        {
            kept.Enqueue((id, accountId, clock.GetUtcNow(), look));
            while (kept.Count > Most || kept.Peek().At < clock.GetUtcNow() - Age)
            {
                kept.Dequeue();
            }
        }
        return id;
    }

    /// <summary>Null: it is another member's, of another kind, or no longer kept.</summary>
    internal T? Find<T>(long accountId, string? id)
        where T : class
    {
        lock (gate)
        {
            return kept.FirstOrDefault(k =>
                    k.Id == id && k.AccountId == accountId && k.At >= clock.GetUtcNow() - Age
                ).Look as T;
        }
    }
}
