using CyberInsights.Capture;

namespace CyberInsights.Tests.Capture;

public sealed class SourceKeysTests
{
    [Theory]
    [InlineData("https://www.krebs.example/feed/", "krebs-example")]
    [InlineData("https://taken.example/News/feed.xml", "taken-example-news-feed-xml")]
    [InlineData("https://bücher.example/", "xn-bcher-kva-example")]
    [InlineData(
        "https://a-very-long-name-of-a-host-that-nobody-can-remember.example/",
        "a-very-long-name-of-a-host-that-nobody-c"
    )]
    public void A_key_is_made_from_the_host_and_where_that_is_taken_from_the_path(string address, string key)
    {
        var made = SourceKeys.For(new Uri(address), new HashSet<string> { "taken-example" });

        Assert.Equal(key, made);
        Assert.True(SourceKeys.IsKey(made));
    }

    [Fact]
    public void A_hundred_feeds_of_one_address_get_a_hundred_keys()
    {
        var taken = new HashSet<string>();
        for (var i = 0; i < 100; i++)
        {
            var key = SourceKeys.For(new Uri("https://a-very-long-name-of-a-host-that-is.example/with/a/path"), taken);
            Assert.True(SourceKeys.IsKey(key) && taken.Add(key));
        }
    }

    [Theory]
    [InlineData("krebz", "krebs")]
    [InlineData("Krebs", "krebs")]
    [InlineData("bleeping", "bleepingcomputer")]
    [InlineData("nothing-like-it", null)]
    [InlineData("", null)]
    public void The_nearest_key_is_found(string written, string? nearest) =>
        Assert.Equal(
            nearest,
            SourceKeys.Closest(written, ["krebs", "bleepingcomputer", "cisa"]) is [var first, ..] ? first : null
        );
}
