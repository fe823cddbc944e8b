namespace CyberInsights.Publish;

/// <summary>Tells whoever keeps pages that something on the site has changed. Thread safe.</summary>
public sealed class PublishSignal
{
    /// <summary>Raised after the change is stored, on the thread of the stage.</summary>
    public event Action? Published;

    internal void Raise() => Published?.Invoke();
}
