namespace CyberInsights.Deliver;

/// <summary>When what could not be delivered is tried again: after 1, 4, 16 ... minutes, eight times in all.</summary>
internal static class Retry
{
    internal const int MaxAttempts = 8;

    /// <param name="attempts">Made before the one that just failed.</param>
    /// <returns>Null when that was the last.</returns>
    internal static DateTimeOffset? At(DateTimeOffset now, int attempts) =>
        attempts + 1 < MaxAttempts ? now + TimeSpan.FromMinutes(Math.Pow(4, attempts)) : null;
}
