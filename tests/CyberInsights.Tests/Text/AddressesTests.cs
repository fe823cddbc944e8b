using CyberInsights.Text;

namespace CyberInsights.Tests.Text;

public sealed class AddressesTests
{
    [Theory]
    [InlineData("HTTPS://News.Example/A", "https://news.example/A")]
    [InlineData("http://news.example/a", "https://news.example/a")]
    [InlineData("http://news.example:80/a", "https://news.example/a")]
    [InlineData("https://news.example:443/a", "https://news.example/a")]
    [InlineData("https://news.example:8443/a", "https://news.example:8443/a")]
    [InlineData("https://news.example", "https://news.example/")]
    [InlineData("https://news.example./a/", "https://news.example/a")]
    [InlineData("https://news.example/a/#top", "https://news.example/a")]
    [InlineData("https://news.example/#!/a", "https://news.example/#!/a")]
    [InlineData("https://news.example/a?utm_source=rss&id=5&UTM_Medium=x", "https://news.example/a?id=5")]
    [InlineData("https://news.example/a?b=2&a=1", "https://news.example/a?b=2&a=1")]
    [InlineData("https://news.example/a?fbclid=1&gclid=2&mc_cid=3", "https://news.example/a")]
    [InlineData("https://news.example/a?x=&y&=z&", "https://news.example/a?y")]
    [InlineData("https://user:secret@news.example/a", "https://news.example/a")]
    [InlineData("https://münchen.example/", "https://xn--mnchen-3ya.example/")]
    public void Addresses_of_one_document_have_one_canonical_form(string address, string canonical) =>
        Assert.Equal(canonical, Addresses.Canonical(new Uri(address)));

    [Theory]
    [InlineData("https://news.example/A", "https://news.example/a")]
    [InlineData("https://news.example/folder/", "https://news.example/folder/index.html")]
    [InlineData("https://news.example/a?id=1", "https://news.example/a?id=2")]
    [InlineData("https://news.example/a", "https://www.news.example/a")]
    public void Addresses_that_may_be_two_documents_stay_two(string one, string other) =>
        Assert.NotEqual(Addresses.Canonical(new Uri(one)), Addresses.Canonical(new Uri(other)));

    [Theory]
    [InlineData("https://news.example/a", "https://news.example/a")]
    [InlineData("  https://news.example/a\n", "https://news.example/a")]
    [InlineData("https://news.example/a\r\nSet-Cookie: x=1", "https://news.example/aSet-Cookie:%20x=1")]
    [InlineData("/path", "https://feed.example/path")]
    [InlineData("//other.example/x", "https://other.example/x")]
    [InlineData("item/1", "https://feed.example/news/item/1")]
    [InlineData("../up", "https://feed.example/up")]
    [InlineData("?page=2", "https://feed.example/news/feed.xml?page=2")]
    [InlineData("\\\\other.example\\x", "https://other.example/x")]
    [InlineData("https:\\\\news.example\\a?b=\\", "https://news.example/a?b=%5C")]
    [InlineData("http:///news.example/a", "http://news.example/a")]
    [InlineData("https://user:pw@news.example/x", "https://news.example/x")]
    [InlineData("HTTPS://NEWS.EXAMPLE/UP", "https://news.example/UP")]
    public void An_address_is_read_as_a_browser_would(string raw, string expected) =>
        Assert.Equal(expected, Addresses.Resolve(raw, new Uri("https://feed.example/news/feed.xml"))?.AbsoluteUri);

    [Theory]
    [InlineData("javascript:hx(1)")]
    [InlineData("java\tscript:hx(1)")]
    [InlineData("\u0001javascript:hx(1)")]
    [InlineData("data:text/html,hx")]
    [InlineData("file:///etc/passwd")]
    [InlineData("mailto:a@b.example")]
    [InlineData("http://[::1")]
    [InlineData("https://news.example:99999/")]
    [InlineData("\u202Ehttps://news.example/")]
    [InlineData("https://news.example/\u2066x")]
    [InlineData("http://")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_than_a_web_address_is_none(string? raw) =>
        Assert.Null(Addresses.Resolve(raw, new Uri("https://feed.example/")));

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("//host/share")]
    [InlineData("relative")]
    public void A_relative_address_without_a_base_is_none_and_no_file(string raw)
    {
        Assert.Null(Addresses.Resolve(raw, null));
        Assert.Null(Addresses.Resolve(raw, new Uri("file:///etc/")));
    }

    [Fact]
    public void An_address_of_the_longest_length_is_kept_and_one_longer_is_not()
    {
        const string Start = "https://news.example/";

        Assert.NotNull(Addresses.Resolve(Start + new string('a', Addresses.MaxLength - Start.Length), null));
        Assert.Null(Addresses.Resolve(Start + new string('a', Addresses.MaxLength - Start.Length + 1), null));
    }
}
