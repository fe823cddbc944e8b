using CyberInsights.Edit;

namespace CyberInsights.Tests.Edit;

public sealed class ArticleTextTests
{
    [Fact]
    public void What_stands_alone_is_put_in_and_all_else_is_text_in_order()
    {
        const string markdown = """
            One **bold** word.

            {{event: mail-theft}}

            ## What `we` know

            {{ statement: 42 }}

            [The file](/events/other-theft)

            See [the file](/events/mail-theft) and {{event: mail-theft}}.

            ![A chart](chart.png)
            """;

        var parts = ArticleText.Parts(markdown);

        Assert.Equal(
            [
                (ArticlePartKind.Markup, "<p>One <strong>bold</strong> word.</p>"),
                (ArticlePartKind.Event, "mail-theft"),
                (ArticlePartKind.Heading, "What we know"),
                (ArticlePartKind.Statement, "42"),
                (ArticlePartKind.Event, "other-theft"),
                (ArticlePartKind.Markup, "<p>See <a>the file</a> and {{event: mail-theft}}.</p>"),
                (ArticlePartKind.Picture, "chart.png"),
            ],
            parts.Select(p => (p.Kind, p.Text))
        );
    }

    [Theory]
    [InlineData("{{event: ../up}}")]
    [InlineData("{{statement: 1 or 1=1}}")]
    [InlineData("{{nonsense: x}}")]
    [InlineData("    {{event: in-code}}")]
    [InlineData("> {{event: quoted}}")]
    [InlineData("[x](https://elsewhere.example/events/mail-theft)")]
    public void What_is_no_insert_stays_text(string markdown) =>
        Assert.Equal(ArticlePartKind.Markup, Assert.Single(ArticleText.Parts(markdown)).Kind);

    [Fact]
    public void Feeds_get_the_words_without_what_is_put_in()
    {
        var html = ArticleText.Html(ArticleText.Parts("A\n\n{{event: x}}\n\n## <b> & c\n\nB"));

        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
        Assert.Contains("<h2>&lt;b&gt; &amp; c</h2>", html, StringComparison.Ordinal);
    }
}
