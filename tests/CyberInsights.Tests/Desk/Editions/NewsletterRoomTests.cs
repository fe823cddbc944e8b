using System.Net;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Edit;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Deliver;
using CyberInsights.Tests.Site;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Desk.Editions;

/// <summary>The room of the newsletter, with a real mail server beside it.</summary>
public sealed class NewsletterRoomTests : IAsyncLifetime
{
    private const string Root = "/desk/newsletter";

    private readonly MailboxServer mailbox = MailboxServer.Start();
    private DeskSite site = null!;
    private DeskClient editor = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var prague = new EditionSchedule { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Prague") };
        site = await DeskSite.StartAsync(s => s with { Mail = mailbox.Settings with { Schedule = prague } });
        editor = await site.ClientAsync(DeskRole.Editor);
    }

    public async ValueTask DisposeAsync()
    {
        editor.Dispose();
        await site.DisposeAsync();
        await mailbox.DisposeAsync();
    }

    [Fact]
    public async Task An_edition_is_composed_written_tried_scheduled_held_and_sent()
    {
        await SomeReaders.AddAsync(site.Database, ["one@pub.example", "two@pub.example"]);
        await SomeReaders.AddAsync(site.Database, ["drei@pub.example"], language: "de");
        var one = await ComposeAsync();
        var page = await editor.PageAsync(one);
        var first = page.QuerySelector("input[name=in]")!.GetAttribute("value")!;
        Assert.StartsWith("events/", first, StringComparison.Ordinal);

        // A second wish for a draft chooses anew for the one that waits.
        Assert.Equal(one, await ComposeAsync());

        await SaveAsync(one, ("subject.en", "A quiet morning"), ("intro.en", "Read **this**."), ("subject.de", "Ruhe"));
        page = await editor.PageAsync(one);
        Assert.Equal("A quiet morning", page.QuerySelector("#subject-en")!.GetAttribute("value"));
        Assert.False(page.QuerySelector($"input[value='{first}'][name=in]")!.HasAttribute("checked"));

        await editor.SubmitAsync(one, $"{one}/test", ("address", "me@news.example"), ("language", "de"));
        var test = Assert.Single(mailbox.Received);
        Assert.Equal(("me@news.example", "Ruhe"), (test.To.Mailboxes.Single().Address, test.Subject));

        var answer = await editor.SubmitAsync(
            one,
            $"{one}/schedule",
            ("at", "2025-05-30T07:00"),
            ("zone", "Europe/Prague")
        );
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains(
            "Friday 30 May 2025, 07:00 (Europe/Prague), 05:00 UTC",
            (await editor.PageAsync(one)).QuerySelector(".note")!.TextContent,
            StringComparison.Ordinal
        );
        await editor.SubmitAsync(one, $"{one}/hold");
        Assert.Contains(
            "3 subscribers",
            (await editor.PageAsync($"{one}/send")).Body!.TextContent,
            StringComparison.Ordinal
        );
        await editor.SubmitAsync($"{one}/send", $"{one}/send");
        await DeskPress.PrintAsync(site, mailbox);

        Assert.Equal(4, mailbox.Received.Count);
        Assert.Equal(
            ["A quiet morning", "A quiet morning", "Ruhe"],
            mailbox.Received.Skip(1).Select(m => m.Subject).Order()
        );
        page = await editor.PageAsync(one);
        Assert.Contains("Sent mails3Waiting0Failed0", Figures(page), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#edit"));
        var late = await editor.PostAsync(
            $"{one}/save",
            ("token", page.QuerySelector("input[name=token]")!.GetAttribute("value")!)
        );
        Assert.Contains("goes out already", await late.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(
            ["compose", "refresh", "edit", "test", "schedule", "hold", "send"],
            (await site.Services.GetRequiredService<AuditLog>().OfAsync("edition", one.Split('/')[^1], 20, Cancel))
                .Reverse()
                .Select(e => e.Action.Split('.')[1])
        );

        // Numbers stay when readers, and with them their mails, are forgotten.
        var reader = await site.Database.FirstAsync<string>(
            "select id || '-' || secret from subscribers where address = 'one@pub.example'",
            null,
            Cancel
        );
        await site.Services.GetRequiredService<Newsletter>().LeaveAsync(reader!, Cancel);
        site.Clock.Advance(TimeSpan.FromDays(31));
        await new Forgetter(site.Database, site.Clock).RunAsync(Cancel);
        using var later = await site.ClientAsync(DeskRole.Administrator);
        var kept = Figures(await later.PageAsync(one));
        Assert.Contains("Sent mails3", kept, StringComparison.Ordinal);
        Assert.Contains("Left after it1", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_wrong_is_said_in_a_sentence_and_changes_nothing()
    {
        await RefusedAsync($"{Root}/compose", "daily or weekly", ("frequency", "hourly"));
        var one = await ComposeAsync();
        var stale = (await editor.PageAsync(one)).QuerySelector("input[name=revision]")!.GetAttribute("value")!;
        await SaveAsync(one, ("subject.en", "First"));

        // Whoever saves second keeps their words, and is told.
        var lost = await editor.SubmitAsync(one, $"{one}/save", ("revision", stale), ("subject.en", "Second"));
        Assert.Equal(HttpStatusCode.Conflict, lost.StatusCode);
        var page = await PageTests.ParseAsync(await lost.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("Second", page.QuerySelector("#subject-en")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector("[role=alert]"));
        Assert.Equal("First", (await editor.PageAsync(one)).QuerySelector("#subject-en")!.GetAttribute("value"));

        foreach (
            var (act, fields, sentence) in new (string, (string, string)[], string)[]
            {
                ("save", [("subject.en", "two\nlines")], "more than one line"),
                ("save", [("intro.en", new string('x', EditionStore.MaxIntro + 1))], "5000 are the most"),
                ("schedule", [("at", "2025-05-01T07:00"), ("zone", "UTC")], "is past"),
                ("schedule", [("at", "soon"), ("zone", "UTC")], "not understood"),
                ("schedule", [("at", "2025-06-01T07:00"), ("zone", "Mars/Base")], "no time zone"),
                ("schedule", [("at", "2025-06-01T07:00"), ("zone", "UTC"), ("revision", stale)], "Somebody changed"),
                ("hold", [("revision", "9")], "Somebody changed"),
                ("drop", [("revision", stale)], "Somebody changed"),
                ("send", [("revision", stale)], "Somebody changed"),
                ("test", [("address", "nobody"), ("language", "en")], "no mail address"),
            }
        )
        {
            await RefusedAsync($"{one}/{act}", sentence, fields);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"{one}/preview/xx")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"{Root}/12345")).StatusCode);

        // With everything left out it would go to nobody.
        await editor.SubmitAsync(one, $"{one}/save", [.. (await KeysAsync(one)).Select(k => ("key", k))]);
        var empty = await editor.SubmitAsync($"{one}/send", $"{one}/send");
        Assert.Contains("left out", await empty.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await editor.SubmitAsync(one, $"{one}/drop");
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync(one)).StatusCode);

        mailbox.Unknown = _ => true;
        one = await ComposeAsync();
        var away = await editor.SubmitAsync(one, $"{one}/test", ("address", "me@news.example"), ("language", "en"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
    }

    [Fact]
    public async Task A_mail_is_looked_at_in_a_frame_that_may_do_nothing_and_what_is_in_doubt_is_sent_again_by_a_person()
    {
        await SomeReaders.AddAsync(site.Database, ["one@pub.example"]);
        var one = await ComposeAsync();
        await SaveAsync(one, ("intro.en", "<script>alert(1)</script>Good <b>morning</b>"));

        using var mail = await editor.GetAsync($"{one}/mail/en");
        var policy = Assert.Single(mail.Headers.GetValues("Content-Security-Policy"));
        Assert.EndsWith("; sandbox", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        var markup = await PageTests.ParseAsync(await mail.Content.ReadAsStringAsync(Cancel));
        Assert.Empty(markup.QuerySelectorAll("script, img, form"));
        Assert.DoesNotContain(Mailing.ReaderMark, markup.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var preview = await editor.PageAsync($"{one}/preview/en");
        Assert.Equal("", preview.QuerySelector("iframe")!.GetAttribute("sandbox"));
        Assert.Contains(
            "== From our desk ==",
            preview.QuerySelector(".letter.words")!.TextContent,
            StringComparison.Ordinal
        );

        await editor.SubmitAsync($"{one}/send", $"{one}/send");
        await DeskPress.Of(site).RunAsync(Cancel);
        await site.Database.WriteAsync(t => t.ExecuteAsync("update mails set state = 5", null, Cancel), Cancel);
        Assert.Contains(
            "one@pub.example",
            (await editor.PageAsync(Root)).QuerySelector("#doubtful")!.TextContent,
            StringComparison.Ordinal
        );
        var button = (await editor.PageAsync(Root)).QuerySelector("#doubtful button")!;
        var again = ("mail", button.GetAttribute("value")!);
        Assert.Equal(HttpStatusCode.SeeOther, (await editor.SubmitAsync(Root, $"{Root}/again", again)).StatusCode);
        Assert.Null((await editor.PageAsync(Root)).QuerySelector("#doubtful"));
        await DeskPress.PrintAsync(site, mailbox);
        Assert.Single(mailbox.Received);

        await DeskLooks.CheckAsync(site, DeskRole.Editor, Root, one, await ComposeAsync("weekly"));
    }

    [Fact]
    public async Task Without_a_mail_server_the_room_says_what_to_set()
    {
        await using var silent = await DeskSite.StartAsync(s => s with { Mail = null });
        using var client = await silent.ClientAsync(DeskRole.Editor);

        Assert.Contains(
            "Insights__MailHost",
            (await client.PageAsync(Root)).Body!.TextContent,
            StringComparison.Ordinal
        );
        var answer = await client.SubmitAsync(Root, $"{Root}/compose", ("frequency", "daily"));
        var one = answer.Headers.Location!.OriginalString;
        var sent = await client.SubmitAsync($"{one}/send", $"{one}/send");
        Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
        Assert.Contains("Insights__MailHost", await sent.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task<string> ComposeAsync(string frequency = "daily")
    {
        var answer = await editor.SubmitAsync(Root, $"{Root}/compose", ("frequency", frequency));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    // All items but the first stay in.
    private async Task SaveAsync(string one, params (string, string)[] texts)
    {
        var keys = await KeysAsync(one);
        (string, string)[] items =
        [
            .. keys.Select(k => ("key", k)),
            .. keys.Select((_, i) => ("place", $"{i + 1}")),
            .. keys.Skip(1).Select(k => ("in", k)),
        ];
        var answer = await editor.SubmitAsync(one, $"{one}/save", [.. items, .. texts]);
        Assert.Equal($"{one}?done=saved", answer.Headers.Location?.OriginalString);
    }

    private async Task<List<string>> KeysAsync(string one) =>
        [.. (await editor.PageAsync(one)).QuerySelectorAll("input[name=key]").Select(i => i.GetAttribute("value")!)];

    private async Task RefusedAsync(string action, string sentence, params (string, string)[] fields)
    {
        var page = await editor.PageAsync(Root);
        var token = page.QuerySelector("main input[name=token]")!.GetAttribute("value")!;
        var one = action[..action.LastIndexOf('/')];
        var revision =
            one == Root
                ? null
                : (await editor.PageAsync(one)).QuerySelector("input[name=revision]")!.GetAttribute("value");
        (string, string)[] own =
            revision is null || fields.Any(f => f.Item1 == "revision") ? [] : [("revision", revision)];
        var answer = await editor.PostAsync(action, [("token", token), .. own, .. fields]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static string Figures(AngleSharp.Dom.IDocument page) =>
        string.Concat(page.QuerySelectorAll("#fared ~ .kv > *, .tab:has(#fared) ~ .kv > *").Select(e => e.TextContent));
}
