using CyberInsights.Edit;

namespace CyberInsights.Tests.Edit;

public sealed class ArticleFileTests
{
    private const string Good = """
        ---
        title: "Fourteen, then eleven"
        author: Idris Valcourt
        published: 2025-05-28T21:40:00+02:00
        topics: [attacks]
        events: [Thornmere, hospital]
        ---

        A number was **wrong**.
        """;

    [Fact]
    public void An_article_is_read_with_its_front_matter()
    {
        var article = ArticleFile.Parse("fourteen-then-eleven.md", Good);

        Assert.Equal("fourteen-then-eleven", article.Slug);
        Assert.Equal("Fourteen, then eleven", article.Title);
        Assert.Equal(new DateTimeOffset(2025, 5, 28, 19, 40, 0, TimeSpan.Zero), article.Published);
        Assert.Equal(["Thornmere", "hospital"], article.Events);
        Assert.Equal("A number was **wrong**.", article.Markdown);
    }

    [Theory]
    [InlineData("no dashes at all", "has no front matter")]
    [InlineData("---\ntitle: x\n", "has no front matter")]
    [InlineData("---\nauthor: x\npublished: 2025-05-28\n---\ntext", "has no title")]
    [InlineData("---\ntitle: x\npublished: 2025-05-28\n---\ntext", "has no author")]
    [InlineData("---\ntitle: x\nauthor: y\n---\ntext", "has no published")]
    [InlineData("---\ntitle: x\nauthor: y\npublished: soon\n---\ntext", "has a date that cannot be read, 'soon'")]
    [InlineData("---\ntitle: [x\n---\ntext", "front matter that is not YAML")]
    [InlineData("---\ntitle: x\nauthor: y\nslug: ../up\npublished: 2025-05-28\n---\ntext", "has the slug '../up'")]
    public void A_file_that_cannot_be_used_is_refused_with_its_name_and_what_is_missing(string text, string sentence)
    {
        var refusal = Assert.Throws<RefusalException>(() => ArticleFile.Parse("a.md", text));

        Assert.Equal(RefusalKind.BadInput, refusal.Kind);
        Assert.StartsWith("The article a.md", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("not imported", refusal.Message, StringComparison.Ordinal);
    }
}
