using CyberInsights.Edit;
using CyberInsights.Tests.Publish.Reading;
using CyberInsights.Tests.Server.Pictures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CyberInsights.Tests.Desk.Day;

/// <summary>An article: begun from a dossier, written, scheduled, out, and put right.</summary>
internal sealed class ArticleSteps(DeskDay day)
{
    internal const string Title = "Who jammed whom";
    private const string Slug = "who-jammed-whom";
    private const string Words = "The mast stands on a hill.";
    private const string Alt = "A red field beside a blue one";
    private const string Wrong = "An earlier version said that the embassy had agreed.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly DateTimeOffset Noon = new(2025, 5, 29, 12, 0, 0, TimeSpan.Zero);

    // Every page and feed of the site that shows it.
    private string[] Places =>
        [
            $"{day.Prefix}/",
            $"{day.Prefix}/topics/states",
            $"{day.Prefix}/events/{InventedDay.LeadSlug}",
            $"{day.Prefix}/authors/ada-example",
            $"{day.Prefix}/articles/{Slug}",
            $"{day.Prefix}/feed.xml",
            $"{day.Prefix}/atom.xml",
            $"{day.Prefix}/feed.json",
            $"{day.Prefix}/topics/states/feed.xml",
            $"{day.Prefix}/authors/ada-example/feed.xml",
            "/sitemaps/news.xml",
        ];

    internal async Task WriteAsync()
    {
        await day.FollowAsync("desk.room.events");
        await day.FillAsync("#q", "Karsk");
        await day.PressAsync("desk.audit.show");
        await day.ClickAsync(day.Page.Locator("main table a").First);
        await day.FollowAsync("desk.events.write");
        await day.FillAsync("#title", Title);
        await day.Page.SelectOptionAsync("#language", "en");
        await day.PressAsync("desk.articles.begin");
        await day.FillAsync("#deck", "Two ministries, one mast.");
        await day.FillAsync("#markdown", Words);
        await day.Page.CheckAsync("input[name=topic][value=states]");
        await day.PressAsync("desk.article.save");
        await day.SaysAsync(day.T("desk.article.saved"));

        await day.FollowAsync("desk.pictures");
        await day.Page.SetInputFilesAsync(
            "#picture",
            new FilePayload
            {
                Name = "mast.png",
                MimeType = "image/png",
                Buffer = SomePicture.Of(600, 300),
            }
        );
        await day.FillAsync("#alt", Alt);
        await day.FillAsync("#credit", "Petra Maly");
        await day.FillAsync("#licence", "CC BY 4.0");
        await day.PressAsync("desk.pictures.send");
        await day.FollowAsync("desk.articles.edit");
        // It goes in behind the words, where the cursor is, and the page shows how that looks.
        await day.Page.ClickAsync(".inserts button[value^='![']");
        await Assertions.Expect(day.Page.Locator("#preview figure img")).ToHaveAttributeAsync("alt", Alt);
        await day.PressAsync("desk.article.save");
        Assert.StartsWith(
            $"{Words}\n\n![{Alt}](",
            await day.Page.InputValueAsync("#markdown"),
            StringComparison.Ordinal
        );
    }

    internal async Task ScheduleAsync()
    {
        await day.FollowAsync("desk.publish");
        await day.FillAsync("#at", "2025-05-29T14:00");
        await day.FillAsync("#zone", "Europe/Prague");
        await day.PressAsync("desk.publish.later");
        await day.SaysAsync(day.T("desk.articles.scheduled"));
        Assert.Equal("2025-05-29T14:00", await day.Page.InputValueAsync("#at"));

        Assert.Empty(await ShowingAsync());
    }

    /// <summary>Its time comes: no clock moves between the stage and the readers.</summary>
    internal async Task GoOutAsync()
    {
        var editor = new Editor(
            new ArticleStore(day.Site.Database),
            day.Site.Services.GetRequiredService<ArticleSignal>()
        );
        day.Site.Clock.SetUtcNow(Noon.AddSeconds(-1));
        Assert.Equal(0, await editor.RunAsync(Cancel));
        day.Site.Clock.SetUtcNow(Noon);
        Assert.Equal(1, await editor.RunAsync(Cancel));

        Assert.Equal(Places, await ShowingAsync());
        var figure = (await day.Reader.PageAsync($"{day.Prefix}/articles/{Slug}")).QuerySelector("figure.photo")!;
        Assert.Equal(Alt, figure.QuerySelector("img")!.GetAttribute("alt"));
        Assert.Contains("Petra Maly", figure.TextContent, StringComparison.Ordinal);
    }

    internal async Task CorrectAsync()
    {
        await day.OpenAsync(day.Page.Url);
        await day.Page.CheckAsync("input[name=kind][value=correction]");
        await day.FillAsync("#note", Wrong);
        await day.FillAsync("#note-why", "the embassy wrote");
        await day.PressAsync("desk.publish.correct.do");
        await day.SaysAsync(Wrong);

        foreach (var place in new[] { $"articles/{Slug}", "corrections", "corrections/feed.xml" })
        {
            Assert.Contains(Wrong, await day.ReadAsync($"{day.Prefix}/{place}"), StringComparison.Ordinal);
        }
        await day.FollowAsync("desk.articles.site");
        await day.SaysAsync(Wrong);
        await day.OpenAsync(day.At($"{day.Prefix}/desk"));
    }

    // Asks for every place at once, so that none has time to change by itself.
    private async Task<IEnumerable<string>> ShowingAsync()
    {
        var answers = await Task.WhenAll(Places.Select(ShowsAsync));
        return Places.Where((_, i) => answers[i]);

        async Task<bool> ShowsAsync(string place)
        {
            using var answer = await day.Reader.GetAsync(place);
            return (await answer.Content.ReadAsStringAsync(Cancel)).Contains(Title, StringComparison.Ordinal);
        }
    }
}
