using System.IO.Compression;
using System.Net;
using System.Text;
using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Site;

public sealed class HttpTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static string Event => $"/events/{InventedDay.LeadSlug}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    [InlineData("/feed.xml")]
    [InlineData("/healthz")]
    public async Task Every_answer_tells_the_browser_what_it_may_do(string path)
    {
        using var answer = await site.GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["same-origin"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.Equal(["same-origin"], answer.Headers.GetValues("Cross-Origin-Opener-Policy"));
        Assert.Equal(["require-corp"], answer.Headers.GetValues("Cross-Origin-Embedder-Policy"));
        Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy"));
        Assert.Single(answer.Headers.GetValues("Permissions-Policy"));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    [InlineData("nonsense;;q=", null)]
    public async Task A_page_comes_packed_as_the_client_can_take_it(string accepted, string? expected)
    {
        using var answer = await site.GetAsync(Event, ("Accept-Encoding", accepted));

        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
        Assert.Equal(expected, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.EndsWith("</html>", Unpack(bytes, expected).TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(PageTests.Pages), MemberType = typeof(PageTests))]
    public async Task A_page_takes_less_than_60_KB_on_the_way(string path)
    {
        using var answer = await site.GetAsync(path, ("Accept-Encoding", "gzip"));

        Assert.InRange((await answer.Content.ReadAsByteArrayAsync(Cancel)).Length, 1_000, 60_000);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/ar/trends")]
    [InlineData("/feed.xml")]
    [InlineData("/atom.xml")]
    [InlineData("/feed.json")]
    [InlineData("/sitemap.xml")]
    public async Task What_a_client_has_already_is_not_sent_again(string path)
    {
        using var first = await site.GetAsync(path, ("Accept-Encoding", "br"));
        var tag = first.Headers.ETag!;

        using var same = await site.GetAsync(path, ("Accept-Encoding", "br"), ("If-None-Match", tag.ToString()));
        using var weak = await site.GetAsync(path, ("Accept-Encoding", "br"), ("If-None-Match", $"\"a\", W/{tag}"));
        using var other = await site.GetAsync(path, ("Accept-Encoding", "br"), ("If-None-Match", "\"something\""));

        Assert.False(tag.IsWeak);
        Assert.True(first.Headers.CacheControl is { Public: true, MaxAge.TotalSeconds: 60 });
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, weak.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Other_bytes_have_another_tag()
    {
        using var packed = await site.GetAsync("/", ("Accept-Encoding", "br"));
        using var plain = await site.GetAsync("/");

        Assert.NotEqual(packed.Headers.ETag, plain.Headers.ETag);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/feed.xml")]
    [InlineData("/no-such-page")]
    public async Task Asking_for_the_head_gives_the_same_without_the_body(string path)
    {
        using var whole = await site.GetAsync(path);
        using var head = await site.SendAsync(HttpMethod.Head, path);

        Assert.Equal(whole.StatusCode, head.StatusCode);
        Assert.Equal(whole.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(whole.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Theory]
    [InlineData("/", "POST")]
    [InlineData("/search", "DELETE")]
    [InlineData("/no-such-page", "PUT")]
    public async Task Writing_to_a_page_is_not_allowed_and_says_so(string path, string method)
    {
        using var answer = await site.SendAsync(new HttpMethod(method), path, ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains(
            "This page can only be read",
            await answer.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Files_of_the_site_may_be_kept_for_ever()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync("/"));

        foreach (var link in page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon]"))
        {
            using var answer = await site.GetAsync(link.GetAttribute("href")!);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(
                "public, max-age=31536000, immutable",
                Assert.Single(answer.Headers.GetValues("Cache-Control"))
            );
        }
    }

    [Fact]
    public async Task A_page_is_made_once_and_anew_after_publication()
    {
        await using var own = await OwnSite.StartAsync();
        await InventedDay.FillAsync(own.Database);
        var before = await own.TextAsync("/?x=1");
        await own.ChangeAsync("update dossiers set title = 'Changed since' where rank = 100");

        var kept = await own.TextAsync("/?x=2");
        await own.Cache.EvictAsync(TestContext.Current.CancellationToken);
        var fresh = await own.TextAsync("/");

        Assert.Equal(before, kept);
        Assert.Contains("Changed since", fresh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_shows_a_page_with_a_number_and_nothing_from_inside()
    {
        await using var own = await OwnSite.StartAsync();
        await own.ChangeAsync("drop table event_topics");
        await own.ChangeAsync("drop table report_topics");
        await own.ChangeAsync("drop table article_topics");
        await own.ChangeAsync("drop table topics");

        using var answer = await own.Http.GetAsync("/about", Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("This page could not be made", page, StringComparison.Ordinal);
        Assert.Contains("give this number", page, StringComparison.Ordinal);
        Assert.DoesNotContain("no such table", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", page, StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/ar")]
    [InlineData("/trends")]
    [InlineData("/corrections")]
    [InlineData("/search?q=x")]
    [InlineData("/feed.xml")]
    [InlineData("/atom.xml")]
    [InlineData("/feed.json")]
    [InlineData("/sitemap.xml")]
    public async Task An_empty_newsroom_has_its_pages_too(string path)
    {
        await using var own = await OwnSite.StartAsync();

        using var answer = await own.Http.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            path == "/",
            (await answer.Content.ReadAsStringAsync(Cancel)).Contains("No event yet", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Watchers_of_the_process_and_crawlers_get_their_answers()
    {
        Assert.Equal("ok\n", await site.HtmlAsync("/healthz"));
        Assert.Equal("ready\n", await site.HtmlAsync("/readyz"));
        Assert.Contains(
            "Sitemap: https://news.example/sitemap.xml",
            await site.HtmlAsync("/robots.txt"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"<loc>https://news.example{Event}</loc>",
            await site.HtmlAsync("/sitemaps/events-1.xml"),
            StringComparison.Ordinal
        );
    }

    private static string Unpack(byte[] bytes, string? encoding)
    {
        using Stream plain = encoding switch
        {
            "br" => new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress),
            "gzip" => new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress),
            _ => new MemoryStream(bytes),
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
