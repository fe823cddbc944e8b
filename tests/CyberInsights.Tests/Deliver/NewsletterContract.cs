using CyberInsights.Deliver;
using CyberInsights.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Deliver;

/// <summary>Signing up, confirming, leaving and being forgotten, on both databases.</summary>
public abstract class NewsletterContract : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = Some.Clock();
    private Database database = null!;
    private Newsletter newsletter = null!;
    private Outbox outbox = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract Task<string> NameAsync();

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), clock, Cancel);
        newsletter = new Newsletter(database, new SiteKey(database));
        outbox = new Outbox(database);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_sign_up_is_pending_until_the_token_of_its_mail_confirms_it_once()
    {
        await SignUpAsync("reader@pub.example");
        var mail = Assert.Single(await TakeAllAsync());

        Assert.Equal("reader@pub.example", mail.Address);
        Assert.Null(await newsletter.ConfirmAsync("another", Cancel));
        Assert.True(await newsletter.CanConfirmAsync(mail.Token!, clock.GetUtcNow(), Cancel));
        Assert.Equal(mail.ReaderToken, await newsletter.ConfirmAsync(mail.Token!, Cancel));
        Assert.Null(await newsletter.ConfirmAsync(mail.Token!, Cancel));
        Assert.Equal(
            SubscriberState.Active,
            (await newsletter.FindAsync(mail.ReaderToken!, Cancel))!.Value.Subscriber.State
        );
    }

    [Fact]
    public async Task The_token_is_stored_as_a_hash_and_ends_after_seven_days()
    {
        await SignUpAsync("reader@pub.example");
        var token = Assert.Single(await TakeAllAsync()).Token!;

        Assert.DoesNotContain(
            token,
            await database.FirstAsync<string>("select token from subscriptions", null, Cancel)
        );
        clock.Advance(Newsletter.ConfirmWithin);
        Assert.False(await newsletter.CanConfirmAsync(token, clock.GetUtcNow(), Cancel));
        Assert.Null(await newsletter.ConfirmAsync(token, Cancel));
    }

    [Fact]
    public async Task A_mailbox_gets_one_confirmation_a_day_and_three_in_all_however_it_is_written()
    {
        string[] spellings =
        [
            "reader@pub.example",
            "Reader@PUB.example",
            "reader+1@pub.example",
            "READER+2@pub.example",
        ];
        var sent = new List<int>();
        foreach (var spelling in spellings)
        {
            await SignUpAsync(spelling);
            await SignUpAsync(spelling);
            sent.Add((await TakeAllAsync()).Count);
            clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([1, 1, 1, 0], sent);
    }

    [Fact]
    public async Task The_address_of_a_function_gets_one_confirmation_in_all()
    {
        await SignUpAsync("postmaster@pub.example");
        clock.Advance(TimeSpan.FromDays(2));
        await SignUpAsync("postmaster@pub.example");

        Assert.Single(await TakeAllAsync());
    }

    [Fact]
    public async Task A_network_signs_up_so_many_a_day_and_the_limit_survives_a_restart()
    {
        for (var i = 0; i < FormLimit.NetworkADay.Most; i++)
        {
            Assert.True(await SignUpAsync($"reader{i}@pub.example"));
        }

        Assert.False(await SignUpAsync("one-more@pub.example"));
        newsletter = new Newsletter(database, new SiteKey(database));
        Assert.False(await SignUpAsync("one-more@pub.example"));
        Assert.True(await SignUpAsync("one-more@pub.example", network: "198.51.100.0/24"));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await SignUpAsync("another@pub.example"));
    }

    [Fact]
    public async Task Neither_address_nor_network_can_be_read_in_the_limits()
    {
        await SignUpAsync("reader@pub.example");

        var keys = await database.QueryAsync<string>("select limit_key from form_uses", null, Cancel);
        Assert.Equal(4, keys.Count);
        Assert.All(keys, key => Assert.Matches("^[a-z-]+:([0-9a-f]{64})?$", key));
    }

    [Fact]
    public async Task Who_is_subscribed_gets_no_second_confirmation()
    {
        await SubscribeAsync("reader@pub.example");
        clock.Advance(TimeSpan.FromDays(2));

        Assert.True(await SignUpAsync("reader@pub.example"));
        Assert.Empty(await TakeAllAsync());
    }

    [Fact]
    public async Task Leaving_deletes_everything_but_a_hash_and_a_new_sign_up_of_ones_own_ends_that()
    {
        var token = await SubscribeAsync("reader@pub.example");

        await newsletter.LeaveAsync(token, Cancel);
        await newsletter.LeaveAsync(token, Cancel);

        Assert.Null(await newsletter.FindAsync(token, Cancel));
        foreach (var table in (string[])["subscribers", "subscriptions", "watches", "mails"])
        {
            Assert.Equal(0, await CountAsync(table));
        }
        Assert.Matches(
            "^[0-9a-f]{64}$",
            await database.FirstAsync<string>("select address_key from suppressions", null, Cancel)
        );
        await SubscribeAsync("reader@pub.example");
        Assert.Equal(0, await CountAsync("suppressions"));
    }

    [Fact]
    public async Task Who_says_it_was_not_me_is_never_written_to_again()
    {
        await SignUpAsync("victim@pub.example");
        await newsletter.LeaveAsync(Assert.Single(await TakeAllAsync()).ReaderToken!, Cancel);
        clock.Advance(TimeSpan.FromDays(3));

        Assert.True(await SignUpAsync("victim@pub.example"));
        Assert.Empty(await TakeAllAsync());
        Assert.Equal(0, await CountAsync("subscribers"));
    }

    [Fact]
    public async Task A_token_with_another_id_or_secret_opens_nothing()
    {
        var token = await SubscribeAsync("reader@pub.example");
        var (id, secret) = (token.Split('-')[0], token.Split('-')[1]);

        foreach (
            var other in (string[])
                ["", "-", $"{id}-", $"{id}-{secret}0", $"{id}0-{secret}", $"{id}-{secret}-", $"-{secret}"]
        )
        {
            Assert.Null(await newsletter.FindAsync(other, Cancel));
            await newsletter.LeaveAsync(other, Cancel);
        }
        Assert.NotNull(await newsletter.FindAsync(token, Cancel));
    }

    [Fact]
    public async Task Preferences_are_kept_as_they_were_last_saved()
    {
        var token = await SubscribeAsync("reader@pub.example");
        var wanted = new Subscription
        {
            Frequency = Frequency.Weekly,
            Language = "ar",
            TopicIds = [7, 3],
        };

        Assert.True(await newsletter.ChangeAsync(token, wanted, Cancel));

        var found = (await newsletter.FindAsync(token, Cancel))!.Value.Wanted;
        Assert.Equal((Frequency.Weekly, "ar"), (found.Frequency, found.Language));
        Assert.Equal([7, 3], found.TopicIds);
        Assert.False(await newsletter.ChangeAsync("1-x", wanted, Cancel));
    }

    [Fact]
    public async Task What_was_not_confirmed_is_forgotten_after_thirty_days_and_what_was_stays()
    {
        await SubscribeAsync("reader@pub.example");
        await SignUpAsync("undecided@pub.example");
        var forgetter = new Forgetter(database, clock);

        clock.Advance(TimeSpan.FromDays(Forgetter.Days) - TimeSpan.FromHours(2));
        await forgetter.RunAsync(Cancel);
        Assert.Equal(2, await CountAsync("subscribers"));
        clock.Advance(TimeSpan.FromHours(2));
        await forgetter.RunAsync(Cancel);

        Assert.Equal(
            "reader@pub.example",
            Assert.Single(await database.QueryAsync<string>("select address from subscribers", null, Cancel))
        );
        foreach (var table in (string[])["mails", "mailings", "form_uses"])
        {
            Assert.Equal(0, await CountAsync(table));
        }
    }

    [Fact]
    public async Task A_thousand_sign_ups_of_one_mailbox_make_one_mail_and_of_one_network_twenty()
    {
        for (var i = 0; i < 500; i++)
        {
            await SignUpAsync($"victim+{i}@pub.example", $"198.51.{i % 256}.0/24");
            await SignUpAsync($"Victim+{i}@PUB.example", $"203.0.{i % 256}.0/24");
        }

        Assert.Single(await TakeAllAsync());

        clock.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 100; i++)
        {
            await SignUpAsync($"reader{i}@pub.example");
        }

        Assert.Equal(FormLimit.NetworkADay.Most, (await TakeAllAsync()).Count);
    }

    [Fact]
    public async Task A_mail_is_taken_by_one_sender_and_one_that_was_not_ended_is_never_taken_again()
    {
        await SignUpAsync("reader@pub.example");

        var both = await Task.WhenAll(outbox.TakeAsync(10, Cancel), outbox.TakeAsync(10, Cancel));
        var mail = Assert.Single(both.SelectMany(taken => taken));
        var handed = await Task.WhenAll(outbox.HandOverAsync(mail), outbox.HandOverAsync(mail));
        Assert.Single(handed, won => won);

        // The sender dies here.
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await outbox.DoubtAsync(Cancel));
        Assert.Equal(0, await outbox.ReleaseAsync(null, Cancel));
        Assert.Empty(await outbox.TakeAsync(10, Cancel));
        // A sender that comes back after all changes nothing any more.
        await outbox.EndAsync(mail, MailState.Due, null);
        var counts = await new OutboxReader(database).CountAsync(Cancel);
        Assert.Equal((0, 1), (counts.Due, counts.Doubtful));
    }

    [Fact]
    public async Task A_mail_to_an_address_of_its_own_goes_out_like_any_other_until_it_is_withdrawn()
    {
        var letter = new Mailing
        {
            Language = "en",
            Sender = "Insights",
            Subject = "Come in",
            Text = Mailing.CodeMark,
            Html = Mailing.CodeMark,
        };
        var to = MailAddress.Read("member@pub.example")!;
        var ids = await database.WriteAsync(
            async t => (await Outbox.QueueAsync(t, letter, to, Cancel), await Outbox.QueueAsync(t, letter, to, Cancel)),
            Cancel
        );

        var mails = await outbox.TakeAsync(10, Cancel);
        await database.WriteAsync(t => Outbox.WithdrawAsync(t, [ids.Item2], Cancel), Cancel);

        Assert.All(mails, m => Assert.Equal(("member@pub.example", null), (m.Address, m.ReaderToken)));
        Assert.Equal((true, false), (await outbox.HandOverAsync(mails[0]), await outbox.HandOverAsync(mails[1])));
        Assert.True(await outbox.EndAsync(mails[0], MailState.Doubtful, "broke"));
        Assert.Equal(
            "member@pub.example",
            Assert.Single(await new OutboxReader(database).DoubtfulAsync(10, Cancel)).Address
        );
        Assert.Equal(
            [Outbox.HashOf(mails[0].Token!)],
            await database.QueryAsync<string>("select token from mails", null, Cancel)
        );
        clock.Advance(TimeSpan.FromDays(Forgetter.Days));
        await new Forgetter(database, clock).RunAsync(Cancel);
        Assert.Equal((0L, 0L), (await CountAsync("mails"), await CountAsync("mailings")));
    }

    private async Task<string> SubscribeAsync(string address)
    {
        await SignUpAsync(address);
        var mail = Assert.Single(await TakeAllAsync());
        return (await newsletter.ConfirmAsync(mail.Token!, Cancel))!;
    }

    private Task<bool> SignUpAsync(string address, string network = "192.0.2.0/24") =>
        newsletter.SignUpAsync(
            new SignUp
            {
                Address = MailAddress.Read(address)!,
                Wanted = new Subscription { Frequency = Frequency.Daily, Language = "en" },
                Network = network,
            },
            new Mailing
            {
                Audience = SubscriberState.Pending,
                Language = "en",
                Sender = "Insights",
                Subject = "Confirm",
                Text = Mailing.ConfirmMark,
                Html = Mailing.ConfirmMark,
            },
            Cancel
        );

    private async Task<IReadOnlyList<Mail>> TakeAllAsync()
    {
        var mails = new List<Mail>();
        foreach (var mail in await outbox.TakeAsync(100, Cancel))
        {
            Assert.True(await outbox.HandOverAsync(mail));
            await outbox.EndAsync(mail, MailState.Sent, null);
            mails.Add(mail);
        }
        return mails;
    }

    private Task<long> CountAsync(string table) =>
        database.FirstAsync<long>($"select count(*) from {table}", null, Cancel);
}

public sealed class SqliteNewsletterTests : NewsletterContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("newsletter.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresNewsletterTests(PostgresServer server) : NewsletterContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
