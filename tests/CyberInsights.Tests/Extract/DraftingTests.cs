using CyberInsights.Extract;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Tests.Extract;

public sealed class DraftingTests
{
    private static readonly DateTimeOffset Fetched = new(2025, 5, 28, 18, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_guid_is_known_again_with_a_slash_and_with_tracking_parameters()
    {
        var plain = Identity(new FeedItem { Id = "http://a.example/x", Title = "T" });

        Assert.Equal(plain, Identity(new FeedItem { Id = "http://a.example/x/", Title = "T" }));
        Assert.Equal(plain, Identity(new FeedItem { Id = "https://a.example/x?utm_source=rss", Title = "T" }));
        Assert.Equal(plain, Identity(new FeedItem { Link = "http://a.example/x", Title = "T" }));
        Assert.NotEqual(plain, Identity(new FeedItem { Id = "http://a.example/y", Title = "T" }));
    }

    [Fact]
    public void Items_without_id_that_share_a_link_are_told_apart_by_their_titles()
    {
        var items = Enumerable
            .Range(0, 24)
            .Select(i => new FeedItem { Link = "http://a.example/status", Title = $"T{i}" });

        var known = Drafting.Identify(new Feed { Kind = "rss20", Items = [.. items] });

        Assert.Equal(24, known.Select(k => k.Identity).Distinct().Count());
        Assert.Equal(24, known.Select(k => Draft(k).AddressHash).Distinct().Count());
    }

    [Fact]
    public void Items_without_a_link_are_no_copies_of_each_other()
    {
        var items = Enumerable.Range(0, 3).Select(i => new FeedItem { Id = $"id-{i}", Title = $"T{i}" });

        var known = Drafting.Identify(new Feed { Kind = "rss20", Items = [.. items] });

        Assert.Equal(3, known.Select(k => Draft(k).AddressHash).Distinct().Count());
        Assert.Equal(3, known.Select(k => Draft(k).Address).Distinct().Count());
    }

    [Fact]
    public void Of_two_items_with_one_id_one_is_left()
    {
        var feed = new Feed
        {
            Kind = "rss20",
            Items = [new FeedItem { Id = "a", Title = "New" }, new FeedItem { Id = "a", Title = "Old" }],
        };

        Assert.Equal("New", Assert.Single(Drafting.Identify(feed)).Item.Title);
    }

    [Theory]
    [InlineData("2099-01-01T00:00:00Z", DatePrecision.Second, "2025-05-28T18:30:00Z", DatePrecision.Captured)]
    [InlineData("2025-05-28T20:30:00Z", DatePrecision.Second, "2025-05-28T18:30:00Z", DatePrecision.Second)]
    [InlineData("2025-05-28T10:00:00Z", DatePrecision.Minute, "2025-05-28T10:00:00Z", DatePrecision.Minute)]
    [InlineData("2025-05-28T00:00:00Z", DatePrecision.Day, "2025-05-28T12:00:00Z", DatePrecision.Day)]
    [InlineData("1970-01-01T00:00:00Z", DatePrecision.Second, "1970-01-01T00:00:00Z", DatePrecision.Second)]
    public void A_date_of_the_future_becomes_the_fetch_and_a_day_its_middle(
        string written,
        DatePrecision precision,
        string expected,
        DatePrecision expectedPrecision
    )
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var item = new FeedItem { Published = DateTimeOffset.Parse(written, culture), PublishedPrecision = precision };

        Assert.Equal((DateTimeOffset.Parse(expected, culture), expectedPrecision), Drafting.Published(item, Fetched));
    }

    [Fact]
    public void Without_a_date_the_moment_of_the_fetch_stands_in() =>
        Assert.Equal((Fetched, DatePrecision.Captured), Drafting.Published(new FeedItem(), Fetched));

    [Fact]
    public void Without_a_title_the_text_stands_in_and_then_the_address()
    {
        var told = Draft(Known(new FeedItem { Link = "http://a.example/1", Summary = "<p>First words.</p>" }));
        var silent = Draft(Known(new FeedItem { Link = "http://a.example/2" }));

        Assert.Equal("First words.", told.Title);
        Assert.Equal("http://a.example/2", silent.Title);
    }

    [Fact]
    public void An_address_of_another_site_is_not_the_sources_own()
    {
        Assert.True(Draft(Known(new FeedItem { Link = "http://news.a.example/1", Title = "T" })).OwnAddress);
        Assert.False(Draft(Known(new FeedItem { Link = "http://b.test/1", Title = "T" })).OwnAddress);
    }

    private static string Identity(FeedItem item) => Known(item).Identity;

    private static KnownItem Known(FeedItem item) =>
        Assert.Single(Drafting.Identify(new Feed { Kind = "rss20", Items = [item] }));

    private static ItemDraft Draft(KnownItem known) => Drafting.Draft(Some.Source("a"), "en", Fetched, known);
}
