using System.Net;
using System.Text.Json;
using CyberInsights.Edit;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Desk.Articles;

public sealed class ArticleRoomTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_article_begun_from_a_dossier_has_its_proven_quotations_and_goes_out_to_readers_at_once()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        using var reader = site.Stranger();

        var path = await BeginAsync(client, InventedDay.LeadSlug);
        var text = (await client.PageAsync(path)).QuerySelector("textarea[name=markdown]")!.TextContent;

        Assert.Contains($"{{{{event: {InventedDay.LeadSlug}}}}}", text, StringComparison.Ordinal);
        Assert.Matches(@"\{\{statement: \d+\}\}", text);
        Assert.Contains("https://", text, StringComparison.Ordinal);

        await SaveAsync(client, path, ("markdown", "{{event: " + InventedDay.LeadSlug + "}}\n\nOur own words."));
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/articles/our-piece")).StatusCode);
        await reader.GetAsync("/");
        var published = await PublishAsync(client, path);
        Assert.Equal(HttpStatusCode.SeeOther, published.StatusCode);

        Assert.Contains("Our own words.", await reader.Http.GetStringAsync("/articles/our-piece", Cancel));
        Assert.Contains("Our piece", await reader.Http.GetStringAsync("/", Cancel));
        var actions = await ActionsAsync(site);
        Assert.Contains("article.begin", actions);
        Assert.Contains("article.publish", actions);
    }

    [Fact]
    public async Task A_contributor_writes_and_sees_the_checks_but_does_not_publish()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Contributor);
        var path = await BeginAsync(client);

        var page = await client.PageAsync($"{path}/publish");
        var token = page.QuerySelector("input[name=token]")!.GetAttribute("value")!;
        var answer = await client.PostAsync($"{path}/publish", ("token", token), ("version", "1"), ("when", "now"));

        Assert.NotEmpty(page.QuerySelectorAll(".checks-table tbody tr"));
        Assert.Null(page.QuerySelector($"form[action='{path}/publish']"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Where_a_second_reader_is_asked_for_nobody_releases_their_own_text()
    {
        await using var site = await DeskSite.StartAsync(s => s with { SecondReader = true });
        using var author = await site.ClientAsync(DeskRole.Editor);
        using var other = await site.ClientAsync(DeskRole.Administrator);
        var path = await BeginAsync(author);
        await SaveAsync(author, path, ("markdown", "Words."));

        Assert.Equal(HttpStatusCode.BadRequest, (await PublishAsync(author, path)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await ActAsync(author, path, "approve")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ActAsync(other, path, "approve")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await PublishAsync(author, path)).StatusCode);

        await SaveAsync(author, path, ("markdown", "Other words."));
        Assert.Equal(HttpStatusCode.BadRequest, (await PublishAsync(author, path)).StatusCode);
    }

    [Fact]
    public async Task A_save_from_an_older_page_is_told_and_both_texts_are_kept()
    {
        await using var site = await DeskSite.StartAsync();
        using var ada = await site.ClientAsync(DeskRole.Editor);
        using var bob = await site.ClientAsync(DeskRole.Administrator);
        var path = await BeginAsync(ada);

        var early = Fields(await ada.PageAsync(path));
        await SaveAsync(bob, path, ("markdown", "The text of Bob."));
        var answer = await ada.PostAsync($"{path}/save", [.. With(early, ("markdown", "The text of Ada."))]);
        var byItself = await ada.PostAsync(
            $"{path}/save",
            [.. With(early, ("markdown", "More of Ada."), ("auto", "1"))]
        );

        var kept = await ada.PageAsync(answer.Headers.Location!.OriginalString);
        Assert.Contains("/revisions/", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("Ada", kept.QuerySelector(".diff del")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Bob", kept.QuerySelector(".diff ins")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, byItself.StatusCode);
        Assert.Equal(
            "The text of Bob.",
            (await ada.PageAsync(path)).QuerySelector("textarea[name=markdown]")!.TextContent.Trim()
        );

        var number = answer.Headers.Location!.OriginalString.Split('/')[^1];
        await ada.SubmitAsync($"{path}/revisions/{number}", $"{path}/revisions/{number}/restore", ("reason", "mine"));
        Assert.Equal(
            "The text of Ada.",
            (await ada.PageAsync(path)).QuerySelector("textarea[name=markdown]")!.TextContent.Trim()
        );
        Assert.Contains("article.set-aside", await ActionsAsync(site));
    }

    [Fact]
    public async Task Saves_of_one_sitting_are_one_revision()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var path = await BeginAsync(client);

        for (var i = 0; i < 4; i++)
        {
            await SaveAsync(client, path, ("markdown", $"Text {i}."), ("auto", "1"));
        }
        var sitting = await client.PageAsync($"{path}/revisions");
        site.Clock.Advance(TimeSpan.FromMinutes(11));
        await SaveAsync(client, path, ("markdown", "Later."), ("auto", "1"));

        Assert.Equal(2, sitting.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(3, (await client.PageAsync($"{path}/revisions")).QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task A_correction_stands_above_the_text_on_the_page_of_corrections_and_in_its_feed()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        using var reader = site.Stranger();
        var path = await PublishedAsync(client, site);

        await reader.GetAsync("/corrections");
        var answer = await client.SubmitAsync(
            $"{path}/publish",
            $"{path}/correct",
            ("kind", "retraction"),
            ("text", "The article named the wrong ministry."),
            ("reason", "a reader wrote")
        );

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var page = await reader.PageAsync("/articles/our-piece");
        Assert.Contains("wrong ministry", page.QuerySelector(".story .note")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".story details .prose"));
        Assert.Contains("wrong ministry", await reader.Http.GetStringAsync("/corrections", Cancel));
        foreach (var feed in new[] { "feed.xml", "atom.xml", "feed.json" })
        {
            Assert.Contains("wrong ministry", await reader.Http.GetStringAsync($"/corrections/{feed}", Cancel));
        }
        var entry = (await new AuditLog(site.Database).ReadAsync(new AuditFilter(), 0, 1, Cancel))[0];
        Assert.Equal(("article.retraction", "a reader wrote"), (entry.Action, entry.Reason));
    }

    [Fact]
    public async Task What_was_taken_off_answers_with_410_and_the_reason_and_may_come_back()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        using var reader = site.Stranger();
        var path = await PublishedAsync(client, site);

        await client.SubmitAsync($"{path}/publish", $"{path}/unpublish", ("reason", "A court asked us to."));
        var gone = await reader.GetAsync("/articles/our-piece");

        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Contains("A court asked us to.", await gone.Content.ReadAsStringAsync(Cancel));
        Assert.DoesNotContain("Our piece", await reader.Http.GetStringAsync("/", Cancel));
        Assert.Equal(HttpStatusCode.SeeOther, (await PublishAsync(client, path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/articles/our-piece")).StatusCode);
    }

    [Fact]
    public async Task An_address_that_an_article_had_leads_to_the_one_it_has()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        using var reader = site.Stranger();
        var path = await PublishedAsync(client, site);

        await SaveAsync(client, path, ("slug", "another-name"));
        await PublishAsync(client, path);

        var answer = await reader.GetAsync("/articles/our-piece");
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal("/articles/another-name", answer.Headers.Location!.OriginalString);
        await SaveAsync(client, path, ("slug", "what-karsk-can-prove"));
        Assert.Equal(HttpStatusCode.BadRequest, (await PublishAsync(client, path)).StatusCode);
    }

    [Fact]
    public async Task A_scheduled_article_waits_for_its_time_and_an_embargo_holds_it_back()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        using var reader = site.Stranger();
        var path = await BeginAsync(client);
        await SaveAsync(client, path, ("markdown", "Words."));
        await client.SubmitAsync(
            $"{path}/publish",
            $"{path}/embargo",
            ("at", "2025-05-29T12:00"),
            ("zone", "Europe/Prague")
        );

        Assert.Equal(HttpStatusCode.BadRequest, (await PublishAsync(client, path)).StatusCode);
        var scheduled = await client.SubmitAsync(
            $"{path}/publish",
            $"{path}/publish",
            ("when", "later"),
            ("at", "2025-05-29T12:30"),
            ("zone", "Europe/Prague")
        );
        Assert.Equal(HttpStatusCode.SeeOther, scheduled.StatusCode);
        var editor = new Editor(new ArticleStore(site.Database), site.Services.GetRequiredService<ArticleSignal>());

        Assert.Equal(0, await editor.RunAsync(Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/articles/our-piece")).StatusCode);
        // 12:30 in Prague is 10:30 UTC in summer.
        site.Clock.SetUtcNow(new DateTimeOffset(2025, 5, 29, 10, 30, 0, TimeSpan.Zero));
        Assert.Equal(1, await editor.RunAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/articles/our-piece")).StatusCode);
    }

    [Fact]
    public async Task A_secret_link_shows_the_draft_without_a_cookie_until_it_is_revoked()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Contributor);
        using var friend = site.Stranger();
        var path = await BeginAsync(client);
        await SaveAsync(client, path, ("markdown", "Not for everybody."));

        await client.SubmitAsync($"{path}/publish", $"{path}/link");
        var link = (await client.PageAsync($"{path}/publish"))
            .QuerySelector("a[href^='/preview/']")!
            .GetAttribute("href")!;
        var draft = await friend.GetAsync(link);

        Assert.Contains("Not for everybody.", await draft.Content.ReadAsStringAsync(Cancel));
        Assert.True(draft.Headers.CacheControl!.NoStore);
        Assert.StartsWith("noindex", Assert.Single(draft.Headers.GetValues("X-Robots-Tag")), StringComparison.Ordinal);
        Assert.False(draft.Headers.Contains("Set-Cookie"));
        await client.SubmitAsync($"{path}/publish", $"{path}/unlink");
        Assert.Equal(HttpStatusCode.NotFound, (await friend.GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await friend.GetAsync("/preview/0")).StatusCode);
    }

    [Fact]
    public async Task What_a_machine_made_is_told_reviewed_and_given_out()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        using var reader = site.Stranger();
        var path = await BeginAsync(client);
        await SaveAsync(client, path, ("markdown", "Words."), ("machine", "A machine wrote the deck."));
        await PublishAsync(client, path);
        Assert.Contains("A machine wrote the deck.", await reader.Http.GetStringAsync("/articles/our-piece", Cancel));

        await ActAsync(client, path, "review");

        var lines = await client.Http.GetStringAsync("/desk/articles/machine-text.jsonl", Cancel);
        using var line = JsonDocument.Parse(lines.TrimEnd().Split('\n')[^1]);
        Assert.Equal("A machine wrote the deck.", line.RootElement.GetProperty("made").GetString());
        Assert.Equal("Editor of the desk", line.RootElement.GetProperty("reviewer").GetString());
        Assert.NotNull(line.RootElement.GetProperty("reviewed_at").GetString());
        Assert.Contains("Editor of the desk", await reader.Http.GetStringAsync("/articles/our-piece", Cancel));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n<img src=x onerror=alert(1)>")]
    [InlineData("![x](https://tracker.example/pixel.gif)\n\n[a]: data:text/html;base64,PHNjcmlwdD4= \"x\"\n\n[b][a]")]
    public async Task Nothing_in_Markdown_runs_or_is_loaded_from_elsewhere(string markdown)
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var path = await BeginAsync(client);

        await SaveAsync(client, path, ("markdown", markdown));

        var preview = (await client.PageAsync(path)).QuerySelector("#preview")!;
        Assert.Empty(preview.QuerySelectorAll("script, img, iframe, [onerror], [style]"));
        Assert.DoesNotContain(
            preview.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!),
            h => !h.StartsWith('/') && !h.StartsWith("http", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_text_of_the_greatest_length_is_taken_and_one_sign_more_or_endless_depth_is_refused_in_a_sentence()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var path = await BeginAsync(client);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var most = await SaveAsync(client, path, ("markdown", new string('[', ArticleWork.MaxCharacters)));
        var more = await SaveAsync(client, path, ("markdown", new string('x', ArticleWork.MaxCharacters + 1)));
        var deep = await SaveAsync(client, path, ("markdown", new string('>', 50_000) + " deep"));
        var page = await client.PageAsync(path);

        Assert.Equal(HttpStatusCode.SeeOther, most.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, more.StatusCode);
        Assert.Contains("200,000", await more.Content.ReadAsStringAsync(Cancel));
        // What was written is kept; only its look is refused.
        Assert.Equal(HttpStatusCode.SeeOther, deep.StatusCode);
        Assert.NotNull(page.QuerySelector("#preview .note"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_form_without_its_token_or_from_another_site_changes_nothing()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var path = await BeginAsync(client);
        var fields = Fields(await client.PageAsync(path));

        var bare = await client.PostAsync($"{path}/save", ("markdown", "Forged."), ("version", "1"));
        client.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        var foreign = await client.PostAsync($"{path}/save", [.. With(fields, ("markdown", "Forged."))]);

        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.DoesNotContain(
            "Forged.",
            await site.Database.FirstAsync<string>("select markdown from article_work", null, Cancel)
        );
    }

    internal static async Task<string> BeginAsync(DeskClient client, string? slug = null)
    {
        var page = slug is null ? "/desk/articles/new" : $"/desk/articles/new?event={slug}";
        var answer = await client.SubmitAsync(
            page,
            "/desk/articles/new",
            [.. slug is null ? [] : new[] { ("event", slug) }, ("title", "Our piece"), ("language", "en")]
        );
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>Sends the form of the article with these fields as they are given, the others as they are.</summary>
    internal static async Task<HttpResponseMessage> SaveAsync(
        DeskClient client,
        string path,
        params (string Name, string Value)[] fields
    ) => await client.PostAsync($"{path}/save", [.. With(Fields(await client.PageAsync(path)), fields)]);

    internal static async Task<HttpResponseMessage> PublishAsync(DeskClient client, string path) =>
        await ActAsync(client, path, "publish", ("when", "now"));

    private static async Task<string> PublishedAsync(DeskClient client, DeskSite site)
    {
        var path = await BeginAsync(client);
        await SaveAsync(client, path, ("markdown", "Words."));
        Assert.Equal(HttpStatusCode.SeeOther, (await PublishAsync(client, path)).StatusCode);
        Assert.Contains("article.publish", await ActionsAsync(site));
        return path;
    }

    private static async Task<HttpResponseMessage> ActAsync(
        DeskClient client,
        string path,
        string verb,
        params (string Name, string Value)[] fields
    )
    {
        var page = await client.PageAsync($"{path}/publish");
        var token = page.QuerySelector("input[name=token]")!.GetAttribute("value")!;
        var version = (await client.PageAsync(path)).QuerySelector("input[name=version]")!.GetAttribute("value")!;
        return await client.PostAsync($"{path}/{verb}", [("token", token), ("version", version), .. fields]);
    }

    private static List<(string Name, string Value)> Fields(AngleSharp.Dom.IDocument page)
    {
        var form = page.QuerySelector("#article")!;
        return
        [
            .. form.QuerySelectorAll("input[name]:not([type=checkbox])")
                .Select(i => (i.GetAttribute("name")!, i.GetAttribute("value") ?? "")),
            .. form.QuerySelectorAll("textarea[name]").Select(t => (t.GetAttribute("name")!, t.TextContent)),
            .. form.QuerySelectorAll("select[name]")
                .Select(s =>
                    (s.GetAttribute("name")!, s.QuerySelector("option[selected]")?.GetAttribute("value") ?? "")
                ),
            .. form.QuerySelectorAll("input[type=checkbox][checked]")
                .Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)),
        ];
    }

    private static IEnumerable<(string Name, string Value)> With(
        IEnumerable<(string Name, string Value)> fields,
        params (string Name, string Value)[] others
    ) => fields.Where(f => others.All(o => o.Name != f.Name)).Concat(others);

    private static async Task<IReadOnlyList<string>> ActionsAsync(DeskSite site) =>
        await site.Database.QueryAsync<string>("select action from audit order by id", null, Cancel);
}
