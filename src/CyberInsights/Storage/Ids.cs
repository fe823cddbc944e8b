namespace CyberInsights.Storage;

/// <summary>
/// Ids in order of time: milliseconds since 1970 times 4,096 plus a counter, so that "newest" and "the last N days" are key
/// ranges. They stay below 2^53 until the year 2039 and so survive JavaScript numbers. Thread safe.
/// </summary>
public sealed class Ids
{
    private const int PerMillisecond = 4096;

    private readonly Lock gate = new();
    private long last;

    /// <summary>An id larger than all before; when the clock stands or steps back it counts on from the last one.</summary>
    public long Next(DateTimeOffset now)
    {
        lock (gate)
        {
            last = Math.Max(last + 1, First(now));
            return last;
        }
    }

    /// <summary>Ids after a restart go on after <paramref name="highest"/>, the largest one stored.</summary>
    internal void StartAfter(long highest)
    {
        lock (gate)
        {
            last = Math.Max(last, highest);
        }
    }

    /// <summary>The smallest id that <paramref name="moment"/> can give.</summary>
    public static long First(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() * PerMillisecond;

    /// <summary>When an id was given, to the millisecond.</summary>
    public static DateTimeOffset At(long id) => DateTimeOffset.FromUnixTimeMilliseconds(id / PerMillisecond);
}
