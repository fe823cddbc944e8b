namespace CyberInsights.Deliver;

/// <summary>Keeps mails at even distances in time. Thread safe.</summary>
/// <param name="perMinute">Null: no pause.</param>
internal sealed class MailPace(int? perMinute, TimeProvider clock)
{
    private readonly Lock gate = new();
    private DateTimeOffset next;

    /// <summary>How many mails are worth taking at once: what goes out within a minute, so that none lies taken for long.</summary>
    internal int Most(int batch) => Math.Min(batch, perMinute ?? batch);

    internal async Task WaitAsync(CancellationToken cancel)
    {
        if (perMinute is not { } most)
        {
            return;
        }
        TimeSpan pause;
        lock (gate)
        {
            var now = clock.GetUtcNow();
            next = next > now ? next : now;
            pause = next - now;
            next += TimeSpan.FromMinutes(1) / most;
        }
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, clock, cancel);
        }
    }
}
