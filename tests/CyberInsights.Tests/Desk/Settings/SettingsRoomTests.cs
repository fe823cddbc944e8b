using System.Net;
using AngleSharp.Dom;
using CyberInsights.Deliver.Editions;
using CyberInsights.Edit;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Settings;
using CyberInsights.Tests.Site;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Desk.Settings;

public sealed class SettingsRoomTests
{
    private const string Root = "/desk/settings";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_saved_stands_on_the_very_next_page_in_the_history_and_in_the_log_and_can_be_put_back()
    {
        await using var site = await DeskSite.StartAsync();
        using var admin = await site.ClientAsync(DeskRole.Administrator);
        using var reader = site.Stranger();
        // Kept in the cache from here on.
        var before = await reader.PageAsync("/");
        await reader.PageAsync("/about");
        Assert.Equal("green", before.DocumentElement.GetAttribute("data-accent"));

        var texts = await admin.SubmitAsync(
            Root,
            Root,
            ("SiteName", "Karsk News <b>"),
            ("Tagline__en", "Who says what in Karsk"),
            (
                "About__en",
                "## Who we are\r\n\r\nWe *look*. <script>hx()</script> [a](javascript:hx()) [b](https://a.example)"
            ),
            ("reason", "new name")
        );
        await SaveAsync(admin, "look", ("Wordmark", "KARSK"), ("Accent", "violet"), ("Theme", "dark"));
        await SaveAsync(admin, "publisher", ("Imprint", "Karsk Ltd\r\nHarbour 1"), ("MiningReserved", "true"));
        await SaveAsync(admin, "publisher", ("SecurityContact", "mailto:flaws@karsk.example"));
        await SaveAsync(admin, "newsletter", ("NewsletterHour", "18"));
        await SaveAsync(admin, "desk", ("Articles__SecondReader", "true"));

        Assert.Equal((HttpStatusCode.SeeOther, $"{Root}?done=saved"), (texts.StatusCode, To(texts)));
        var front = await reader.PageAsync("/");
        Assert.Equal("KARSK", front.QuerySelector(".mast .name")!.TextContent.Trim());
        Assert.Contains("Karsk News <b>", front.Title, StringComparison.Ordinal);
        Assert.Contains(
            "Who says what in Karsk",
            front.QuerySelector(".foot .about")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ("violet", "dark"),
            (front.DocumentElement.GetAttribute("data-accent"), front.DocumentElement.GetAttribute("data-theme"))
        );
        var about = await reader.PageAsync("/de/about");
        Assert.Equal("Who we are", about.QuerySelector("[lang=en] h2")!.TextContent);
        Assert.Contains(
            "<script>hx()</script>",
            about.QuerySelector("[lang=en] p")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["https://a.example/"],
            about.QuerySelectorAll("[lang=en] a[href]").Select(a => a.GetAttribute("href"))
        );
        Assert.Equal(
            ["Karsk Ltd", "Harbour 1"],
            (await reader.PageAsync("/contact"))
                .QuerySelectorAll("[aria-labelledby=imprint] bdi")
                .Select(l => l.TextContent)
        );
        Assert.Equal("1", (await reader.GetAsync("/trends")).Headers.GetValues("tdm-reservation").Single());
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/.well-known/tdmrep.json")).StatusCode);
        Assert.Contains(
            "flaws@karsk.example",
            await reader.Http.GetStringAsync("/.well-known/security.txt", Cancel),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Karsk News &lt;b&gt;",
            await reader.Http.GetStringAsync("/feed.xml", Cancel),
            StringComparison.Ordinal
        );
        Assert.True(site.Services.GetRequiredService<CurrentSettings>().Now.SecondReader);
        Assert.Equal(18, site.Services.GetRequiredService<CurrentSchedule>()().Hour);

        var history = await admin.PageAsync($"{Root}/history");
        var named = history.QuerySelectorAll("tbody tr").First(r => r.TextContent.Contains("Name of the site"));
        Assert.Equal(
            ("not set", "Karsk News <b>"),
            (named.QuerySelector("del")!.TextContent, named.QuerySelector("ins")!.TextContent)
        );
        var back = await admin.SubmitAsync(
            $"{Root}/history",
            $"{Root}/history",
            ("change", named.QuerySelector("button")!.GetAttribute("value")!)
        );
        Assert.Equal($"{Root}/history?done=back", To(back));
        Assert.DoesNotContain("Karsk News", (await reader.PageAsync("/")).Title, StringComparison.Ordinal);
        var newest = (await admin.PageAsync($"{Root}/history")).QuerySelector("tbody tr")!;
        Assert.NotNull(newest.QuerySelector("a.undoes"));
        var log = await site
            .Services.GetRequiredService<AuditLog>()
            .ReadAsync(new AuditFilter { Subject = "setting" }, 0, 20, Cancel);
        Assert.Equal(("setting.undo", "Administrator of the desk"), (log[0].Action, log[0].Member));
        Assert.Equal("new name", log[^1].Reason);

        // Another process, as a command of the operator, is heard of too; and all of it outlives a restart.
        await new SettingDesk(site.Database).ChangeAsync(
            Member.Operator,
            (await new SettingDesk(site.Database).ReadAsync(Cancel)).Version,
            new Dictionary<string, string> { ["Accent"] = "" },
            "",
            null,
            Cancel
        );
        await site.Services.GetRequiredService<SettingsKeeper>().RefreshAsync(Cancel);
        Assert.Equal("green", (await reader.PageAsync("/")).DocumentElement.GetAttribute("data-accent"));
        await site.RestartAsync();
        Assert.Equal("KARSK", (await reader.PageAsync("/")).QuerySelector(".mast .name")!.TextContent.Trim());
    }

    [Fact]
    public async Task Lists_are_chosen_ordered_emptied_and_brought_back()
    {
        await using var site = await DeskSite.StartAsync();
        using var admin = await site.ClientAsync(DeskRole.Administrator);
        using var reader = site.Stranger();
        var all = Navigation(await reader.PageAsync("/"));
        var boxes = (await admin.PageAsync($"{Root}/links"))
            .QuerySelectorAll("input[name=Sections]")
            .Select(Value)
            .ToList();
        Assert.Equal(all.Select(a => a.Split('/')[^1]), boxes);

        await SaveAsync(
            admin,
            "links",
            ("Sections", boxes[0]),
            ("Sections", boxes[2]),
            ($"Sections.{boxes[0]}", "2"),
            ($"Sections.{boxes[2]}", "1"),
            ("Share", "mail"),
            ("Share.mail", "1"),
            ("Follow.name", "Zine"),
            ("Follow.address", "https://zine.example/karsk"),
            ("Follow.place", "2"),
            ("Follow.name", "Mastodon"),
            ("Follow.address", "https://social.example/@karsk"),
            ("Follow.place", "1"),
            ("Follow.name", ""),
            ("Follow.address", ""),
            ("Follow.place", "3")
        );

        var front = await reader.PageAsync("/");
        Assert.Equal([all[2], all[0]], Navigation(front));
        Assert.Equal(["Mastodon", "Zine"], front.QuerySelectorAll(".foot a[rel~=me]").Select(a => a.TextContent));
        // What the navigation leaves out is still there.
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(all[1])).StatusCode);
        var form = await admin.PageAsync($"{Root}/links");
        Assert.Equal(boxes[2], Value(form.QuerySelector("input[name=Sections]")!));
        Assert.Equal(
            ["Mastodon", "Zine", "", "", ""],
            form.QuerySelectorAll("input[name='Follow.name']").Select(Value)
        );

        await SaveAsync(admin, "links", [.. boxes.Select(b => ($"Sections.{b}", "1"))]);
        Assert.Empty(Navigation(await reader.PageAsync("/")));
        await SaveAsync(
            admin,
            "links",
            [.. boxes.SelectMany((b, i) => new[] { ("Sections", b), ($"Sections.{b}", $"{i}") })]
        );
        Assert.Equal(all, Navigation(await reader.PageAsync("/")));
    }

    [Fact]
    public async Task Nothing_is_saved_unless_all_is_right_and_each_field_says_what_is_wrong_with_it()
    {
        await using var site = await DeskSite.StartAsync(s =>
            s with
            {
                Contact = "start@news.example",
                Weather = new(),
                AtStart = new Dictionary<string, string> { ["Contact"] = "start@news.example" },
            }
        );
        using var admin = await site.ClientAsync(DeskRole.Administrator);

        var answer = await admin.SubmitAsync(
            Root,
            Root,
            ("SiteName", "Karsk\r\nBcc: all@news.example"),
            ("Tagline__en", "Right")
        );
        var page = await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
        var name = page.QuerySelector("[name=SiteName]")!;
        var message = page.GetElementById(name.GetAttribute("aria-describedby")!.Split(' ')[0])!.TextContent;

        Assert.Equal((HttpStatusCode.BadRequest, "true"), (answer.StatusCode, name.GetAttribute("aria-invalid")));
        Assert.Contains("more than one line of 80 characters", message, StringComparison.Ordinal);
        Assert.Equal("Right", Value(page.QuerySelector("[name=Tagline__en]")!));
        Assert.Null(page.QuerySelector("[name=Tagline__en]")!.GetAttribute("aria-invalid"));
        Assert.Equal(0, (await new SettingDesk(site.Database).ReadAsync(Cancel)).Version);

        var place = await admin.SubmitAsync($"{Root}/weather", $"{Root}/weather", ("Weather__Place", "Springfielt"));
        Assert.Equal(HttpStatusCode.BadRequest, place.StatusCode);
        var links = await admin.SubmitAsync(
            $"{Root}/links",
            $"{Root}/links",
            ("Follow.name", "Me"),
            ("Follow.address", "javascript:hx()")
        );
        Assert.Contains("begin with https:", await links.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        // What is set at start is told and left alone, whatever a form says.
        var publisher = await admin.PageAsync($"{Root}/publisher");
        Assert.Null(publisher.QuerySelector("[name=Contact]"));
        Assert.Contains("Set by Insights__Contact at start", publisher.Body!.TextContent, StringComparison.Ordinal);
        await SaveAsync(admin, "publisher", ("Contact", "desk@news.example"));
        Assert.Equal(0, (await new SettingDesk(site.Database).ReadAsync(Cancel)).Version);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"{Root}/secrets")).StatusCode);
        var token = Value((await admin.PageAsync(Root)).QuerySelector("form.settings input[name=token]")!);
        var missing = await admin.PostAsync($"{Root}/history", ("token", token), ("change", "1"));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_the_second_is_told_and_neither_loses_anything()
    {
        await using var site = await DeskSite.StartAsync();
        using var one = await site.ClientAsync(DeskRole.Administrator);
        var desk = new SettingDesk(site.Database);
        var token = Value((await one.PageAsync(Root)).QuerySelector("form.settings input[name=token]")!);

        // Both saw version 0; the first sets name and tagline, the second name and the text about the site.
        await SaveAsync(one, "site", ("SiteName", "One"), ("Tagline__en", "Of the first"));
        var second = await one.PostAsync(
            Root,
            ("token", token),
            ("version", "0"),
            ("SiteName", "Two"),
            ("Tagline__en", ""),
            ("About__en", "Of the second")
        );
        var page = await PageTests.ParseAsync(await second.Content.ReadAsStringAsync(Cancel));

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("One", (await desk.ReadAsync(Cancel))["SiteName"]);
        Assert.Equal("Two", Value(page.QuerySelector("[name=SiteName]")!));
        Assert.Equal("Of the first", Value(page.QuerySelector("[name=Tagline__en]")!));
        Assert.Equal("Of the second", page.QuerySelector("[name=About__en]")!.TextContent);
        Assert.Contains(
            "Meanwhile Administrator of the desk set this to: One",
            page.Body!.TextContent,
            StringComparison.Ordinal
        );
        var again = page.QuerySelectorAll("form.settings [name]")
            .Select(f => (f.GetAttribute("name")!, Value(f)))
            .ToArray();
        Assert.Equal(HttpStatusCode.SeeOther, (await one.PostAsync(Root, again)).StatusCode);
        var now = await desk.ReadAsync(Cancel);
        Assert.Equal(("Two", "Of the first", "Of the second"), (now["SiteName"], now["Tagline__en"], now["About__en"]));

        // What others changed on another page of the room is in nobody's way.
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await one.PostAsync($"{Root}/look", ("token", token), ("version", "0"), ("Accent", "blue"))).StatusCode
        );
        var late = await one.PostAsync(
            $"{Root}/history",
            ("token", token),
            ("version", "1"),
            ("change", $"{(await desk.HistoryAsync(0, 1, Cancel))[0].Id}")
        );
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
        Assert.Equal("blue", (await desk.ReadAsync(Cancel))["Accent"]);
    }

    [Fact]
    public async Task The_room_looks_right_everywhere()
    {
        await using var site = await DeskSite.StartAsync(s => s with { Weather = new() });
        using var admin = await site.ClientAsync(DeskRole.Administrator);
        await SaveAsync(admin, "site", ("SiteName", "Karsk News"), ("About__en", new string('x', 300)));

        await DeskLooks.CheckAsync(
            site,
            DeskRole.Administrator,
            [Root, $"{Root}/look", $"{Root}/links", $"{Root}/weather", $"{Root}/newsletter", $"{Root}/history"]
        );
    }

    private static async Task SaveAsync(DeskClient client, string group, params (string, string)[] fields)
    {
        var address = group == "site" ? Root : $"{Root}/{group}";
        Assert.Equal(HttpStatusCode.SeeOther, (await client.SubmitAsync(address, address, fields)).StatusCode);
    }

    private static List<string> Navigation(IDocument page) =>
        [
            .. page.QuerySelectorAll(".nav a")
                .Select(a => a.GetAttribute("href")!)
                .Where(h => h.StartsWith("/topics/", StringComparison.Ordinal)),
        ];

    private static string Value(IElement field) =>
        field.LocalName == "textarea" ? field.TextContent : field.GetAttribute("value") ?? "";

    private static string To(HttpResponseMessage answer) => answer.Headers.Location!.OriginalString;
}
