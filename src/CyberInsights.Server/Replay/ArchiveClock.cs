namespace CyberInsights.Server.Replay;

/// <summary>A clock that stands at the moment of the archive that is being played; timers and time-outs run in real time.</summary>
internal sealed class ArchiveClock : TimeProvider
{
    private long moment = DateTimeOffset.UnixEpoch.UtcTicks;

    internal void Set(DateTimeOffset to) => Interlocked.Exchange(ref moment, to.UtcTicks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref moment), TimeSpan.Zero);
}
