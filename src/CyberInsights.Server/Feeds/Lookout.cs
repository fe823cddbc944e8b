namespace CyberInsights.Server.Feeds;

/// <summary>When what is published is looked at again: ten seconds after the last look once something was, else after a minute, as articles come out by the clock.</summary>
internal sealed class Lookout(TimeProvider clock)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private DateTimeOffset looked;
    private volatile bool published = true;

    internal void Notice() => published = true;

    /// <summary>Whether to look now; the next time counts from here.</summary>
    internal bool IsTime()
    {
        var now = clock.GetUtcNow();
        if (now - looked < (published ? Rest : Pause))
        {
            return false;
        }
        (published, looked) = (false, now);
        return true;
    }
}
