using System.Text;
using CyberInsights.Extract.Apis;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Tests.Extract.Apis;

public sealed class JsonListReaderTests
{
    private const string Document = """
        {"status": "ok", "data": {"articles": [
          {"uuid": 41, "headline": "Pumps &amp; <b>valves</b>", "url": "/a/41", "abstract": "5 < 6\nsecond line",
           "body_html": "<p>Whole <a href='more'>text</a></p>", "published": 1795507200, "by": [{"name": "Ada Moss"}, {"name": "Lin Ode"}],
           "pictures": [{"src": "/p.jpg"}], "tags": ["ics", "ICS"], "lang": "de_AT"},
          {"uuid": 42, "headline": "Second", "url": "javascript:alert(1)", "published": "yesterday"},
          {"uuid": 43, "headline": null, "url": "/a/43"},
          "noise", null
        ]}}
        """;

    private const string Rule = """
        {"items": "data.articles", "title": "headline", "link": "url", "id": "uuid", "summary": "abstract", "content": "body_html",
         "date": "published", "author": "by[*].name", "image": "pictures[0].src", "category": "tags[*]", "language": "lang"}
        """;

    [Fact]
    public void A_document_becomes_a_feed()
    {
        var feed = Read(Document, Rule)!;

        Assert.Equal(("json", 2), (feed.Kind, feed.Items.Count));
        var item = feed.Items[0];
        Assert.Equal(("41", "https://api.example/a/41", "Pumps & valves"), (item.Id, item.Link, item.Title));
        Assert.Equal("5 &lt; 6<br>second line", item.Summary);
        Assert.Equal("<p>Whole <a href='https://api.example/a/more'>text</a></p>", item.Content);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795507200), item.Published);
        Assert.Equal(["Ada Moss", "Lin Ode"], item.Authors);
        Assert.Equal(["ics"], item.Categories);
        Assert.Equal(("https://api.example/p.jpg", "de-AT"), (item.Image, item.Language));
        Assert.Null(feed.Items[1].Link);
        Assert.Equal(
            ["1 of 3 items had neither title nor text and were left out.", "1 items have a date that cannot be read."],
            feed.Warnings
        );
    }

    [Fact]
    public void A_link_can_be_made_of_what_there_is() =>
        Assert.Equal(
            "https://api.example/news/ac%20me/x/7",
            Read(
                """[{"t": "T", "slug": "ac me/x", "n": 7}]""",
                """{"items": "$", "title": "t", "link": "https://api.example/news/{slug}/{n}"}"""
            )!
                .Items[0]
                .Link
        );

    [Theory]
    [InlineData("""{"items": "data.posts", "title": "t", "link": "l"}""", "'data' has articles")]
    [InlineData("""{"items": "result", "title": "t", "link": "l"}""", "the document has status, data")]
    [InlineData("""{"items": "data.articles.posts", "title": "t", "link": "l"}""", "'data.articles' is a list of 5")]
    [InlineData("""{"items": "status", "title": "t", "link": "l"}""", "there it is a plain value")]
    public void A_path_to_nothing_says_where_it_ends_and_what_is_there(string rule, string part)
    {
        var feed = Read(Document, rule)!;

        Assert.Empty(feed.Items);
        Assert.Contains(part, Assert.Single(feed.Warnings), StringComparison.Ordinal);
        Assert.EndsWith(".", feed.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_no_item_has_says_what_they_have()
    {
        var feed = Read(Document, """{"items": "data.articles", "title": "headline", "link": "address"}""")!;

        Assert.Contains(
            "'link' (address) finds nothing that can be used in any of the 3 items; the first has uuid, headline, url,",
            feed.Warnings[0],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("1748424600.0")]
    [InlineData("1748424600")]
    [InlineData("1748424600000")]
    [InlineData("\"2025-05-28T09:30:00Z\"")]
    public void Dates_are_read_as_interfaces_write_them(string date) =>
        Assert.Equal(
            new DateTimeOffset(2025, 5, 28, 9, 30, 0, TimeSpan.Zero),
            Read(
                $$$"""[{"t": "T", "l": "/1", "d": {{{date}}}}]""",
                """{"items": "$", "title": "t", "link": "l", "date": "d"}"""
            )!
                .Items[0]
                .Published
        );

    [Fact]
    public void Two_thousand_accidents_cause_no_exception()
    {
        Random random = new(20250528);
        for (var i = 0; i < 2000; i++)
        {
            var body = Encoding.UTF8.GetBytes(Document);
            for (var changes = random.Next(1, 8); changes > 0; changes--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var feed = JsonListReader.Read(body, null, null, JsonRule.Parse(Rule), out var refusal);
            Assert.True(feed is null != refusal is null);
        }
    }

    [Fact]
    public void An_empty_list_is_no_fault_of_the_rule() =>
        Assert.Equal(
            ["The list at 'items' is empty."],
            Read("""{"items": []}""", """{"items": "items", "title": "t", "link": "l"}""")!.Warnings
        );

    [Theory]
    [InlineData(1000, 1000, 0)]
    [InlineData(1001, 1000, 1)]
    public void A_thousand_items_are_taken(int count, int taken, int warnings)
    {
        var list = string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"t": "{{i}}", "l": "/{{i}}"}"""));

        var feed = Read($"[{list}]", """{"items": "$", "title": "t", "link": "l"}""")!;

        Assert.Equal((taken, warnings), (feed.Items.Count, feed.Warnings.Count));
    }

    [Theory]
    [InlineData("", "feed.malformed")]
    [InlineData("<html>sign in</html>", "feed.malformed")]
    [InlineData("{\"a\":", "feed.malformed")]
    public void What_is_no_json_is_refused(string text, string code)
    {
        Assert.Null(Read(text, Rule, out var refusal));
        Assert.Equal(code, refusal!.Code);
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "feed.too_deep")]
    [InlineData(50_000, "feed.too_deep")]
    public void Json_may_be_64_values_deep(int depth, string? code)
    {
        Read($"{new string('[', depth)}{new string(']', depth)}", Rule, out var refusal);

        Assert.Equal(code, refusal?.Code);
    }

    [Theory]
    [InlineData("""{"title": "t", "link": "l"}""", "'items', 'title' and 'link' must be given")]
    [InlineData("""{"items": "a[", "title": "t", "link": "l"}""", "'items' is no path: a[")]
    [InlineData("""{"items": "a", "title": "t", "link": "https://a.example/{b..c}"}""", "'link' is no path: b..c")]
    [InlineData("""{"items": "a", "title": "t", "link": "https://a.example/{"}""", "'link' is no path")]
    [InlineData("""{"items": "a", "title": "t", "link": "l", "image": ""}""", "'image' is no path")]
    [InlineData("""{"items": "a", "title": "t", "link": "l", "when": "w"}""", "cannot be read")]
    [InlineData("""{"items": 1, "title": "t", "link": "l"}""", "cannot be read")]
    [InlineData("null", "is empty")]
    [InlineData("no json", "cannot be read")]
    public void A_wrong_rule_is_refused_with_a_sentence(string rule, string part)
    {
        var refusal = Assert.Throws<RefusalException>(() => JsonRule.Parse(rule));

        Assert.Equal(RefusalKind.BadInput, refusal.Kind);
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    private static Feed? Read(string text, string rule) => Read(text, rule, out _);

    private static Feed? Read(string text, string rule, out FeedRefusal? refusal) =>
        JsonListReader.Read(
            Encoding.UTF8.GetBytes(text),
            "application/json",
            new Uri("https://api.example/v1"),
            JsonRule.Parse(rule),
            out refusal
        );
}
