using CyberInsights.Capture;

namespace CyberInsights.Tests.Capture;

public sealed class RelocationTests
{
    [Theory]
    [InlineData("http://news.example/feed", "http://news.example/rss", true)]
    [InlineData("http://www.news.example/feed", "http://news.example/feed", true)]
    [InlineData("http://feeds.news.example/feed", "https://www.news.example/feed", true)]
    [InlineData("http://news.co.uk/feed", "http://www.news.co.uk/feed", true)]
    [InlineData("http://news.co.uk/feed", "http://evil.co.uk/feed", false)]
    [InlineData("http://news.com.au/feed", "http://evil.com.au/feed", false)]
    [InlineData("http://news.github.io/feed", "http://evil.github.io/feed", false)]
    [InlineData("http://news.github.io/feed", "http://github.io/feed", false)]
    [InlineData("http://news.example/feed", "http://news.example.evil.test/feed", false)]
    [InlineData("http://news.example/feed", "http://evil-news.example/feed", false)]
    [InlineData("http://1.1.1.1/feed", "http://1.0.1.1/feed", false)]
    public void One_registrable_domain_is_one_owner(string from, string to, bool same) =>
        Assert.Equal(same, Relocation.SameOwner(new Uri(from), new Uri(to)));

    [Fact]
    public void A_move_within_the_domain_is_followed_when_it_was_said_three_times_in_a_row()
    {
        var from = "http://news.example/feed";
        var to = new Uri("http://www.news.example/feed");

        var first = Relocation.After(from, null, 0, to);
        var second = Relocation.After(first.Address, first.MovedTo, first.MovedTimes, to);
        var third = Relocation.After(second.Address, second.MovedTo, second.MovedTimes, to);

        Assert.Equal(new Relocation(from, to.AbsoluteUri, 1, null), first);
        Assert.Equal(new Relocation(from, to.AbsoluteUri, 2, null), second);
        Assert.Equal(new Relocation(to.AbsoluteUri, null, 0, null), third);
    }

    [Fact]
    public void Another_target_or_an_answer_in_place_starts_the_count_anew()
    {
        var other = Relocation.After(
            "http://news.example/a",
            "http://news.example/b",
            2,
            new Uri("http://news.example/c")
        );
        var none = Relocation.After("http://news.example/a", "http://news.example/b", 2, null);

        Assert.Equal(1, other.MovedTimes);
        Assert.Equal(new Relocation("http://news.example/a", null, 0, null), none);
    }

    [Fact]
    public void The_same_document_over_https_is_followed_at_once()
    {
        var moved = Relocation.After("http://news.example/feed?x=1", null, 0, new Uri("https://news.example/feed?x=1"));

        Assert.Equal("https://news.example/feed?x=1", moved.Address);
    }

    [Fact]
    public void A_move_to_another_domain_is_never_followed_and_told_in_a_sentence()
    {
        var moved = Relocation.After(
            "http://news.example/feed",
            "http://evil.test/feed",
            99,
            new Uri("http://evil.test/feed")
        );

        Assert.Equal("http://news.example/feed", moved.Address);
        Assert.Equal("http://evil.test/feed", moved.MovedTo);
        Assert.Contains("another domain", moved.Note, StringComparison.Ordinal);
    }
}
