using System.Net;
using System.Net.Sockets;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Returns;
using CyberInsights.Net;
using CyberInsights.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using SmtpServer.Protocol;

namespace CyberInsights.Tests.Deliver;

/// <summary>The outbox over a real mail server.</summary>
public sealed class MailerTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly FakeTimeProvider clock = Some.Clock();
    private readonly MailboxServer mailbox = MailboxServer.Start();
    private Database database = null!;
    private Outbox outbox = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await folder.DatabaseAsync("mail.db"), clock, Cancel);
        outbox = new Outbox(database);
    }

    public async ValueTask DisposeAsync()
    {
        await mailbox.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Each_reader_gets_one_mail_with_the_links_of_their_own()
    {
        await QueueAsync(["one@pub.example", "two@pub.example"]);

        await DrainAsync(Mailer());
        await DrainAsync(Mailer());

        Assert.Equal(
            ["one@pub.example", "two@pub.example"],
            mailbox.Received.Select(m => m.To.Mailboxes.Single().Address).Order()
        );
        Assert.Equal(2, mailbox.Received.Select(m => m.TextBody).Distinct().Count());
        Assert.DoesNotContain(mailbox.Received, m => m.TextBody!.Contains('{', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_carries_what_lists_and_programs_look_for()
    {
        await QueueAsync(["reader@pub.example"], subject: "خبر: 5 % <b>");

        await DrainAsync(Mailer());

        var mail = Assert.Single(mailbox.Received);
        Assert.Equal("خبر: 5 % <b>", mail.Subject);
        Assert.Equal(("Insights", "desk@news.example"), (From(mail).Name, From(mail).Address));
        Assert.Equal("answers@news.example", mail.ReplyTo.Mailboxes.Single().Address);
        Assert.EndsWith("@news.example", mail.MessageId, StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("bulk", mail.Headers[HeaderId.Precedence]);
        Assert.Equal("<newsletter.news.example>", mail.Headers[HeaderId.ListId]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Matches(
            "^<https://news[.]example/subscribe/leave/[0-9]+-[0-9a-f]{64}>$",
            mail.Headers[HeaderId.ListUnsubscribe]
        );
        Assert.NotNull(mail.HtmlBody);
        Assert.NotNull(mail.TextBody);
    }

    [Fact]
    public async Task A_line_break_in_a_subject_or_a_name_makes_no_header()
    {
        await QueueAsync(["reader@pub.example"], subject: "News\r\nBcc: all@pub.example\r\n\r\nbody");

        await DrainAsync(Mailer());

        var mail = Assert.Single(mailbox.Received);
        Assert.Empty(mail.Bcc);
        Assert.Null(mail.Headers[HeaderId.Bcc]);
        Assert.Contains("Confirm it", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_left_between_queue_and_sending_gets_nothing()
    {
        await QueueAsync(["stays@pub.example", "leaves@pub.example"]);
        await ExecuteAsync("update subscribers set state = 3 where address = 'leaves@pub.example'");

        await DrainAsync(Mailer());

        Assert.Equal("stays@pub.example", Assert.Single(mailbox.Received).To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task A_refusal_for_now_is_tried_again_later_with_the_same_message_id_and_given_up_at_last()
    {
        mailbox.Answer = new SmtpResponse(SmtpReplyCode.InsufficientStorage, "full");
        await QueueAsync(["reader@pub.example"]);

        await DrainAsync(Mailer());
        Assert.Equal(1, mailbox.Offered);
        clock.Advance(TimeSpan.FromMinutes(1));
        await DrainAsync(Mailer());
        Assert.Equal(2, mailbox.Offered);
        for (var attempt = 2; attempt < Outbox.MaxAttempts; attempt++)
        {
            clock.Advance(TimeSpan.FromMinutes(Math.Pow(4, attempt - 1)));
            await DrainAsync(Mailer());
        }
        clock.Advance(TimeSpan.FromDays(365));
        await DrainAsync(Mailer());

        Assert.Equal(Outbox.MaxAttempts, mailbox.Offered);
        var counts = await new OutboxReader(database).CountAsync(Cancel);
        Assert.Equal((0, 1), (counts.Due, counts.Failed));
        Assert.Contains("full", counts.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_for_good_is_not_tried_again_and_holds_up_nobody()
    {
        mailbox.Answer = new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such reader");
        await QueueAsync(["one@pub.example", "two@pub.example"]);

        await DrainAsync(Mailer());
        clock.Advance(TimeSpan.FromDays(1));
        await DrainAsync(Mailer());

        Assert.Equal(2, mailbox.Offered);
        Assert.Equal(2, (await new OutboxReader(database).CountAsync(Cancel)).Failed);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_costs_no_attempt()
    {
        await QueueAsync(["reader@pub.example"]);
        var away = Mailer(MailboxServer.FreePort());

        Assert.Equal(0, await away.RunAsync(Cancel));
        Assert.Equal(0, await away.RunAsync(Cancel));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await away.RunAsync(Cancel));
        await DrainAsync(Mailer());

        Assert.Single(mailbox.Received);
        Assert.Equal(1, await database.FirstAsync<int>("select attempts from mails", null, Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_ends_after_the_whole_mail_leaves_doubt_and_before_it_none(bool whole)
    {
        await QueueAsync(["reader@pub.example"]);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = BreakOffAsync(server, whole);

        await Mailer(((IPEndPoint)server.LocalEndpoint).Port).RunAsync(Cancel);
        await serving;

        Assert.Equal(
            (int)(whole ? MailState.Doubtful : MailState.Due),
            await database.FirstAsync<int>("select state from mails", null, Cancel)
        );
        clock.Advance(TimeSpan.FromDays(1));
        await DrainAsync(Mailer());
        Assert.Equal(whole ? 0 : 1, mailbox.Received.Count);
    }

    [Fact]
    public async Task Many_mails_go_over_a_few_lines_once_each()
    {
        await QueueAsync([.. Enumerable.Range(0, 100).Select(i => $"reader{i}@pub.example")]);

        await DrainAsync(Mailer(change: s => s with { Lines = 3 }));

        Assert.Equal(100, mailbox.Received.Select(m => m.To.Mailboxes.Single().Address).Distinct().Count());
        Assert.Equal(100, mailbox.Received.Count);
        Assert.InRange(mailbox.Sessions, 1, 3);
    }

    [Fact]
    public async Task Mails_keep_the_distance_that_the_operator_allows()
    {
        await QueueAsync(["one@pub.example", "two@pub.example", "three@pub.example"]);
        var sending = Mailer(change: s => s with { PerMinute = 2 });

        var first = sending.RunAsync(Cancel);
        await Patience.UntilAsync("the first mail", () => Task.FromResult(mailbox.Received.Count == 1));
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Single(mailbox.Received);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await first);

        Assert.Equal(2, mailbox.Received.Count);
    }

    [Fact]
    public async Task A_mail_that_another_sender_handed_over_is_broken_off_and_never_comes_twice()
    {
        await QueueAsync(["reader@pub.example"]);
        var mail = Assert.Single(await outbox.TakeAsync(10, Cancel));
        // A second sender takes it over, too early, and both try to end it.
        await outbox.ReleaseAsync(null, Cancel);
        var again = Assert.Single(await outbox.TakeAsync(10, Cancel));

        Assert.False(await outbox.HandOverAsync(mail));
        Assert.True(await outbox.HandOverAsync(again));
        Assert.False(await outbox.HandOverAsync(again));

        await outbox.EndAsync(mail, MailState.Due, null);
        await DrainAsync(Mailer());
        Assert.Empty(mailbox.Received);
    }

    [Fact]
    public async Task Who_leaves_while_the_mail_is_on_its_way_does_not_get_it()
    {
        await QueueAsync(["reader@pub.example"]);
        mailbox.OnRecipient = () => ExecuteAsync("update subscribers set state = 3");

        await Mailer().RunAsync(Cancel);

        Assert.Empty(mailbox.Received);
        Assert.Equal((int)MailState.Taken, await database.FirstAsync<int>("select state from mails", null, Cancel));
    }

    [Fact]
    public async Task What_is_in_doubt_is_listed_and_sent_again_only_by_a_person()
    {
        await QueueAsync(["reader@pub.example"]);
        var mail = Assert.Single(await outbox.TakeAsync(10, Cancel));
        Assert.True(await outbox.HandOverAsync(mail));

        // The sender dies here.
        clock.Advance(TimeSpan.FromDays(1));
        await DrainAsync(Mailer());

        Assert.Empty(mailbox.Received);
        var doubtful = Assert.Single(await new OutboxReader(database).DoubtfulAsync(10, Cancel));
        Assert.Equal("reader@pub.example", doubtful.Address);
        Assert.True(await database.WriteAsync(t => OutboxReader.SendAgainAsync(t, doubtful.Id, Cancel), Cancel));
        await DrainAsync(Mailer());
        Assert.Single(mailbox.Received);
    }

    [Fact]
    public async Task The_password_stands_in_no_sentence()
    {
        var server = mailbox.Settings.Server with { User = "desk", Password = "a-secret" };

        Assert.DoesNotContain("a-secret", server.ToString(), StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => MailLine.OpenAsync(server, clock, Cancel));
        Assert.DoesNotContain("a-secret", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Insights__MailHost", refusal.Message, StringComparison.Ordinal);
    }

    // Speaks just enough SMTP, and hangs up before the mail or instead of the answer to it.
    private static async Task BreakOffAsync(TcpListener server, bool whole)
    {
        using var client = await server.AcceptTcpClientAsync(Cancel);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, leaveOpen: true);
        await SayAsync("220 mail.example");
        while (await reader.ReadLineAsync(Cancel) is { } line)
        {
            if (line.StartsWith("DATA", StringComparison.Ordinal))
            {
                if (whole)
                {
                    await SayAsync("354 go on");
                    while (await reader.ReadLineAsync(Cancel) is not (null or ".")) { }
                }
                return;
            }
            await SayAsync("250 ok");
        }

        ValueTask SayAsync(string line) =>
            stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{line}\r\n"), Cancel);
    }

    private Mailer Mailer(int? port = null, Func<MailSettings, MailSettings>? change = null)
    {
        var settings = change?.Invoke(mailbox.Settings) ?? mailbox.Settings;
        var tokens = new ReturnTokens(new SiteKey(database));
        return new Mailer(
            outbox,
            tokens,
            new ReturnDesk(database, tokens, new SiteKey(database)),
            settings with
            {
                Server = settings.Server with { Port = port ?? mailbox.Port },
            },
            new SiteAddress(new Uri("https://news.example")),
            clock,
            NullLogger<Mailer>.Instance
        );
    }

    private static async Task DrainAsync(Mailer mailer)
    {
        while (await mailer.RunAsync(Cancel) > 0) { }
    }

    private Task QueueAsync(string[] addresses, string subject = "Confirm") =>
        database.WriteAsync(
            async t =>
            {
                var ids = addresses.Select(_ => t.NextId()).ToList();
                await t.InsertAsync(
                    "subscribers (id, channel, address, language, secret, state, created_at)",
                    [
                        .. addresses.Select(
                            (address, i) =>
                                (object?[])
                                    [
                                        ids[i],
                                        Channel.Mail,
                                        address,
                                        "en",
                                        new string((char)('a' + i), 64),
                                        SubscriberState.Active,
                                        t.Now,
                                    ]
                        ),
                    ],
                    "",
                    Cancel
                );
                await Outbox.QueueAsync(
                    t,
                    new Mailing
                    {
                        Audience = SubscriberState.Active,
                        Language = "en",
                        Sender = "Insights",
                        Subject = subject,
                        Text = $"Confirm it {Mailing.ReaderMark}",
                        Html = $"<p>Confirm it {Mailing.ReaderMark}</p>",
                    },
                    ids,
                    Cancel
                );
            },
            Cancel
        );

    private Task ExecuteAsync(string sql) => database.WriteAsync(t => t.ExecuteAsync(sql, null, Cancel), Cancel);

    private static MailboxAddress From(MimeMessage mail) => mail.From.Mailboxes.Single();
}
