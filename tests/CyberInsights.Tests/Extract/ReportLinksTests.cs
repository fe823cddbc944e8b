using CyberInsights.Extract;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Tests.Extract;

public sealed class ReportLinksTests
{
    private const string Own = "https://news.harbour.example/story";

    [Theory]
    [InlineData("https://cert.example/a?utm_source=x&id=1#top", "https://cert.example/a?id=1")]
    [InlineData("http://cert.example/a/", "http://cert.example/a")]
    [InlineData("//cert.example/a", "https://cert.example/a")]
    [InlineData("https://cert.example/a?b=1&amp;c=2", "https://cert.example/a?b=1&c=2")]
    [InlineData("/other-story", null)]
    [InlineData("https://shop.harbour.example/", null)]
    [InlineData("mailto:a@cert.example", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("ftp://cert.example/a", null)]
    public void Links_leave_the_site_and_lose_what_only_tracks(string written, string? kept)
    {
        var html = Sanitiser.Clean($"<p>See <a href=\"{written}\">this</a>.</p>", new Uri(Own)).Html;

        Assert.Equal(kept is null ? [] : [kept], ReportLinks.Of(html, Own));
    }

    [Theory]
    [InlineData(ReportLinks.MaxOfReport, ReportLinks.MaxOfReport)]
    [InlineData(ReportLinks.MaxOfReport + 1, ReportLinks.MaxOfReport)]
    public void No_more_than_the_first_64_are_kept_and_each_once(int written, int kept)
    {
        var html = string.Concat(
            Enumerable
                .Range(0, written)
                .Select(i => $"<a href=\"https://a.example/{i}\">a</a><a href=\"https://a.example/{i}\">b</a>")
        );

        Assert.Equal(
            Enumerable.Range(0, kept).Select(i => $"https://a.example/{i}"),
            ReportLinks.Of(Sanitiser.Clean(html, new Uri(Own)).Html, Own)
        );
    }

    [Fact]
    public void A_text_without_markup_has_none() => Assert.Empty(ReportLinks.Of(null, Own));
}
