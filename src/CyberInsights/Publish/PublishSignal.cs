namespace CyberInsights.Publish;

/// <summary>Tells whoever keeps pages that something on the site has changed.</summary>
public sealed class PublishSignal
{
    private readonly List<Func<CancellationToken, ValueTask>> listeners = [];

    /// <summary>Called after a change is stored; the stage waits for it. To be set up before the stages run.</summary>
    public void Listen(Func<CancellationToken, ValueTask> listener) => listeners.Add(listener);

    internal async Task RaiseAsync(CancellationToken cancel)
    {
        foreach (var listener in listeners)
        {
            await listener(cancel);
        }
    }
}
