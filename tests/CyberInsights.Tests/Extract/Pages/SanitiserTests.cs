using CyberInsights.Extract.Pages;

namespace CyberInsights.Tests.Extract.Pages;

public sealed class SanitiserTests
{
    private static readonly Uri Page = new("https://pub.example/news/1");

    [Theory]
    [InlineData("<h1>Head</h1><p>One  two\n three</p><ul><li>a</li><li>b</li></ul>", "Head\n\nOne two three\n\na\n\nb")]
    [InlineData("<p>line<br>line<br><br>next</p>", "line\nline\n\nnext")]
    [InlineData("<table><tr><th>CVE<td>Score<tr><td>2026-1<td>9.8</table>", "CVE | Score\n\n2026-1 | 9.8")]
    [InlineData("<pre>\n\na\n  b</pre>", "a\nb")]
    [InlineData("He said <q>no</q>.", "He said \u201Cno\u201D.")]
    [InlineData("A &amp; B &lt;script&gt;", "A & B <script>")]
    [InlineData("plain > text\r\n here", "plain > text here")]
    [InlineData(
        "<p>seen</p><p hidden>not</p><p style='display: none'>not</p><script>not</script><style>not</style>",
        "seen"
    )]
    [InlineData(
        "<p>re\u202Eport\u200B, Pass\u00ADword, \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645</p>",
        "report, Password, \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"
    )]
    [InlineData("", "")]
    public void Text_is_what_a_reader_sees(string html, string text) =>
        Assert.Equal(text, Sanitiser.Clean(html, Page).Text);

    [Theory]
    [InlineData("<a href='/a?b=1#c'>x</a>", "<a href=\"https://pub.example/a?b=1#c\">x</a>")]
    [InlineData("<a href='//other.example/x'>x</a>", "<a href=\"https://other.example/x\">x</a>")]
    [InlineData("<a href='/\\other.example/x'>x</a>", "<a href=\"https://other.example/x\">x</a>")]
    [InlineData("<a href='mailto:a@pub.example?bcc=b@pub.example'>x</a>", "<a href=\"mailto:a@pub.example\">x</a>")]
    [InlineData("<a href='https://bank.example@evil.example/'>x</a>", "<a>x</a>")]
    [InlineData("<a href='java\tscript:hx(1)'>x</a>", "<a>x</a>")]
    [InlineData("<a href='https://\u0430pple.example/'>x</a>", "<a href=\"https://xn--pple-43d.example/\">x</a>")]
    [InlineData("<h1>x</h1>", "<h2>x</h2>")]
    [InlineData("<section><p>x</p></section>", "<div><p>x</p></div>")]
    [InlineData("<p dir=RTL lang='../x' class=c id=i>x</p>", "<p dir=\"rtl\">x</p>")]
    [InlineData("<p><img src=/a.png></p><p>x</p>", "<p>x</p>")]
    public void Markup_is_brought_to_what_may_be_shown(string html, string expected) =>
        Assert.Equal(expected, Sanitiser.Clean(html, Page).Html);

    [Fact]
    public void A_relative_link_without_a_page_loses_its_target() =>
        Assert.Equal("<a>x</a>", Sanitiser.Clean("<a href='/a'>x</a>", null).Html);

    [Theory]
    [InlineData(
        "<img src=/p.gif width=1 height=1><img data-src='/lead.jpg' src='data:image/gif;base64,R0'>",
        "https://pub.example/lead.jpg"
    )]
    [InlineData("<p>none</p>", null)]
    public void The_lead_picture_is_kept_apart(string html, string? image) =>
        Assert.Equal(image, Sanitiser.Clean(html, Page).Image);

    [Fact]
    public void Twenty_thousand_nested_elements_become_text_and_lose_nothing()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 20_000)) + "<p>deep story</p>";
        Assert.Equal(new CleanText("<p>deep story</p>", "deep story"), Sanitiser.Clean(html, Page));
    }

    [Fact]
    public void A_text_beyond_the_limit_is_cut_at_a_word_and_says_so()
    {
        var html = "<p>" + string.Concat(Enumerable.Repeat("wörter ", 1_500_000)) + "</p>";
        var clean = Sanitiser.Clean(html, Page);
        Assert.True(clean.Truncated);
        Assert.InRange(clean.Text.Length, Sanitiser.MaxText - 10, Sanitiser.MaxText);
        Assert.EndsWith("wörter", clean.Text, StringComparison.Ordinal);
        Assert.Equal(clean.Html, Sanitiser.Clean(clean.Html, Page).Html);
    }

    [Fact]
    public void No_mutation_of_hostile_markup_throws_or_fails_to_settle()
    {
        var random = new Random(20261124);
        var seeds = HostileHtml.Expectations.Keys.Select(HostileHtml.Read).Where(h => h.Length < 6000).ToArray();
        for (var i = 0; i < 15000; i++)
        {
            var html = Mutation.Of(random, seeds);
            var once = Sanitiser.Clean(html, Page);
            var twice = Sanitiser.Clean(once.Html, Page);
            Assert.True(once.Html == twice.Html && once.Text == twice.Text, $"mutation {i}: {html}");
            Assert.DoesNotContain("<script", once.Html, StringComparison.OrdinalIgnoreCase);
        }
    }
}
