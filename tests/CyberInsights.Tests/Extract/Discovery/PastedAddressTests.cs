using CyberInsights.Extract.Discovery;

namespace CyberInsights.Tests.Extract.Discovery;

public sealed class PastedAddressTests
{
    [Theory]
    [InlineData("kestrel.example", "https://kestrel.example/")]
    [InlineData("  <kestrel.example/news?x=1>  ", "https://kestrel.example/news?x=1")]
    [InlineData("//kestrel.example/a", "https://kestrel.example/a")]
    [InlineData("http://kestrel.example", "http://kestrel.example/")]
    [InlineData("HTTPS://Kestrel.example/A", "https://kestrel.example/A")]
    [InlineData("feed://kestrel.example/rss", "https://kestrel.example/rss")]
    [InlineData("feed:https://kestrel.example/rss", "https://kestrel.example/rss")]
    [InlineData("@ada@social.example", "https://social.example/@ada")]
    [InlineData("kestrel.example:8080/x", "https://kestrel.example:8080/x")]
    public void What_a_person_pastes_becomes_an_address(string pasted, string address) =>
        Assert.Equal(address, PastedAddress.Read(pasted)[0].AbsoluteUri);

    [Fact]
    public void Without_a_scheme_http_is_tried_after_https() =>
        Assert.Equal(
            ["https://kestrel.example/", "http://kestrel.example/"],
            PastedAddress.Read("kestrel.example").Select(a => a.AbsoluteUri)
        );

    [Theory]
    [InlineData("")]
    [InlineData("news")]
    [InlineData("what is new today.")]
    [InlineData("ada@kestrel.example")]
    [InlineData("https://")]
    [InlineData("javascript:alert(1)")]
    public void What_is_no_address_is_refused_with_a_sentence(string pasted)
    {
        var refusal = Assert.Throws<RefusalException>(() => PastedAddress.Read(pasted));

        Assert.Equal(RefusalKind.BadInput, refusal.Kind);
        Assert.Contains("is no web address: nothing was looked for.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"
    )]
    [InlineData(
        "https://youtube.com/playlist?list=PLabcdefghijk&x=1",
        "https://www.youtube.com/feeds/videos.xml?playlist_id=PLabcdefghijk"
    )]
    [InlineData("https://github.com/dotnet/runtime/releases", "https://github.com/dotnet/runtime/releases.atom")]
    [InlineData(
        "https://github.com/dotnet/runtime/commits/main",
        "https://github.com/dotnet/runtime/commits/main.atom"
    )]
    [InlineData("https://github.com/dotnet", "https://github.com/dotnet.atom")]
    [InlineData("https://gitlab.com/gnome/gtk", "https://gitlab.com/gnome/gtk/-/tags?format=atom")]
    [InlineData("https://old.reddit.com/r/netsec/top/", "https://www.reddit.com/r/netsec/.rss")]
    [InlineData("https://social.example/@ada", "https://social.example/@ada.rss")]
    [InlineData("https://medium.com/@ada", "https://medium.com/feed/@ada")]
    [InlineData("https://ada.medium.com/story", "https://ada.medium.com/feed")]
    [InlineData("https://ada.substack.com/p/story", "https://ada.substack.com/feed")]
    [InlineData("https://ada.wordpress.com/2025/", "https://ada.wordpress.com/feed/")]
    [InlineData("https://ada.blogspot.com/", "https://ada.blogspot.com/feeds/posts/default")]
    [InlineData("https://bsky.app/profile/ada.example", "https://bsky.app/profile/ada.example/rss")]
    [InlineData("https://github.com/dotnet/runtime/tags.atom", null)]
    [InlineData("https://kestrel.example/news", null)]
    [InlineData("https://www.youtube.com/watch?v=abc", null)]
    public void Sites_of_one_make_keep_their_feed_in_one_place(string page, string? feed) =>
        Assert.Equal(feed, KnownHosts.FeedsOf(new Uri(page)) is [var first, ..] ? first : null);

    [Fact]
    public void The_channel_of_a_name_is_told_by_its_page() =>
        Assert.Equal(
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
            KnownHosts.ChannelFeedIn(
                """<link rel="canonical" href="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv">""",
                new Uri("https://www.youtube.com/@ada")
            )
        );
}
