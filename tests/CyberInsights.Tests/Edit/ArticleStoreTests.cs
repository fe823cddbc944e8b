using CyberInsights.Edit;
using CyberInsights.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Edit;

public sealed class ArticleStoreTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly FakeTimeProvider clock = Some.Clock();
    private Database database = null!;
    private ArticleStore articles = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await folder.DatabaseAsync("insights.db"), clock, Cancel);
        articles = new ArticleStore(database);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task An_article_goes_on_the_site_when_its_time_has_come_and_not_before()
    {
        await articles.SaveAsync(File("Text."), over: false, Cancel);
        var editor = new Editor(articles);

        Assert.Equal(0, await editor.RunAsync(Cancel));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await editor.RunAsync(Cancel));
        Assert.Equal(0, await editor.RunAsync(Cancel));

        var article = await StoredAsync();
        Assert.Equal(ArticleState.Published, article.State);
        var query = new SearchQuery
        {
            Groups =
            [
                [new SearchPhrase(["headline"])],
            ],
            Kinds = ["article"],
        };
        Assert.Equal(article.Id, Assert.Single(await database.FindAsync(query, Cancel)).Id);
    }

    [Fact]
    public async Task The_same_article_again_changes_nothing_and_another_text_is_a_new_revision()
    {
        Assert.Equal(ImportOutcome.Imported, await articles.SaveAsync(File("Text."), over: false, Cancel));
        Assert.Equal(ImportOutcome.Unchanged, await articles.SaveAsync(File("Text."), over: false, Cancel));
        Assert.Equal(ImportOutcome.Imported, await articles.SaveAsync(File("Another text."), over: false, Cancel));

        Assert.Equal(2, (await StoredAsync()).Revision);
        Assert.Equal(
            ["Text.", "Another text."],
            await database.QueryAsync<string>("select markdown from article_revisions order by number", null, Cancel)
        );
    }

    [Fact]
    public async Task Markup_in_Markdown_is_shown_as_text_and_never_runs()
    {
        await articles.SaveAsync(File("**Bold** <script>hx(1)</script> [x](javascript:hx(1))"), over: false, Cancel);

        var html = (await StoredAsync()).Html;

        Assert.Contains("<strong>Bold</strong>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<Article> StoredAsync() =>
        (await database.FirstAsync<Article>("select * from articles", null, Cancel))!;

    private static ArticleFile File(string markdown) =>
        new()
        {
            Slug = "a-headline",
            Title = "A headline",
            Author = "Somebody",
            Published = Some.Moment.AddHours(1),
            Markdown = markdown,
        };
}
