using System.Net;
using CyberInsights.Deliver.Editions;
using CyberInsights.Server.Site;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Site;

/// <summary>The pages of editions that went out.</summary>
public sealed class NewsletterPageTests : IAsyncLifetime
{
    private FormSite site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EditionStore Editions => site.Services.GetRequiredService<EditionStore>();

    public async ValueTask InitializeAsync() => site = await FormSite.StartAsync();

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Before_the_first_edition_the_page_says_so()
    {
        var page = await site.PageAsync("/newsletter");

        Assert.Contains(
            "No edition has gone out yet.",
            page.QuerySelector("main")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.NotNull(page.QuerySelector("main a[href='/subscribe']"));
    }

    [Fact]
    public async Task An_edition_that_went_out_is_a_page_in_every_language_without_what_is_personal()
    {
        var edition = await PrintAsync();

        foreach (var language in Language.All)
        {
            var list = await site.PageAsync($"{language.Prefix}/newsletter");
            var path = $"{language.Prefix}/newsletter/{edition.Slug}";
            Assert.NotNull(list.QuerySelector($"main a[href='{path}']"));
            var page = await site.PageAsync(path);
            Assert.Equal(language.Direction, page.DocumentElement.GetAttribute("dir"));
            Assert.Contains(InventedDay.LeadTitle, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("Central Wire", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.Null(page.QuerySelector("main a[href*='/subscribe/preferences']"));
            Assert.DoesNotContain("reader-token", page.Source.Text, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("main img, main [style], main script"));
        }
    }

    [Fact]
    public async Task Every_link_of_an_edition_to_the_site_leads_somewhere()
    {
        var edition = await PrintAsync();
        var page = await site.PageAsync($"/newsletter/{edition.Slug}");

        foreach (
            var link in page.QuerySelectorAll("main a[href^='/']")
                .Select(a => a.GetAttribute("href")!.Split('#')[0])
                .Distinct()
        )
        {
            using var answer = await site.Http.GetAsync(link, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{link}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_draft_and_what_there_is_not_are_missing_and_the_site_map_has_what_went_out()
    {
        var edition = await PrintAsync();
        var draft = await site.Database.WriteAsync(
            async t =>
                (
                    await EditionStore.AddAsync(
                        t,
                        Frequency.Daily,
                        new ComposedEdition(edition.Since, edition.Until, edition.Content),
                        null,
                        null,
                        Cancel
                    )
                )!.Value,
            Cancel
        );

        foreach (
            var slug in new[] { (await Editions.FindAsync(draft, Cancel))!.Slug, "2025-01-01-daily", "..%2f..", "x" }
        )
        {
            using var answer = await site.Http.GetAsync($"/newsletter/{slug}", Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        var map = await site.Http.GetStringAsync("/sitemaps/editions-1.xml", Cancel);
        Assert.Contains($"https://news.example/newsletter/{edition.Slug}<", map, StringComparison.Ordinal);
        Assert.Equal(1, map.Split("<url>").Length - 1);
        Assert.Contains(
            "https://news.example/newsletter<",
            await site.Http.GetStringAsync("/sitemaps/pages.xml", Cancel),
            StringComparison.Ordinal
        );
    }

    private async Task<Edition> PrintAsync()
    {
        var composed = await site.Services.GetRequiredService<EditionComposer>().ComposeAsync(Frequency.Daily, Cancel);
        var now = site.Clock.GetUtcNow();
        await site.Database.WriteAsync(
            t => EditionStore.AddAsync(t, Frequency.Daily, composed, now, now, Cancel),
            Cancel
        );
        await site.Database.WriteAsync(
            t => t.ExecuteAsync("update editions set state = 4, sent_at = send_at", null, Cancel),
            Cancel
        );
        return Assert.Single(await Editions.ShownAsync(10, Cancel));
    }
}
