using System.Net;
using System.Text.Json;

namespace CyberInsights.Tests.Site;

/// <summary>What makes the site one that can be installed, and its scripts small.</summary>
public sealed class InstallTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "Cybersecurity Insights", "ltr", "/")]
    [InlineData("/ar", "رؤى الأمن السيبراني", "rtl", "/ar")]
    public async Task Each_language_has_a_manifest_whose_pictures_are_there(
        string prefix,
        string name,
        string direction,
        string start
    )
    {
        using var answer = await site.GetAsync($"{prefix}/manifest.webmanifest");
        using var manifest = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        var root = manifest.RootElement;

        Assert.Equal("application/manifest+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            (name, direction, start),
            (
                root.GetProperty("name").GetString(),
                root.GetProperty("dir").GetString(),
                root.GetProperty("start_url").GetString()
            )
        );
        foreach (var icon in root.GetProperty("icons").EnumerateArray())
        {
            using var picture = await site.GetAsync(icon.GetProperty("src").GetString()!);
            var bytes = await picture.Content.ReadAsByteArrayAsync(Cancel);
            // PNG (ISO/IEC 15948): the signature, then IHDR with width and height, big-endian.
            var side = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16));
            Assert.Equal($"{side}x{side}", icon.GetProperty("sizes").GetString());
        }
    }

    [Fact]
    public async Task The_worker_is_asked_for_anew_each_time_and_its_files_are_there()
    {
        using var answer = await site.GetAsync("/sw.js");
        var script = await answer.Content.ReadAsStringAsync(Cancel);
        using var first = JsonDocument.Parse(
            script[script.IndexOf('{', StringComparison.Ordinal)..script.IndexOf(";\n", StringComparison.Ordinal)]
        );

        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["no-cache"], answer.Headers.GetValues("Cache-Control"));
        Assert.Equal(["default-src 'none'; connect-src 'self'"], answer.Headers.GetValues("Content-Security-Policy"));
        foreach (var file in first.RootElement.GetProperty("files").EnumerateArray())
        {
            using var got = await site.GetAsync(file.GetString()!);
            Assert.Equal(HttpStatusCode.OK, got.StatusCode);
        }
        Assert.Contains("\"/ar\"", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_mistakes_have_no_manifest()
    {
        using var missing = await site.GetAsync("/no-such-page");

        Assert.DoesNotContain("webmanifest", await missing.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("webmanifest", await site.HtmlAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_scripts_together_stay_small()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync("/"));
        var sizes = new Dictionary<string, int>();
        foreach (var script in page.QuerySelectorAll("script[src]"))
        {
            var address = script.GetAttribute("src")!;
            sizes[address.Split('.')[0]] = (await site.HtmlAsync(address)).Length;
        }

        Assert.InRange(sizes["/assets/early"], 1, 330);
        Assert.InRange(sizes["/assets/site"], 1, 24_000);
    }
}
