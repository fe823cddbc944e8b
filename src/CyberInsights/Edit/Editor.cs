namespace CyberInsights.Edit;

/// <summary>People write; this stage puts what they scheduled on the site when its time has come.</summary>
public sealed class Editor(ArticleStore articles, ArticleSignal? signal = null) : IStage
{
    public Stage Stage => Stage.Edit;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var published = await articles.PublishDueAsync(cancel);
        if (published > 0 && signal is not null)
        {
            await signal.RaiseAsync(cancel);
        }
        return published;
    }
}

/// <summary>Tells whoever keeps pages that an article of the site has changed.</summary>
public sealed class ArticleSignal
{
    private readonly List<Func<CancellationToken, ValueTask>> listeners = [];

    /// <summary>Called after a change is stored. To be set up before anything is published.</summary>
    public void Listen(Func<CancellationToken, ValueTask> listener) => listeners.Add(listener);

    /// <summary>Returns when all have heard of it.</summary>
    public async Task RaiseAsync(CancellationToken cancel)
    {
        foreach (var listener in listeners)
        {
            await listener(cancel);
        }
    }
}
