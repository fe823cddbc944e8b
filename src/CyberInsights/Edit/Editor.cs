namespace CyberInsights.Edit;

/// <summary>People write; this stage puts what they scheduled on the site when its time has come.</summary>
public sealed class Editor(ArticleStore articles) : IStage
{
    public Stage Stage => Stage.Edit;

    public Task<int> RunAsync(CancellationToken cancel) => articles.PublishDueAsync(cancel);
}
