using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CyberInsights.Capture;
using CyberInsights.Net;
using CyberInsights.Server;
using CyberInsights.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Server;

/// <summary>A hub on the other side of the real web server, up to the page that readers see.</summary>
public sealed class WebSubTests : IAsyncLifetime
{
    private const string Token = "0123456789abcdef0123456789abcdef";
    private const string Secret = "a secret";
    private const string Topic = "https://wire.example/feed.xml";

    private readonly TestFolder folder = new();
    private readonly HttpClient http = new();
    private Database database = null!;
    private WebApplication app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await folder.DatabaseAsync("insights.db"), TimeProvider.System, Cancel);
        using (
            var outbound = new GuardedHttp(
                new OutboundPolicy { ReservedHosts = new IPEndPoint(IPAddress.Loopback, 9) },
                TimeProvider.System
            )
        )
        {
            await new SourceStore(database, outbound).SaveAsync([Some.Source("wire")], Cancel);
        }
        await database.WriteAsync(
            async t =>
                await t.InsertAsync(
                    "pushes (source_id, hub, topic, token, secret, state, failures, lease_until, due_at)",
                    [
                        [
                            await t.FirstAsync<long>("select id from sources", null, Cancel),
                            "https://hub.example/",
                            Topic,
                            Token,
                            Secret,
                            PushState.Asked,
                            0,
                            0L,
                            t.Now.AddDays(1),
                        ],
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );
        app = NewsroomHost.Build(
            new NewsroomSettings { Database = folder.File("insights.db"), Urls = "http://127.0.0.1:0" },
            database
        );
        await app.StartAsync(Cancel);
        http.BaseAddress = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_challenge_comes_back_as_plain_text()
    {
        using var answer = await http.GetAsync(
            new Uri(
                $"/websub/{Token}?hub.mode=subscribe&hub.topic={Uri.EscapeDataString(Topic)}&hub.challenge=%3Cscript%3Ehx()%3C/script%3E&hub.lease_seconds=3600",
                UriKind.Relative
            ),
            Cancel
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("<script>hx()</script>", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("/websub/ffffffffffffffffffffffffffffffff?hub.mode=subscribe&hub.topic=x&hub.challenge=1")]
    [InlineData($"/websub/{Token}?hub.mode=subscribe&hub.topic=x&hub.challenge=1")]
    [InlineData($"/websub/{Token}")]
    [InlineData("/websub/short")]
    public async Task Anything_else_is_not_found(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task What_a_hub_sends_reaches_the_front_page()
    {
        await app.Services.GetRequiredService<Worker>().StartAsync(Cancel);

        Assert.Equal(HttpStatusCode.Gone, await SendAsync("ffffffffffffffffffffffffffffffff", Secret));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(Token, "forged"));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(Token, Secret));

        await Patience.UntilAsync(
            "the pushed report on the front page",
            async () =>
                (await http.GetStringAsync(new Uri("/", UriKind.Relative), Cancel)).Contains(
                    "Karsk mint",
                    StringComparison.Ordinal
                )
        );
        Assert.Equal(1, await database.FirstAsync<long>("select count(*) from snapshots", null, Cancel));
        await app.Services.GetRequiredService<Worker>().StopAsync(Cancel);
    }

    private async Task<HttpStatusCode> SendAsync(string token, string secret)
    {
        var body = Encoding.UTF8.GetBytes(
            $"""
            <rss version="2.0"><channel><title>Wire</title><item><title>Karsk mint closes after ransomware attack</title>
            <link>https://wire.example/1</link><pubDate>{DateTimeOffset.UtcNow:R}</pubDate>
            <description>The mint of Karsk stopped its presses after a ransomware attack, the ministry said.</description>
            </item></channel></rss>
            """
        );
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/rss+xml");
        content.Headers.Add(
            "X-Hub-Signature",
            $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), body))}"
        );
        using var answer = await http.PostAsync(new Uri($"/websub/{token}", UriKind.Relative), content, Cancel);
        return answer.StatusCode;
    }
}
