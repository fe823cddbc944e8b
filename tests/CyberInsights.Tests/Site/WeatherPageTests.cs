using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using CyberInsights.Server.Weather;

namespace CyberInsights.Tests.Site;

public sealed class WeatherPageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly int Prague = Cities.Named("Prague")!.Id;

    [Theory]
    [InlineData("/", "Raleigh, NC 32 °F overcast humidity 60% wind 3.1 m/s Change place Open-Meteo")]
    [InlineData("/ar", "رالي ٣٢ °ف غائم الرطوبة ٦٠٪ الريح ٣٫١ م/ث غيّر المكان Open-Meteo")]
    public async Task The_header_tells_the_weather_of_the_sites_own_place(string path, string text)
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(path));

        var box = page.QuerySelector("header .wx")!;
        Assert.Equal(text, Text(box));
        Assert.Equal("#w-cloud", box.QuerySelector("use")!.GetAttribute("href"));
        Assert.Equal("https://open-meteo.com/", box.QuerySelector("a[rel=external]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Without_script_the_address_of_the_page_is_the_choice()
    {
        var found = await PageTests.ParseAsync(await site.HtmlAsync("/weather?city=prag"));
        var link = found.QuerySelector(".cities a")!;
        var page = await PageTests.ParseAsync(
            await site.HtmlAsync($"{link.GetAttribute("href")}&temperature=C&wind=km/h")
        );

        Assert.Equal(("Prague", $"/weather?place={Prague}"), (link.TextContent, link.GetAttribute("href")));
        Assert.Equal("Prague 21 °C clear sky humidity 60% wind 11 km/h", Text(page.QuerySelector("main .wx")!));
        Assert.Equal(["C", "km/h"], page.QuerySelectorAll("main input[checked]").Select(i => i.GetAttribute("value")));
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Contains("Raleigh", page.QuerySelector("header .wx")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_city_that_is_not_listed_is_said_to_be_unknown() =>
        Assert.Contains(
            "Our list of cities has none",
            await site.HtmlAsync("/weather?city=zzzz"),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task The_script_gets_texts_ready_to_be_shown_that_no_shared_cache_keeps()
    {
        using var answer = await site.GetAsync($"/ar/weather/box?place={Prague}&temperature=C&wind=kn");
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.True(answer.Headers.CacheControl?.Private);
        Assert.Equal(
            ["براغ", "w-sun", "٢١ °م", "سماء صافية", "الرطوبة ٦٠٪", "الريح ٦ عقدة", ""],
            json.RootElement.EnumerateObject().Select(p => p.Value.GetString()!.Replace('\u202f', ' '))
        );
    }

    [Fact]
    public async Task An_operator_who_wants_no_weather_has_neither_box_nor_page()
    {
        await using var own = await OwnSite.StartAsync();

        Assert.DoesNotContain("class=\"wx\"", await own.TextAsync("/about"), StringComparison.Ordinal);
        using var page = await own.Http.GetAsync("/weather", TestContext.Current.CancellationToken);
        using var box = await own.Http.GetAsync("/weather/box", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, box.StatusCode));
    }

    [Fact]
    public async Task The_privacy_page_says_who_learns_the_place() =>
        Assert.Contains(
            "from Open-Meteo: that service learns the place, never you",
            await site.HtmlAsync("/privacy"),
            StringComparison.Ordinal
        );

    private static string Text(IElement box) =>
        string.Join(
            ' ',
            box.QuerySelectorAll("b, span, a")
                .Select(e => e.TextContent.Replace('\u202f', ' '))
                .Where(t => t.Length > 0)
        );
}
