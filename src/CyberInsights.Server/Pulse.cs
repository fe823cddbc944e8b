namespace CyberInsights.Server;

/// <summary>Wakes the loops of the stages when one of them, or somebody outside, has made work for another. Thread safe.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource next = New();

    /// <summary>Wakes all who wait.</summary>
    internal void Raise() => Interlocked.Exchange(ref next, New()).SetResult();

    /// <summary>What completes at the next pulse; take it before looking for work, so that no pulse is missed in between.</summary>
    internal Task Next => Volatile.Read(ref next).Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
