using System.Net;
using System.Text.Json;
using CyberInsights.Net;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Site;

public sealed class IndexNowTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly FakeTimeProvider clock = new(InventedDay.Now);
    private readonly List<string> received = [];
    private int status = StatusCodes.Status202Accepted;
    private Database database = null!;
    private WebApplication engine = null!;
    private GuardedHttp http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static SiteSettings Settings { get; } =
        new()
        {
            BaseAddress = new Uri("https://news.example"),
            Publisher = new PublisherSettings { IndexNowKey = "0123456789abcdef" },
        };

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await folder.DatabaseAsync("ping.db"), clock, Cancel);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        engine = builder.Build();
        engine.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            received.Add(await reader.ReadToEndAsync(Cancel));
            context.Response.StatusCode = status;
        });
        await engine.StartAsync(Cancel);
        http = new GuardedHttp(
            new OutboundPolicy
            {
                ReservedHosts = new IPEndPoint(IPAddress.Loopback, new Uri(engine.Urls.First()).Port),
            },
            TimeProvider.System
        );
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await engine.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Only_what_changed_since_the_last_batch_is_told_and_once()
    {
        using var index = New();
        var seeds = new Seeds(database);
        await seeds.ArticleAsync("before", "Before", "", "Ann", "<p>x</p>", clock.GetUtcNow().AddMinutes(-1));
        clock.Advance(TimeSpan.FromMinutes(5));
        await seeds.ArticleAsync("after", "After", "", "Ann", "<p>x</p>", clock.GetUtcNow().AddMinutes(-1));

        var counts = (await index.TellAsync(Cancel), await index.TellAsync(Cancel));

        Assert.Equal((1, 0), counts);
        using var message = JsonDocument.Parse(Assert.Single(received));
        var root = message.RootElement;
        Assert.Equal("news.example", root.GetProperty("host").GetString());
        Assert.Equal("0123456789abcdef", root.GetProperty("key").GetString());
        Assert.Equal("https://news.example/0123456789abcdef.txt", root.GetProperty("keyLocation").GetString());
        Assert.Equal(
            "https://news.example/articles/after",
            Assert.Single(root.GetProperty("urlList").EnumerateArray()).GetString()
        );
    }

    [Fact]
    public async Task What_an_engine_did_not_take_is_in_the_next_batch()
    {
        using var index = New();
        clock.Advance(TimeSpan.FromMinutes(5));
        await new Seeds(database).ArticleAsync("x", "X", "", "Ann", "<p>x</p>", clock.GetUtcNow().AddMinutes(-1));
        status = StatusCodes.Status429TooManyRequests;
        var refused = await index.TellAsync(Cancel);
        status = StatusCodes.Status200OK;

        Assert.Equal((0, 1), (refused, await index.TellAsync(Cancel)));
    }

    [Fact]
    public void A_site_without_a_key_or_that_nobody_reaches_tells_nobody()
    {
        Assert.True(IndexNow.Wanted(Settings));
        Assert.False(IndexNow.Wanted(Settings with { Publisher = new PublisherSettings() }));
        Assert.False(IndexNow.Wanted(Settings with { BaseAddress = new Uri("http://localhost:8600") }));
    }

    private IndexNow New() =>
        new(
            new SiteMapReader(database, clock),
            http,
            new CurrentSettings(Settings),
            clock,
            NullLogger<IndexNow>.Instance
        )
        {
            Endpoint = new Uri("http://engine.example/indexnow"),
        };
}
