using System.Globalization;
using System.Text;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Tests.Extract.Feeds;

public sealed class FeedLimitTests
{
    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "feed.too_deep")]
    [InlineData(100_000, "feed.too_deep")]
    public void Markup_may_be_64_elements_deep(int depth, string? refused)
    {
        var inner = depth - 3;
        var text =
            $"<rss><channel><item><title>t</title>{Repeat("<a>", inner)}{Repeat("</a>", inner)}</item></channel></rss>";

        Assert.Equal(refused, Refusal(text));
        Assert.Equal(refused, Refusal(text.Replace("<title>t", "<title>&t", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "feed.too_deep")]
    [InlineData(5_000, "feed.too_deep")]
    public void Json_may_be_64_values_deep(int depth, string? refused)
    {
        var inner = depth - 3;

        Assert.Equal(
            refused,
            Refusal(
                $"{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{{\"id\":\"1\",\"x\":{Repeat("[", inner)}{Repeat("]", inner)}}}]}}"
            )
        );
    }

    [Fact]
    public void Brackets_inside_json_strings_are_not_depth() =>
        Assert.Null(
            Refusal(
                $"{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[],\"title\":\"\\\"{Repeat("[", 100)}\"}}"
            )
        );

    [Theory]
    [InlineData(1000, 1000, 0)]
    [InlineData(1001, 1000, 1)]
    public void The_newest_thousand_items_are_kept(int count, int kept, int warnings)
    {
        var start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var items = string.Concat(
            Enumerable
                .Range(0, count)
                .Select(i =>
                    $"<item><title>{i}</title><pubDate>{start.AddHours(i).ToString("r", CultureInfo.InvariantCulture)}</pubDate></item>"
                )
        );
        var feed = Read($"<rss version='2.0'><channel>{items}</channel></rss>")!;

        Assert.Equal((kept, warnings), (feed.Items.Count, feed.Warnings.Count));
        Assert.Equal((count - 1).ToString(CultureInfo.InvariantCulture), feed.Items[^1].Title);
        Assert.DoesNotContain(feed.Items, item => count > 1000 && item.Title == "0");
    }

    [Theory]
    [InlineData(500, 500)]
    [InlineData(501, 500)]
    public void A_title_has_500_characters(int length, int kept) =>
        Assert.Equal(kept, Item($"<title>{new string('t', length)}</title>").Title!.Length);

    [Theory]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    public void An_author_has_200_characters(int length, int kept) =>
        Assert.Equal(kept, Item($"<title>t</title><author>{new string('a', length)}</author>").Authors[0].Length);

    [Theory]
    [InlineData(32, 32)]
    [InlineData(33, 32)]
    public void An_item_has_32_categories(int count, int kept) =>
        Assert.Equal(
            kept,
            Item(
                "<title>t</title>" + string.Concat(Enumerable.Range(0, count).Select(i => $"<category>c{i}</category>"))
            ).Categories.Count
        );

    [Theory]
    [InlineData(64, 64)]
    [InlineData(65, 64)]
    public void A_category_has_64_characters(int length, int kept) =>
        Assert.Equal(
            kept,
            Item($"<title>t</title><category>{new string('c', length)}</category>").Categories[0].Length
        );

    [Theory]
    [InlineData(512 * 1024, 512 * 1024)]
    [InlineData((512 * 1024) + 1, 512 * 1024)]
    public void A_body_has_512_kilobytes(int length, int kept) =>
        Assert.Equal(kept, Item($"<description>{new string('d', length)}</description>").Summary!.Length);

    [Fact]
    public void Long_identifiers_are_shortened_and_stay_different()
    {
        Assert.Equal(new string('g', 512), Item($"<guid>{new string('g', 512)}</guid>").Id);
        var (one, other) = (
            Item($"<guid>{new string('g', 513)}</guid>").Id!,
            Item($"<guid>{new string('g', 512)}h</guid>").Id!
        );

        Assert.NotEqual(one, other);
        Assert.InRange(Encoding.UTF8.GetByteCount(one), 64, 1024);
    }

    [Theory]
    [InlineData(256, null)]
    [InlineData(257, "feed.dtd_entity")]
    public void An_entity_has_256_characters(int length, string? refused) =>
        Assert.Equal(
            refused,
            Refusal(
                $"<!DOCTYPE rss [<!ENTITY e \"{new string('e', length)}\">]><rss><channel><item><title>&e;</title></item></channel></rss>"
            )
        );

    [Theory]
    [InlineData("<!ENTITY e SYSTEM 'file:///etc/hostname'>")]
    [InlineData("<!ENTITY e PUBLIC 'x' 'http://127.0.0.1/'>")]
    [InlineData("<!ENTITY % e 'x'>")]
    [InlineData("<!ENTITY e '&d;&d;'>")]
    public void Dangerous_entities_are_refused(string declaration) =>
        Assert.Equal(
            "feed.dtd_entity",
            Refusal($"<!DOCTYPE rss [{declaration}]><rss><channel><item><title>&e;</title></item></channel></rss>")
        );

    [Theory]
    [InlineData("", "feed.empty")]
    [InlineData("  \n", "feed.empty")]
    [InlineData("plain text", "feed.not_a_feed")]
    [InlineData("<html><body>x</body></html>", "feed.not_a_feed")]
    [InlineData("<!doctype html><title>Just a moment...</title>", "feed.not_a_feed")]
    [InlineData("[]", "feed.not_a_feed")]
    [InlineData("{\"a\":1}", "feed.not_a_feed")]
    [InlineData("{\"version\":", "feed.malformed")]
    public void What_is_no_feed_is_refused_with_a_reason(string text, string code)
    {
        Assert.Null(FeedReader.Read(Encoding.UTF8.GetBytes(text), null, null, out var refusal));
        Assert.Equal(code, refusal!.Code);
        Assert.EndsWith(".", refusal.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<!")]
    [InlineData("<!--")]
    [InlineData("<![CDATA[")]
    [InlineData("<a b='")]
    [InlineData("<a b=\"x\" <")]
    [InlineData("&")]
    [InlineData("</x>")]
    [InlineData("<?")]
    public async Task Openings_without_ends_take_no_quadratic_time(string piece)
    {
        var text = $"<rss><channel><item><title>{Repeat(piece, 200_000)}";
        var cancel = TestContext.Current.CancellationToken;

        await Task.Run(() => Refusal(text), cancel).WaitAsync(TimeSpan.FromSeconds(10), cancel);
    }

    private static string Repeat(string piece, int count) => string.Concat(Enumerable.Repeat(piece, count));

    private static string? Refusal(string text)
    {
        FeedReader.Read(Encoding.UTF8.GetBytes(text), null, null, out var refusal);
        return refusal?.Code;
    }

    private static FeedItem Item(string inner) =>
        Read($"<rss version='2.0'><channel><item>{inner}</item></channel></rss>")!.Items[0];

    private static Feed? Read(string text) => FeedReader.Read(Encoding.UTF8.GetBytes(text), null, null);
}
