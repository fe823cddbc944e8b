using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CyberInsights.Deliver;
using CyberInsights.Net;
using CyberInsights.Server.Feeds;
using CyberInsights.Server.Site;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;
using CyberInsights.Tests.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Feeds;

/// <summary>Our hub and a subscriber, two servers on loopback; the subscriber checks what it gets with code of its own.</summary>
public sealed class HubTests : IAsyncLifetime
{
    private const string Topic = "https://news.example/atom.xml";
    private const string Callback = "http://reader.example/in?who=1";
    private const string Secret = "a secret of the reader";

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly TestFolder folder = new();
    private readonly FakeTimeProvider clock = new(InventedDay.Now);
    private readonly List<IQueryCollection> asked = [];
    private readonly List<(byte[] Body, IHeaderDictionary Headers, string Type)> received = [];
    private Func<HttpContext, Task> answer = EchoAsync;
    private int status = StatusCodes.Status204NoContent;
    private Database database = null!;
    private WebApplication reader = null!;
    private WebApplication site = null!;
    private HttpClient http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Hub Hub => site.Services.GetRequiredService<Hub>();

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await folder.DatabaseAsync("hub.db"), clock, Cancel);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        reader = builder.Build();
        reader.Run(ReadAsync);
        await reader.StartAsync(Cancel);
        builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(
            new OutboundPolicy { ReservedHosts = new IPEndPoint(IPAddress.Loopback, new Uri(reader.Urls.First()).Port) }
        );
        builder.Services.AddSite(SiteFixture.Settings);
        site = builder.Build();
        site.UseSite();
        site.MapSite();
        await site.StartAsync(Cancel);
        http = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await site.DisposeAsync();
        await reader.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Who_means_it_is_sent_the_whole_feed_signed_when_it_changes_and_only_then()
    {
        await SubscribeAsync();
        await DrainAsync();
        var unchanged = received.Count;
        await PublishAsync("one");

        await DrainAsync();
        await DrainAsync();

        Assert.Equal(0, unchanged);
        var (body, headers, type) = Assert.Single(received);
        Assert.StartsWith("application/atom+xml", type, StringComparison.Ordinal);
        Assert.Equal(
            "one",
            XDocument.Parse(Encoding.UTF8.GetString(body)).Root!.Element(Atom + "entry")!.Element(Atom + "title")!.Value
        );
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body);
        Assert.Equal($"sha256={Convert.ToHexStringLower(hash)}", headers["X-Hub-Signature"]);
        Assert.Equal($"<https://news.example/hub>; rel=\"hub\", <{Topic}>; rel=\"self\"", headers.Link);
    }

    [Fact]
    public async Task The_callback_is_asked_with_its_own_query_kept_and_told_the_lease_it_gets()
    {
        await SubscribeAsync(("hub.lease_seconds", "999999999"));

        var question = Assert.Single(asked);
        Assert.Equal("1", question["who"]);
        Assert.Equal(("subscribe", Topic), ((string?)question["hub.mode"], (string?)question["hub.topic"]));
        Assert.Equal("2592000", question["hub.lease_seconds"]);
        Assert.InRange(((string?)question["hub.challenge"])!.Length, 32, 200);
    }

    [Theory]
    [InlineData(200, "something else")]
    [InlineData(404, "")]
    [InlineData(302, "")]
    public async Task Who_does_not_mean_it_is_asked_once_and_sent_nothing(int code, string text)
    {
        answer = async context =>
        {
            context.Response.StatusCode = code;
            context.Response.Headers.Location = "http://reader.example/elsewhere";
            await context.Response.WriteAsync(context.Request.Path == "/elsewhere" ? Challenge(context) : text, Cancel);
        };
        await SubscribeAsync();
        var count = asked.Count;
        await PublishAsync("one");
        clock.Advance(TimeSpan.FromHours(1));

        await DrainAsync();

        Assert.Empty(received);
        Assert.Equal(count, asked.Count);
    }

    [Fact]
    public async Task A_callback_that_is_away_is_asked_three_times()
    {
        answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        await SubscribeAsync();
        for (var i = 0; i < 6; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            await DrainAsync();
        }
        Assert.Equal(3, asked.Count);
    }

    [Fact]
    public async Task A_lease_ends_and_is_made_longer_by_asking_again()
    {
        await SubscribeAsync(("hub.lease_seconds", "3600"));
        clock.Advance(TimeSpan.FromMinutes(50));
        await SubscribeAsync(("hub.lease_seconds", "3600"));
        clock.Advance(TimeSpan.FromMinutes(50));
        await PublishAsync("within");
        await DrainAsync();
        var within = received.Count;
        clock.Advance(TimeSpan.FromMinutes(20));
        await PublishAsync("after");

        await DrainAsync();

        Assert.Equal((1, 1), (within, received.Count));
    }

    [Fact]
    public async Task Who_wants_no_more_says_so_and_a_stranger_cannot()
    {
        await SubscribeAsync();
        answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
        await AskAsync(("hub.mode", "unsubscribe"), ("hub.topic", Topic), ("hub.callback", Callback));
        await DrainAsync();
        await PublishAsync("one");
        await DrainAsync();
        var still = received.Count;
        answer = EchoAsync;
        await AskAsync(("hub.mode", "unsubscribe"), ("hub.topic", Topic), ("hub.callback", Callback));
        await DrainAsync();
        await PublishAsync("two");

        await DrainAsync();

        Assert.Equal((1, 1), (still, received.Count));
        Assert.False(asked[^1].ContainsKey("hub.lease_seconds"));
    }

    [Fact]
    public async Task What_failed_is_tried_again_with_the_newest_and_given_up_after_eight_times_until_the_next_change()
    {
        await SubscribeAsync();
        status = StatusCodes.Status500InternalServerError;
        await PublishAsync("one");
        await DrainAsync();
        await PublishAsync("two");
        for (var i = 0; i < 12; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(Math.Pow(4, i)));
            // So long is no lease.
            await database.WriteAsync(
                t =>
                    t.ExecuteAsync(
                        "update hub_subscriptions set lease_until = @until",
                        new { until = t.Now.AddDays(30) },
                        Cancel
                    ),
                Cancel
            );
            await DrainAsync();
        }
        var tries = received.Count;
        status = StatusCodes.Status200OK;
        await PublishAsync("three");
        await DrainAsync();

        Assert.Equal(Retry.MaxAttempts, tries);
        Assert.Contains("two", Encoding.UTF8.GetString(received[1].Body), StringComparison.Ordinal);
        Assert.Equal(tries + 1, received.Count);
        Assert.Contains("three", Encoding.UTF8.GetString(received[^1].Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_that_is_gone_is_forgotten()
    {
        await SubscribeAsync();
        status = StatusCodes.Status410Gone;
        await PublishAsync("one");
        await DrainAsync();
        status = StatusCodes.Status200OK;
        await PublishAsync("two");

        await DrainAsync();

        Assert.Single(received);
    }

    [Theory]
    [InlineData("hub.mode", "publish", "hub.mode")]
    [InlineData("hub.mode", "", "hub.mode")]
    [InlineData("hub.topic", "https://elsewhere.example/atom.xml", "hub.topic")]
    [InlineData("hub.topic", "http://news.example/atom.xml", "hub.topic")]
    [InlineData("hub.topic", "https://news.example/atom.xml?page=2", "hub.topic")]
    [InlineData("hub.topic", "https://news.example/", "hub.topic")]
    [InlineData("hub.topic", "https://news.example/search/atom.xml", "hub.topic")]
    [InlineData("hub.topic", "https://news.example/topics/nothing/atom.xml", "hub.topic")]
    [InlineData("hub.topic", "", "hub.topic")]
    [InlineData("hub.callback", "", "hub.callback")]
    [InlineData("hub.callback", "ftp://reader.example/", "hub.callback")]
    [InlineData("hub.callback", "http://reader.example/#part", "hub.callback")]
    [InlineData("hub.callback", "https://news.example/hub", "hub.callback")]
    [InlineData("hub.callback", "http://127.0.0.1/in", "hub.callback")]
    [InlineData("hub.callback", "http://169.254.169.254/latest", "169.254")]
    [InlineData("hub.callback", "http://[::ffff:10.0.0.1]/", "10.0.0.1")]
    [InlineData("hub.callback", "http://reader.example:6379/", "6379")]
    [InlineData("hub.callback", "http://user:word@reader.example/", "reader.example")]
    [InlineData("hub.secret", "long", "hub.secret")]
    [InlineData("hub.lease_seconds", "-1", "hub.lease_seconds")]
    [InlineData("hub.lease_seconds", "soon", "hub.lease_seconds")]
    public async Task What_cannot_be_is_refused_in_a_sentence_and_nobody_is_asked(
        string field,
        string value,
        string named
    )
    {
        using var refused = await AskAsync(
            ("hub.mode", "subscribe"),
            ("hub.topic", Topic),
            ("hub.callback", Callback),
            (field, value == "long" ? new string('x', 200) : value)
        );
        await DrainAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("text/plain", refused.Content.Headers.ContentType!.MediaType);
        Assert.Contains(named, await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task A_host_has_two_hundred_subscriptions_and_what_is_beyond_is_refused()
    {
        await database.WriteAsync(
            t =>
                t.InsertAsync(
                    "hub_subscriptions (id, topic, callback, host, secret, lease_until, told, attempts)",
                    [
                        .. Enumerable
                            .Range(0, HubStore.MaxOfHost - 1)
                            .Select(n =>
                                (object?[])
                                    [
                                        t.NextId(),
                                        Topic,
                                        $"http://reader.example/{n}",
                                        "reader.example",
                                        "",
                                        t.Now.AddDays(1),
                                        "",
                                        0,
                                    ]
                            ),
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );
        await SubscribeAsync();

        using var over = await AskAsync(
            ("hub.mode", "subscribe"),
            ("hub.topic", Topic),
            ("hub.callback", "http://reader.example/over")
        );
        using var again = await AskAsync(("hub.mode", "subscribe"), ("hub.topic", Topic), ("hub.callback", Callback));
        using var other = await AskAsync(
            ("hub.mode", "subscribe"),
            ("hub.topic", Topic),
            ("hub.callback", "http://other.example/")
        );

        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        Assert.Equal("3600", over.Headers.RetryAfter!.ToString());
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (again.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task A_network_asks_a_hundred_times_an_hour()
    {
        for (var i = 0; i < FormLimit.HubNetworkAnHour.Most; i++)
        {
            using var taken = await AskAsync(
                ("hub.mode", "unsubscribe"),
                ("hub.topic", Topic),
                ("hub.callback", $"http://h{i}.example/")
            );
            Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        }
        using var over = await AskAsync(("hub.mode", "unsubscribe"), ("hub.topic", Topic), ("hub.callback", Callback));
        clock.Advance(TimeSpan.FromHours(1));
        using var later = await AskAsync(("hub.mode", "unsubscribe"), ("hub.topic", Topic), ("hub.callback", Callback));

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.Accepted), (over.StatusCode, later.StatusCode));
        Assert.Empty(asked);
    }

    [Fact]
    public async Task Only_a_form_of_sixteen_kibibytes_is_read()
    {
        using var json = await http.PostAsync(
            "/hub",
            new StringContent("{}", Encoding.UTF8, "application/json"),
            Cancel
        );
        using var large = await AskAsync(("hub.mode", new string('x', 16 * 1024 + 1)));
        using var get = await http.GetAsync("/hub", Cancel);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
        Assert.False(large.IsSuccessStatusCode);
        Assert.False(get.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Every_feed_names_the_hub_in_its_header_and_in_itself_but_not_its_further_pages()
    {
        for (var i = 0; i < 31; i++)
        {
            await new Seeds(database).ArticleAsync(
                $"a{i}",
                $"A {i}",
                "",
                "Ann",
                "<p>x</p>",
                InventedDay.Now.AddHours(-1)
            );
        }
        const string hub = "https://news.example/hub";
        foreach (
            var (path, named) in new[]
            {
                ("/ar/atom.xml", true),
                ("/feed.xml", true),
                ("/feed.json", true),
                ("/atom.xml?page=2", false),
            }
        )
        {
            using var feed = await http.GetAsync(path, Cancel);
            var text = await feed.Content.ReadAsStringAsync(Cancel);

            Assert.Equal(named, feed.Headers.TryGetValues("Link", out var links));
            Assert.Equal(named, links?.Single() == $"<{hub}>; rel=\"hub\", <https://news.example{path}>; rel=\"self\"");
            Assert.Equal(named, text.Contains($"\"{hub}\"", StringComparison.Ordinal));
        }
        using var json = JsonDocument.Parse(await http.GetStringAsync("/feed.json", Cancel));
        Assert.Equal("WebSub", json.RootElement.GetProperty("hubs")[0].GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("https://news.example/feed.json")]
    [InlineData("https://news.example/ar/feed.xml")]
    [InlineData("https://news.example/authors/ann/atom.xml")]
    public async Task Any_feed_can_be_subscribed_to_in_any_language(string topic)
    {
        await PublishAsync("zero");
        using var accepted = await AskAsync(
            ("hub.mode", "subscribe"),
            ("hub.topic", topic),
            ("hub.callback", Callback)
        );
        await DrainAsync();
        await PublishAsync("one");
        await DrainAsync();

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.False(Assert.Single(received).Headers.ContainsKey("X-Hub-Signature"));
    }

    private static string Challenge(HttpContext context) => $"{context.Request.Query["hub.challenge"]}";

    private static Task EchoAsync(HttpContext context) => context.Response.WriteAsync(Challenge(context), Cancel);

    private async Task ReadAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            lock (asked)
            {
                asked.Add(context.Request.Query);
            }
            await answer(context);
            return;
        }
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, Cancel);
        lock (received)
        {
            received.Add(
                (
                    body.ToArray(),
                    new HeaderDictionary(context.Request.Headers.ToDictionary()),
                    $"{context.Request.ContentType}"
                )
            );
        }
        context.Response.StatusCode = status;
    }

    private async Task SubscribeAsync(params (string Name, string Value)[] more)
    {
        using var accepted = await AskAsync([
            ("hub.mode", "subscribe"),
            ("hub.topic", Topic),
            ("hub.callback", Callback),
            ("hub.secret", Secret),
            .. more,
        ]);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await DrainAsync();
    }

    // The last of a name counts.
    private Task<HttpResponseMessage> AskAsync(params (string Name, string Value)[] fields) =>
        http.PostAsync(
            "/hub",
            new FormUrlEncodedContent(
                fields.GroupBy(f => f.Name).Select(g => KeyValuePair.Create(g.Key, g.Last().Value))
            ),
            Cancel
        );

    private async Task PublishAsync(string title)
    {
        clock.Advance(TimeSpan.FromSeconds(20));
        await new Seeds(database).ArticleAsync(title, title, "", "Ann", $"<p>{title}</p>", clock.GetUtcNow());
        await Hub.NoticeAsync(Cancel);
    }

    private async Task DrainAsync()
    {
        while (await Hub.RunAsync(Cancel) > 0) { }
    }
}
