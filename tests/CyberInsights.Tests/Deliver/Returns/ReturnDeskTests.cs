using CyberInsights.Deliver;
using CyberInsights.Deliver.Returns;
using CyberInsights.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Deliver.Returns;

/// <summary>Mails that go out over a real server and come back.</summary>
public sealed class ReturnDeskTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly FakeTimeProvider clock = Some.Clock();
    private readonly MailboxServer mailbox = MailboxServer.Start();
    private Database database = null!;
    private SiteKey key = null!;
    private ReturnTokens tokens = null!;
    private ReturnDesk desk = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await folder.DatabaseAsync("returns.db"), clock, Cancel);
        key = new SiteKey(database);
        tokens = new ReturnTokens(key);
        desk = new ReturnDesk(database, tokens, key);
    }

    public async ValueTask DisposeAsync()
    {
        await mailbox.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Each_mail_has_a_return_path_and_a_message_id_of_its_own_that_fit_into_an_address()
    {
        await SendAsync("one@pub.example", "two@pub.example");

        Assert.Equal(2, mailbox.ReturnPaths.Distinct().Count());
        Assert.All(mailbox.ReturnPaths, p => Assert.Matches("^returns[+][0-9]+-[0-9a-f]{32}@news[.]example$", p));
        Assert.All(mailbox.ReturnPaths, p => Assert.InRange(p.Split('@')[0].Length, 1, 64));
        Assert.Equal(
            mailbox.ReturnPaths.Select(p => p.Replace("returns+", "", StringComparison.Ordinal)).Order(),
            mailbox.Received.Select(m => m.MessageId).Order()
        );
    }

    [Theory]
    [InlineData("5.1.1")]
    [InlineData("5.1.10")]
    [InlineData("5.2.1 (mailbox disabled)")]
    [InlineData("5.0.0")]
    public async Task A_mailbox_that_does_not_exist_gets_nothing_more_and_nothing_is_kept_of_it(string status)
    {
        await SendAsync("reader@pub.example", "other@pub.example");
        var path = PathOf(0);

        Assert.Equal(ReturnKind.Hard, await TakeAsync(SomeReturns.Dsn(path, status)));
        Assert.Null(await CountedAsync(SomeReturns.Dsn(path, status)));

        Assert.Equal(["other@pub.example"], await AddressesAsync());
        Assert.Equal((int)SuppressionReason.Unreachable, await ReasonAsync());
        Assert.DoesNotContain(
            "reader",
            await database.FirstAsync<string>("select address_key from suppressions", null, Cancel)
        );
        var counts = await new Newsletter(database, key).CountAsync(Cancel);
        Assert.Equal((1, 1), (counts.Daily, counts.Unreachable));
    }

    [Theory]
    [InlineData("4.2.2")]
    [InlineData("5.2.2")]
    [InlineData("5.7.1")]
    [InlineData("5.3.4")]
    public async Task What_may_pass_ends_the_mails_after_three_in_a_row(string status)
    {
        await SendAsync("reader@pub.example");
        for (var mail = 0; mail < ReturnDesk.SoftInARow; mail++)
        {
            Assert.Equal(["reader@pub.example"], await AddressesAsync());
            Assert.Equal(ReturnKind.Soft, await TakeAsync(SomeReturns.Dsn(PathOf(mail), status)));
            // The same return twice counts once.
            await TakeAsync(SomeReturns.Dsn(PathOf(mail), status));
            if (mail < ReturnDesk.SoftInARow - 1)
            {
                await QueueAsync();
            }
        }

        Assert.Empty(await AddressesAsync());
        Assert.Equal((int)SuppressionReason.Unreachable, await ReasonAsync());
    }

    [Fact]
    public async Task A_mail_that_arrived_in_between_begins_the_count_anew()
    {
        await SendAsync("reader@pub.example");
        await TakeAsync(SomeReturns.Dsn(PathOf(0), "4.2.2"));
        await QueueAsync();
        await TakeAsync(SomeReturns.Dsn(PathOf(1), "4.2.2"));
        await QueueAsync();
        await QueueAsync();
        await TakeAsync(SomeReturns.Dsn(PathOf(3), "4.2.2"));

        Assert.Equal(["reader@pub.example"], await AddressesAsync());
    }

    [Theory]
    [InlineData("abuse")]
    [InlineData("fraud")]
    [InlineData("opt-out")]
    public async Task A_complaint_ends_all_mail_even_the_one_that_asks(string type)
    {
        await SendAsync("reader@pub.example");

        Assert.Equal(
            ReturnKind.Complaint,
            await TakeAsync(SomeReturns.Complaint(mailbox.Received[0].MessageId!, type))
        );

        Assert.Empty(await AddressesAsync());
        await new Newsletter(database, key).SignUpAsync(
            new SignUp
            {
                Address = MailAddress.Read("reader+new@pub.example")!,
                Wanted = new Subscription { Frequency = Frequency.Daily, Language = "en" },
                Network = "192.0.2.0/24",
            },
            SomeMailing(SubscriberState.Pending),
            Cancel
        );
        Assert.Equal(0, await database.FirstAsync<long>("select count(*) from mails", null, Cancel));
    }

    [Fact]
    public async Task A_status_is_known_by_the_message_id_where_the_return_path_is_lost()
    {
        await SendAsync("reader@pub.example");
        var id = mailbox.Received[0].MessageId!;

        Assert.Equal(ReturnKind.Hard, await TakeAsync(SomeReturns.Dsn("desk@news.example", "5.1.1", messageId: id)));
    }

    [Fact]
    public async Task What_is_forged_or_tells_of_no_failure_changes_nothing()
    {
        await SendAsync("reader@pub.example");
        var path = PathOf(0);
        var id = path.Split('+', '-')[1];
        string[] returns =
        [
            SomeReturns.Dsn("returns@news.example", "5.1.1"),
            SomeReturns.Dsn($"returns+{id}-{new string('0', 32)}@news.example", "5.1.1"),
            SomeReturns.Dsn($"returns+{id}@news.example", "5.1.1", messageId: $"{id}@news.example"),
            SomeReturns.Dsn(path, "4.4.1", "delayed"),
            SomeReturns.Dsn(path, "2.1.5", "delivered"),
            SomeReturns.Dsn(path, "2.6.0", "expanded"),
            SomeReturns.OutOfOffice(path),
            SomeReturns.Complaint($"{id}-{new string('f', 32)}@news.example"),
            SomeReturns.Complaint(mailbox.Received[0].MessageId!, "not-spam"),
        ];

        foreach (var mail in returns)
        {
            Assert.Null(await TakeAsync(mail));
        }

        Assert.Equal(["reader@pub.example"], await AddressesAsync());
        Assert.Equal(
            0,
            await database.FirstAsync<long>("select count(*) from mails where returned is not null", null, Cancel)
        );
    }

    [Fact]
    public async Task A_reader_whom_the_server_refuses_three_times_gets_nothing_more()
    {
        mailbox.Unknown = _ => true;
        await SendAsync("reader@pub.example");
        await QueueAsync();
        Assert.Equal(["reader@pub.example"], await AddressesAsync());
        await QueueAsync();

        Assert.Empty(await AddressesAsync());
        Assert.Empty(mailbox.Received);
    }

    [Fact]
    public async Task The_mailbox_for_returns_is_read_once_and_what_was_read_is_marked()
    {
        await SendAsync("reader@pub.example", "other@pub.example");
        await using var server = ImapMailbox.Start([
            SomeReturns.OutOfOffice("desk@news.example"),
            SomeReturns.Dsn(PathOf(0), "5.1.1"),
        ]);
        var keeper = new ReturnKeeper(desk, server.Address, clock, NullLogger<ReturnKeeper>.Instance);

        Assert.Equal(2, await keeper.RunAsync(Cancel));
        Assert.Equal(0, await keeper.RunAsync(Cancel));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, await keeper.RunAsync(Cancel));

        Assert.Equal(["other@pub.example"], await AddressesAsync());
        Assert.Equal([1, 2], server.Seen.Order());
    }

    private Task<ReturnKind?> TakeAsync(string mail) => desk.TakeAsync(SomeReturns.Parsed(mail), Cancel);

    // A return of somebody who is gone has a valid token and nobody to count for.
    private async Task<ReturnKind?> CountedAsync(string mail)
    {
        var before = await database.FirstAsync<long>("select count(*) from suppressions", null, Cancel);
        await TakeAsync(mail);
        return await database.FirstAsync<long>("select count(*) from suppressions", null, Cancel) == before
            ? null
            : ReturnKind.Hard;
    }

    private string PathOf(int mail) => mailbox.ReturnPaths[mail];

    private async Task SendAsync(params string[] addresses)
    {
        await SomeReaders.AddAsync(database, addresses);
        await QueueAsync();
    }

    private async Task QueueAsync()
    {
        clock.Advance(TimeSpan.FromHours(1));
        await database.WriteAsync(
            async t =>
                await Outbox.QueueAsync(
                    t,
                    SomeMailing(SubscriberState.Active),
                    await t.QueryAsync<long>("select id from subscribers order by id", null, Cancel),
                    Cancel
                ),
            Cancel
        );
        var settings = mailbox.Settings;
        var mailer = new Mailer(
            new Outbox(database),
            tokens,
            desk,
            settings with
            {
                Lines = 1,
                Returns = new ReturnSettings { Address = MailAddress.Read("returns@news.example") },
            },
            new SiteAddress(new Uri("https://news.example")),
            clock,
            NullLogger<Mailer>.Instance
        );
        while (await mailer.RunAsync(Cancel) > 0) { }
    }

    private static Mailing SomeMailing(SubscriberState audience) =>
        new()
        {
            Audience = audience,
            Language = "en",
            Sender = "Insights",
            Subject = "News",
            Text = "News",
            Html = "<p>News</p>",
        };

    private Task<IReadOnlyList<string>> AddressesAsync() =>
        database.QueryAsync<string>("select address from subscribers order by id", null, Cancel);

    private Task<int> ReasonAsync() => database.FirstAsync<int>("select reason from suppressions", null, Cancel);
}
