using CyberInsights.Edit;
using CyberInsights.Tests.Deliver;
using CyberInsights.Tests.Desk.Editions;
using CyberInsights.Tests.Site;
using MimeKit;

namespace CyberInsights.Tests.Desk.Day;

/// <summary>The newsletter, the reader who leaves it, and what the log says of the day.</summary>
internal sealed class EveningSteps(DeskDay day)
{
    private const int Subscribers = 1_000;
    private const string Subject = "A quarrel about a mast";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal async Task ComposeAsync()
    {
        day.Site.Clock.Advance(TimeSpan.FromHours(5));
        await SomeReaders.AddAsync(
            day.Site.Database,
            [.. Enumerable.Range(1, Subscribers).Select(i => $"reader{i}@pub.example")],
            language: day.Code
        );
        await day.FollowAsync("desk.room.newsletter");
        await day.PressAsync("desk.newsletter.compose.daily");
        await day.FillAsync($"#subject-{day.Code}", Subject);
        await day.PressAsync("desk.events.save");
        await day.SaysAsync(day.T("newsletter.saved"));

        await day.ClickAsync(day.Page.Locator($"main a.act[lang={day.Code}]"));
        await day.SaysAsync(Subject);
        Assert.Contains(ArticleSteps.Title, await day.Page.InnerTextAsync(".letter.words"), StringComparison.Ordinal);
        Assert.Contains(
            ArticleSteps.Title,
            await day.Page.FrameLocator("iframe.letter").Locator("body").InnerTextAsync(),
            StringComparison.Ordinal
        );
        await day.ClickAsync(day.Page.Locator(".kick a"));
    }

    internal async Task SendAsync()
    {
        await day.PressAsync("desk.edition.test.do");
        await day.SaysAsync(day.T("desk.edition.tested"));
        var test = Assert.Single(day.Mailbox.Received);
        Assert.Equal(("ada@desk.example", Subject), (test.To.Mailboxes.Single().Address, test.Subject));

        await day.FollowAsync("desk.edition.send");
        await day.SaysAsync(day.Number(Subscribers));
        await day.PressAsync("desk.edition.send.do");
        await DeskPress.PrintAsync(day.Site, day.Mailbox);

        var mails = day.Mailbox.Received.Skip(1).ToList();
        Assert.Equal(
            (Subscribers, Subscribers),
            (mails.Count, mails.Select(m => m.To.Mailboxes.Single().Address).Distinct().Count())
        );
        Assert.All(mails, m => Assert.Equal(Subject, m.Subject));
        Assert.All(
            mails,
            m => Assert.Contains("/subscribe/leave/", m.Headers[HeaderId.ListUnsubscribe], StringComparison.Ordinal)
        );
        Assert.All(mails, m => Assert.Equal("List-Unsubscribe=One-Click", m.Headers[HeaderId.ListUnsubscribePost]));
        await day.OpenAsync(day.Page.Url);
        await day.SaysAsync(day.Number(Subscribers));
    }

    /// <summary>A reader follows the link of the mail in a browser of their own, and presses once.</summary>
    internal async Task LeaveAsync()
    {
        var mail = await PageTests.ParseAsync(day.Mailbox.Received[^1].HtmlBody!);
        var leave = mail.QuerySelector("a[href*='/subscribe/leave/']")!.GetAttribute("href")!;
        await using var browser = await day.Chrome.ReaderAsync(390);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(leave);
        Assert.Equal(day.Code, await page.GetAttributeAsync("html", "lang"));
        await page.ClickAsync($"main button:text-is('{day.T("newsletter.leave.button")}')");
        await page.WaitForSelectorAsync($"main:has-text('{day.T("newsletter.left.text")}')");

        await day.FollowAsync("desk.room.newsletter");
        var left = day.Page.Locator($"dt:text-is('{day.T("desk.newsletter.left")}') + dd");
        Assert.Equal(day.Number(1), await left.InnerTextAsync());
        await day.SaysAsync(day.Number(Subscribers - 1));
    }

    internal async Task ReadLogAsync()
    {
        await day.FollowAsync("desk.room.audit");

        var told = await day.Page.Locator("table.audit tbody").InnerTextAsync();
        string[] deeds =
        [
            "account.enrol",
            "account.sign-out",
            "account.sign-in",
            "source.add",
            "statement.accept",
            "statement.reject",
            "statement.undo",
            "statement.correct",
            "event.merge",
            "article.begin",
            "article.save",
            "article.picture",
            "article.schedule",
            "article.correction",
            "edition.compose",
            "edition.edit",
            "edition.test",
            "edition.send",
        ];
        Assert.All(deeds, d => Assert.Contains(day.T($"desk.act.{d}"), told, StringComparison.Ordinal));
        foreach (var why in new[] { "the port has no other paper", "one quarrel, told twice", "the embassy wrote" })
        {
            Assert.Contains(why, told, StringComparison.Ordinal);
        }
        var entries = await new AuditLog(day.Site.Database).ReadAsync(new AuditFilter(), 0, 100, Cancel);
        Assert.All(entries.Where(e => e.Action != "account.enrol"), e => Assert.Equal("Ada Example", e.Member));
    }
}
