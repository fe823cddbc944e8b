namespace CyberInsights.Server.Site.Cards;

/// <summary>Draws one card at a time, since fonts are shared and a small machine has pages to make; lets few wait. Thread safe.</summary>
internal sealed class CardPainter : IDisposable
{
    internal const string ContentType = "image/png";

    private const int MaxWaiting = 32;

    private readonly SemaphoreSlim turn = new(1);
    private readonly Lazy<CardDrawing> drawing = new(() => new CardDrawing());
    private int waiting;

    public void Dispose()
    {
        turn.Dispose();
        if (drawing.IsValueCreated)
        {
            drawing.Value.Dispose();
        }
    }

    /// <summary>Null when too many wait already.</summary>
    internal async Task<Body?> PaintAsync(ShareCard card, CancellationToken cancel)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > MaxWaiting)
            {
                return null;
            }
            await turn.WaitAsync(cancel);
            try
            {
                return Body.Of(drawing.Value.Draw(card), ContentType);
            }
            finally
            {
                turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
