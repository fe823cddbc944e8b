using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CyberInsights.Net;
using CyberInsights.Server.Federation;
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

namespace CyberInsights.Tests.Federation;

/// <summary>The two servers, and how the other one signs, verifies and answers.</summary>
public sealed partial class FederationTests : IAsyncLifetime
{
    private const string Site = "https://news.example/federation/actor";
    private const string Ann = "http://social.example/users/ann";

    private readonly TestFolder folder = new();
    private readonly FakeTimeProvider clock = new(InventedDay.Now);
    private readonly RSA key = RSA.Create(2048);
    private readonly List<(string Path, byte[] Body, IHeaderDictionary Headers)> received = [];
    private readonly List<string> asked = [];
    private Func<string, JsonObject?> account = null!;
    private int status = StatusCodes.Status202Accepted;
    private Database database = null!;
    private WebApplication social = null!;
    private WebApplication site = null!;
    private HttpClient http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Federator Federator => site.Services.GetRequiredService<Federator>();

    public async ValueTask InitializeAsync()
    {
        account = Account;
        database = await Database.StartAsync(await folder.DatabaseAsync("fed.db"), clock, Cancel);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        social = builder.Build();
        social.Run(SocialAsync);
        await social.StartAsync(Cancel);
        builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(
            new OutboundPolicy { ReservedHosts = new IPEndPoint(IPAddress.Loopback, new Uri(social.Urls.First()).Port) }
        );
        builder.Services.AddSite(
            SiteFixture.Settings with
            {
                Publisher = new PublisherSettings { ActivityPub = true },
            }
        );
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
        await social.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
        key.Dispose();
    }

    private static JsonObject Follow() =>
        new()
        {
            ["@context"] = "https://www.w3.org/ns/activitystreams",
            ["id"] = "http://social.example/follows/1",
            ["type"] = "Follow",
            ["actor"] = Ann,
            ["object"] = Site,
        };

    private JsonObject? Account(string path) =>
        path == "/users/ann"
            ? new JsonObject
            {
                ["id"] = Ann,
                ["type"] = "Person",
                ["inbox"] = $"{Ann}/inbox",
                ["endpoints"] = new JsonObject { ["sharedInbox"] = "http://social.example/inbox" },
                ["publicKey"] = new JsonObject
                {
                    ["id"] = $"{Ann}#main-key",
                    ["owner"] = Ann,
                    ["publicKeyPem"] = key.ExportSubjectPublicKeyInfoPem(),
                },
            }
            : null;

    private static JsonObject? With(JsonObject? json, Action<JsonObject> change)
    {
        if (json is not null)
        {
            change(json);
        }
        return json;
    }

    private async Task SocialAsync(HttpContext context)
    {
        var path = context.Request.Path.ToString();
        if (HttpMethods.IsGet(context.Request.Method))
        {
            lock (asked)
            {
                asked.Add(path);
            }
            var known = account(path);
            context.Response.StatusCode = known is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            await context.Response.WriteAsync(known?.ToJsonString() ?? "", Cancel);
            return;
        }
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, Cancel);
        lock (received)
        {
            received.Add(
                (
                    path,
                    body.ToArray(),
                    new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase))
                )
            );
        }
        context.Response.StatusCode = status;
    }

    // As a server that follows the draft reads it: the lines that are named, in their order, with the key that the account shows.
    private async Task VerifyAsync(string path, byte[] body, IHeaderDictionary headers)
    {
        var fields = headers["Signature"]
            .ToString()
            .Split(',')
            .Select(f => f.Split('=', 2))
            .ToDictionary(f => f[0], f => f[1].Trim('"'));
        var lines = fields["headers"]
            .Split(' ')
            .Select(n => n == "(request-target)" ? $"{n}: post {path}" : $"{n}: {headers[n]}");
        Assert.Equal($"SHA-256={Convert.ToBase64String(SHA256.HashData(body))}", headers["Digest"]);
        Assert.Equal("(request-target) host date digest", fields["headers"]);
        var shown = (await GetAsync("/federation/actor")).GetProperty("publicKey");
        Assert.Equal(shown.GetProperty("id").GetString(), fields["keyId"]);
        using var rsa = RSA.Create();
        rsa.ImportFromPem(shown.GetProperty("publicKeyPem").GetString());
        Assert.True(
            rsa.VerifyData(
                Encoding.ASCII.GetBytes(string.Join('\n', lines)),
                Convert.FromBase64String(fields["signature"]),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            )
        );
    }

    private async Task<HttpResponseMessage> SendAsync(JsonObject message)
    {
        using var request = Request(message);
        return await http.SendAsync(request, Cancel);
    }

    private HttpRequestMessage Request(
        JsonObject message,
        RSA? signer = null,
        DateTimeOffset? at = null,
        string covered = "(request-target) host date digest",
        string target = "/federation/inbox",
        string algorithm = "rsa-sha256",
        string keyId = $"{Ann}#main-key"
    )
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        var values = new Dictionary<string, string>
        {
            ["(request-target)"] = $"post {target}",
            ["host"] = http.BaseAddress!.Authority,
            ["date"] = (at ?? clock.GetUtcNow()).UtcDateTime.ToString("R", CultureInfo.InvariantCulture),
            ["digest"] = $"SHA-256={Convert.ToBase64String(SHA256.HashData(body))}",
        };
        var text = string.Join('\n', covered.Split(' ').Select(n => $"{n}: {values[n]}"));
        var signature = (signer ?? key).SignData(
            Encoding.ASCII.GetBytes(text),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        var request = new HttpRequestMessage(HttpMethod.Post, "/federation/inbox") { Content = Json(message) };
        request.Headers.TryAddWithoutValidation("Date", values["date"]);
        request.Headers.TryAddWithoutValidation("Digest", values["digest"]);
        request.Headers.TryAddWithoutValidation(
            "Signature",
            $"keyId=\"{keyId}\",algorithm=\"{algorithm}\",headers=\"{covered}\",signature=\"{Convert.ToBase64String(signature)}\""
        );
        return request;
    }

    private static ByteArrayContent Json(JsonObject message)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(message.ToJsonString()));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/activity+json");
        return content;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        await site.Services.GetRequiredService<SiteCache>().EvictAsync(Cancel);
        using var answer = await http.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await JsonAsync(answer);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        return json.RootElement.Clone();
    }

    private Task ChangeAsync(string sql) => database.WriteAsync(t => t.ExecuteAsync(sql, null, Cancel), Cancel);

    private async Task PublishAsync(string title)
    {
        clock.Advance(TimeSpan.FromSeconds(20));
        await new Seeds(database).ArticleAsync(title, title, "", "Ann", $"<p>{title}</p>", clock.GetUtcNow());
        await Federator.NoticeAsync(Cancel);
    }

    private async Task DrainAsync()
    {
        while (await Federator.RunAsync(Cancel) > 0) { }
    }
}
