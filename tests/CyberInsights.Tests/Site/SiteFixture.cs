using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CyberInsights.Deliver;
using CyberInsights.Edit;
using CyberInsights.Net;
using CyberInsights.Server.Site;
using CyberInsights.Server.Weather;
using CyberInsights.Storage;
using CyberInsights.Tests.Net;
using CyberInsights.Tests.Publish.Reading;
using CyberInsights.Tests.Weather;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Site;

/// <summary>The public site on loopback over an invented day in SQLite.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly RawServer provider = new(x =>
        x.OkAsync(
            x.Path.Contains("latitude=35.77&", StringComparison.Ordinal)
                ? Answers.OpenMeteo(InventedDay.Now)
                : Answers.OpenMeteo(InventedDay.Now, 21.4, 0)
        )
    );
    private WebApplication app = null!;

    internal Database Database { get; private set; } = null!;
    internal InventedDay Day { get; private set; } = null!;

    /// <summary>Follows no redirect, keeps no cookie, unpacks nothing.</summary>
    internal HttpClient Http { get; private set; } = null!;
    internal Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var clock = new FakeTimeProvider(InventedDay.Now);
        Day = await InventedDay.CopyAsync(folder.File("site.db"));
        Database = await Database.StartAsync(folder.File("site.db"), clock, CancellationToken.None);
        app = await StartAsync(Database, clock, Settings with { Weather = Answers.At(provider) });
        // The pages of a test are the same whether they are made early or late.
        var weather = app.Services.GetRequiredService<WeatherKeeper>();
        await weather.AskAsync(weather.Settings.Home, weather.Settings.Units, CancellationToken.None);
        Address = new Uri(app.Urls.First());
        Http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
            }
        )
        {
            BaseAddress = Address,
        };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        await Database.DisposeAsync();
        await provider.DisposeAsync();
        folder.Dispose();
    }

    internal Task<string> HtmlAsync(string path) => Http.GetStringAsync(path, TestContext.Current.CancellationToken);

    internal Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, headers);

    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A site over any database, for tests that change or break it.</summary>
    internal static Task<WebApplication> StartAsync(
        Database database,
        TimeProvider clock,
        PublisherSettings? publisher = null
    ) => StartAsync(database, clock, Settings with { Publisher = publisher ?? new PublisherSettings() });

    /// <summary>The private key of the desk; before the settings, which hold its public half.</summary>
    internal static ECDiffieHellman DeskKey { get; } = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A site with everything set: accounts elsewhere, a mail server (that nobody asks here), a key of the desk.</summary>
    internal static SiteSettings Settings { get; } =
        new()
        {
            BaseAddress = new Uri("https://news.example"),
            Hosts = ["127.0.0.1", "localhost"],
            FollowLinks =
            [
                new FollowLink("X", new Uri("https://x.example/insights")),
                new FollowLink("Threads", new Uri("https://threads.example/@insights")),
                new FollowLink("Facebook", new Uri("https://facebook.example/insights")),
            ],
            Mail = new MailSettings
            {
                Server = new MailServer
                {
                    Host = "127.0.0.1",
                    Port = 1,
                    Security = MailSecurity.None,
                },
                From = MailAddress.Read("desk@news.example")!,
            },
            TipKey = TipSeal.PublicKey(DeskKey),
        };

    internal static async Task<WebApplication> StartAsync(Database database, TimeProvider clock, SiteSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort()}");
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSite(settings);
        var app = builder.Build();
        app.UseSite();
        app.MapSite();
        await app.StartAsync();
        return app;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
