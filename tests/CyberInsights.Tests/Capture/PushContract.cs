using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CyberInsights.Capture;
using CyberInsights.Tests.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace CyberInsights.Tests.Capture;

/// <summary>Subscriptions at hubs, on every engine.</summary>
public abstract class PushContract
{
    private const string Site = "https://insights.example";
    private const string Topic = "http://krebs.example/feed.xml";
    private const string Feed = "<rss version=\"2.0\"><channel><item><title>News</title></item></channel></rss>";

    private readonly List<string> asked = [];
    private string answer = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_named_hub_is_asked_once_and_its_question_answered()
    {
        await using var bench = await BenchAsync();

        Assert.Equal(1, await bench.Keeper(Site).RunAsync(Cancel));
        Assert.Equal(0, await bench.Keeper(Site).RunAsync(Cancel));

        var form = QueryHelpers.ParseQuery(Assert.Single(asked));
        var push = await PushAsync(bench);
        Assert.Equal("subscribe", form["hub.mode"]);
        Assert.Equal(Topic, form["hub.topic"]);
        Assert.Equal($"{Site}/websub/{push.Token}", form["hub.callback"]);
        Assert.Equal(push.Secret, form["hub.secret"]);
        Assert.Equal("864000", form["hub.lease_seconds"]);
        Assert.Equal((32, 64, PushState.Asked), (push.Token.Length, push.Secret.Length, push.State));

        Assert.Equal("c-1", await VerifyAsync(bench, push.Token, Intent("subscribe", 3600)));

        var live = await PushAsync(bench);
        Assert.Equal((PushState.Live, Some.Moment.AddHours(1)), (live.State, live.LeaseUntil));
    }

    [Fact]
    public async Task A_lease_is_renewed_before_it_ends_and_a_silent_hub_is_asked_again()
    {
        await using var bench = await BenchAsync();
        await bench.Keeper(Site).RunAsync(Cancel);
        bench.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(1, await bench.Keeper(Site).RunAsync(Cancel));

        await VerifyAsync(bench, (await PushAsync(bench)).Token, Intent("subscribe", 36_000));
        bench.Clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal(0, await bench.Keeper(Site).RunAsync(Cancel));
        bench.Clock.Advance(TimeSpan.FromHours(1.1));
        Assert.Equal(1, await bench.Keeper(Site).RunAsync(Cancel));
    }

    [Fact]
    public async Task Questions_about_what_we_did_not_ask_for_are_not_confirmed()
    {
        await using var bench = await BenchAsync();
        await bench.Keeper(Site).RunAsync(Cancel);
        var token = (await PushAsync(bench)).Token;

        Assert.Null(await VerifyAsync(bench, new string('0', 32), Intent("subscribe", 3600)));
        Assert.Null(
            await VerifyAsync(bench, token, Intent("subscribe", 3600) with { Topic = "http://other.example/" })
        );
        Assert.Null(await VerifyAsync(bench, token, Intent("unsubscribe", null)));
        Assert.Null(await VerifyAsync(bench, token, Intent("subscribe", 3600) with { Challenge = null }));
        Assert.Equal(PushState.Asked, (await PushAsync(bench)).State);
    }

    [Fact]
    public async Task A_hub_that_says_no_is_asked_again_in_a_day()
    {
        await using var bench = await BenchAsync();
        await bench.Keeper(Site).RunAsync(Cancel);

        Assert.Equal("", await VerifyAsync(bench, (await PushAsync(bench)).Token, Intent("denied", null)));

        Assert.Equal(PushState.Denied, (await PushAsync(bench)).State);
        bench.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await bench.Keeper(Site).RunAsync(Cancel));
        bench.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await bench.Keeper(Site).RunAsync(Cancel));
    }

    [Fact]
    public async Task A_hub_that_fails_is_asked_less_and_less()
    {
        answer = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n";
        await using var bench = await BenchAsync();

        await bench.Keeper(Site).RunAsync(Cancel);

        Assert.Equal(1, (await PushAsync(bench)).Failures);
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, await bench.Keeper(Site).RunAsync(Cancel));
        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await bench.Keeper(Site).RunAsync(Cancel));
        Assert.Equal(2, (await PushAsync(bench)).Failures);
    }

    [Fact]
    public async Task A_site_that_no_hub_can_reach_asks_none()
    {
        await using var bench = await BenchAsync();

        Assert.Equal(0, await bench.Keeper("http://localhost:8600").RunAsync(Cancel));
        Assert.Empty(asked);
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    [InlineData("sha384")]
    [InlineData("SHA512")]
    public async Task A_signed_document_is_taken_once(string method)
    {
        await using var bench = await BenchAsync();
        await bench.Keeper(Site).RunAsync(Cancel);
        var push = await PushAsync(bench);
        var body = Encoding.UTF8.GetBytes(Feed);
        var signature = $"{method}={Hmac(method, push.Secret, body)}";

        Assert.True(await TakeAsync(bench, push.Token, body, signature));
        Assert.False(await TakeAsync(bench, push.Token, body, signature));

        var snapshot = (await bench.Snapshots.GetAsync(Assert.Single(await bench.SnapshotIdsAsync()), Cancel))!;
        Assert.Equal(Feed, Encoding.UTF8.GetString(snapshot.Body));
        Assert.Equal(Topic, snapshot.Address);
        Assert.Single(await bench.ExtractWorkAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=00")]
    [InlineData("md5=d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("forged")]
    public async Task A_document_without_our_signature_is_passed_over(string? signature)
    {
        await using var bench = await BenchAsync();
        await bench.Keeper(Site).RunAsync(Cancel);
        var push = await PushAsync(bench);
        var body = Encoding.UTF8.GetBytes(Feed);
        signature = signature == "forged" ? $"sha256={Hmac("sha256", "not the secret", body)}" : signature;

        Assert.False(await TakeAsync(bench, push.Token, body, signature));
        Assert.Null(await TakeAsync(bench, new string('0', 32), body, signature));

        Assert.Empty(await bench.SnapshotIdsAsync());
    }

    [Fact]
    public async Task While_a_hub_sends_the_source_is_polled_once_an_hour()
    {
        await using var bench = await BenchAsync();
        await bench.Keeper(Site).RunAsync(Cancel);
        await VerifyAsync(bench, (await PushAsync(bench)).Token, Intent("subscribe", 864_000));

        await bench.RunAsync();

        var wait = (await bench.RowAsync("krebs")).DueAt - Some.Moment;
        Assert.InRange(wait, TimeSpan.FromHours(1), TimeSpan.FromHours(6.6));
    }

    private async Task<CaptureBench> BenchAsync()
    {
        var bench = await CaptureBench.StartAsync(AnswerAsync, await NewNameAsync());
        await bench.AddAsync(Some.Source("krebs"));
        var id = (await bench.RowAsync("krebs")).Id;
        var busy = Rhythm.Learn(
            null,
            [.. Enumerable.Range(0, 200).Select(i => new RhythmItem(Some.Moment.AddHours(-i), null, 500, "en"))],
            Some.Moment
        );
        await bench.Database.WriteAsync(
            t =>
                t.InsertAsync(
                    "rhythms (source_id, learned, hub, topic)",
                    [
                        [id, busy.ToJson(), "http://hub.example/", Topic],
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );
        return bench;
    }

    private async Task AnswerAsync(RawExchange x)
    {
        if (x.Host != "hub.example")
        {
            await x.OkAsync(Feed);
            return;
        }
        var body = new byte[int.Parse(x.Header("Content-Length")!, CultureInfo.InvariantCulture)];
        await x.Stream.ReadExactlyAsync(body, x.Stop);
        asked.Add(Encoding.ASCII.GetString(body));
        await x.SendAsync(answer);
    }

    private static PushIntent Intent(string mode, long? lease) =>
        new()
        {
            Mode = mode,
            Topic = Topic,
            Challenge = "c-1",
            LeaseSeconds = lease,
            Reason = "No room.",
        };

    private static async Task<PushSubscription> PushAsync(CaptureBench bench) =>
        (await bench.Database.FirstAsync<PushSubscription>("select * from pushes", null, Cancel))!;

    private static Task<string?> VerifyAsync(CaptureBench bench, string token, PushIntent intent) =>
        new PushReceiver(bench.Database).VerifyAsync(token, intent, Cancel);

    private static Task<bool?> TakeAsync(CaptureBench bench, string token, byte[] body, string? signature) =>
        new PushReceiver(bench.Database).TakeAsync(token, body, "application/rss+xml", signature, Cancel);

#pragma warning disable CA5350 // One of the methods of the standard.
    private static string Hmac(string method, string secret, byte[] body)
    {
        var key = Encoding.ASCII.GetBytes(secret);
        return Convert.ToHexStringLower(
            method.ToLowerInvariant() switch
            {
                "sha1" => HMACSHA1.HashData(key, body),
                "sha384" => HMACSHA384.HashData(key, body),
                "sha512" => HMACSHA512.HashData(key, body),
                _ => HMACSHA256.HashData(key, body),
            }
        );
    }
#pragma warning restore CA5350
}
