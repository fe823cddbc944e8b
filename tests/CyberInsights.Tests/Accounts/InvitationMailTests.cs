using System.Net;
using System.Text.RegularExpressions;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Returns;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Deliver;
using CyberInsights.Tests.Desk;
using CyberInsights.Tests.Site;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace CyberInsights.Tests.Accounts;

/// <summary>Links that are sent by mail, over a real mail server.</summary>
public sealed partial class InvitationMailTests
{
    private const string Password = "seven grey herons on the pier";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_by_mail_brings_the_only_link_there_is_and_works_once()
    {
        await using var mailbox = MailboxServer.Start();
        await using var site = await DeskSite.StartAsync(s => s with { Mail = mailbox.Settings });
        using var administrator = await site.ClientAsync(DeskRole.Administrator);

        var answer = await SendAsync(administrator, "/ar", "bo@desk.example", "editor");
        Assert.Equal("/ar/desk/members?done=mail", answer.Headers.Location!.OriginalString);
        Assert.Contains("mail is waiting", await OpenAsync(administrator), StringComparison.Ordinal);
        await DeliverAsync(site, mailbox);

        var mail = Assert.Single(mailbox.Received);
        Assert.Equal("bo@desk.example", mail.To.Mailboxes.Single().Address);
        Assert.Contains("غرفة تحرير", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("Administrator of the desk", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("dir=\"rtl\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Null(mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Contains("mail was sent", await OpenAsync(administrator), StringComparison.Ordinal);
        var path = PathIn(mail);
        Assert.StartsWith("/ar/account/invitation/", path, StringComparison.Ordinal);
        Assert.Equal(path, PathIn(mail, mail.HtmlBody!));

        using var guest = site.Stranger();
        await guest.SubmitAsync(path, path, ("name", "Bo"), ("password", Password));
        Assert.Equal(DeskRole.Editor, (await InvitationTests.AccountAsync(site, "bo@desk.example"))!.Role);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(path)).StatusCode);
        Assert.Equal(
            ["account.invite-mail", "account.enrol"],
            (await site.Database.QueryAsync<string>("select action from audit order by id", null, Cancel)).Take(2)
        );
    }

    [Fact]
    public async Task What_is_withdrawn_replaced_or_closed_is_not_sent_and_its_link_is_worth_nothing()
    {
        await using var mailbox = MailboxServer.Start();
        await using var site = await DeskSite.StartAsync(s => s with { Mail = mailbox.Settings });
        using var administrator = await site.ClientAsync(DeskRole.Administrator);
        var editor = await site.MemberAsync(DeskRole.Editor);
        var page = $"/desk/members/{editor.Id}";

        await SendAsync(administrator, "", "bo@desk.example", "reader");
        await SendAsync(administrator, "", "BO@desk.example", "editor");
        await administrator.SubmitAsync(page, "/desk/members/reset", ("send", "mail"));
        await administrator.SubmitAsync(page, "/desk/members/close");
        await DeliverAsync(site, mailbox);

        var mail = Assert.Single(mailbox.Received);
        var hash = (await administrator.PageAsync("/desk/members"))
            .QuerySelector("button[name=invitation]")!
            .GetAttribute("value")!;
        await administrator.SubmitAsync("/desk/members", "/desk/members/withdraw", ("invitation", hash));
        using var guest = site.Stranger();
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(PathIn(mail))).StatusCode);
        Assert.Equal(0L, await site.Database.FirstAsync<long>("select count(*) from mails", null, Cancel));

        // Wrong addresses, and those of members, get none.
        await SendAsync(administrator, "", "not an address", "editor");
        await SendAsync(administrator, "", editor.Email, "editor");
        await DeliverAsync(site, mailbox);
        Assert.Single(mailbox.Received);

        // Whether one arrived can be seen.
        mailbox.Unknown = _ => true;
        await SendAsync(administrator, "", "nobody@desk.example", "editor");
        await DeliverAsync(site, mailbox);
        Assert.Contains("may not have arrived", await OpenAsync(administrator), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_by_mail_goes_to_the_address_of_the_account_for_half_an_hour()
    {
        await using var mailbox = MailboxServer.Start();
        await using var site = await DeskSite.StartAsync(s => s with { Mail = mailbox.Settings });
        using var administrator = await site.ClientAsync(DeskRole.Administrator);
        var editor = await site.MemberAsync(DeskRole.Editor);
        var page = $"/desk/members/{editor.Id}";

        var answer = await administrator.SubmitAsync(page, "/desk/members/reset", ("send", "mail"));
        Assert.Equal($"{page}?done=mail", answer.Headers.Location!.OriginalString);
        Assert.NotNull((await administrator.PageAsync($"{page}?done=mail")).QuerySelector("[role=status]"));
        await DeliverAsync(site, mailbox);
        await administrator.SubmitAsync(page, "/desk/members/reset", ("send", "mail"));
        await DeliverAsync(site, mailbox);

        Assert.All(mailbox.Received, m => Assert.Equal(editor.Email, m.To.Mailboxes.Single().Address));
        var (first, second) = (PathIn(mailbox.Received[0]), PathIn(mailbox.Received[1]));
        using var owner = site.Stranger();
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(first)).StatusCode);
        await owner.SubmitAsync(second, second, ("password", Password));
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/desk")).StatusCode);

        await administrator.SubmitAsync(page, "/desk/members/reset", ("send", "mail"));
        await DeliverAsync(site, mailbox);
        var third = PathIn(mailbox.Received[2]);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(third)).StatusCode);
        site.Clock.Advance(Invitations.RecoveryLasts);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(third)).StatusCode);
    }

    [Fact]
    public async Task Where_no_mail_goes_out_only_the_link_is_offered()
    {
        await using var site = await DeskSite.StartAsync(s => s with { Mail = null });
        using var administrator = await site.ClientAsync(DeskRole.Administrator);

        Assert.Null((await administrator.PageAsync("/desk/members")).QuerySelector("button[name=send]"));
        // A form that was made by hand gets the link, too.
        var answer = await SendAsync(administrator, "", "bo@desk.example", "editor");
        Assert.Contains("/account/invitation/", await InvitationTests.LinkAsync(answer), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SendAsync(
        DeskClient administrator,
        string prefix,
        string email,
        string role
    ) =>
        administrator.SubmitAsync(
            $"{prefix}/desk/members",
            $"{prefix}/desk/members/invite",
            ("email", email),
            ("role", role),
            ("send", "mail")
        );

    private static async Task<string> OpenAsync(DeskClient administrator) =>
        (await administrator.PageAsync("/desk/members")).QuerySelector("[aria-labelledby=open]")?.TextContent ?? "";

    private static async Task DeliverAsync(DeskSite site, MailboxServer mailbox)
    {
        var key = new SiteKey(site.Database);
        var tokens = new ReturnTokens(key);
        var mailer = new Mailer(
            new Outbox(site.Database),
            tokens,
            new ReturnDesk(site.Database, tokens, key),
            mailbox.Settings,
            new SiteAddress(site.Address),
            site.Clock,
            NullLogger<Mailer>.Instance
        );
        while (await mailer.RunAsync(Cancel) > 0) { }
    }

    private static string PathIn(MimeMessage mail, string? body = null) =>
        new Uri(Address.Match(body ?? mail.TextBody!).Value).AbsolutePath;

    [GeneratedRegex("http[^\\s\"<]+/account/invitation/[0-9a-f]{64}", RegexOptions.None, 1000)]
    private static partial Regex Address { get; }
}
