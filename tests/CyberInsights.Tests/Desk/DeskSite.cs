using System.Net;
using System.Net.Sockets;
using CyberInsights.Net;
using CyberInsights.Publish;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Pictures;
using CyberInsights.Server.Site;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;
using CyberInsights.Tests.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using Cookie = System.Net.Cookie;

namespace CyberInsights.Tests.Desk;

/// <summary>A site with its desk over the invented day, and members of every role who are signed in. It is one test's own.</summary>
internal sealed class DeskSite : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private readonly Dictionary<DeskRole, (Account Account, string Secret)> members = [];
    private WebApplication app = null!;

    internal FakeTimeProvider Clock { get; } = new(InventedDay.Now);
    internal Database Database { get; private set; } = null!;
    internal Uri Address { get; private set; } = null!;
    internal IServiceProvider Services => app.Services;
    private SiteSettings Settings { get; init; } = null!;
    private OutboundPolicy Outbound { get; init; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="outbound">Where the program may connect to; null: nowhere but to public addresses.</param>
    internal static async Task<DeskSite> StartAsync(
        Func<SiteSettings, SiteSettings>? change = null,
        OutboundPolicy? outbound = null
    )
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var settings = SiteFixture.Settings with { BaseAddress = address };
        var site = new DeskSite
        {
            Address = address,
            Settings = change?.Invoke(settings) ?? settings,
            Outbound = outbound ?? new OutboundPolicy(),
        };
        var file = site.folder.File("desk.db");
        await InventedDay.CopyAsync(file);
        site.Database = await Database.StartAsync(file, site.Clock, Cancel);
        await site.BeginAsync();
        return site;
    }

    /// <summary>The program ends and another one starts over the same database.</summary>
    internal async Task RestartAsync()
    {
        await app.DisposeAsync();
        await BeginAsync();
    }

    /// <summary>The member of a role, made when first asked for: <c>editor@desk.example</c>, named "Editor of the desk".</summary>
    internal async Task<Account> MemberAsync(DeskRole role) => (await SignedInAsync(role)).Account;

    /// <summary>A browser of its own without script, in which a member of this role is signed in.</summary>
    internal async Task<DeskClient> ClientAsync(DeskRole role)
    {
        var client = Stranger();
        var cookies = Services.GetRequiredService<AccountCookies>();
        client.Cookies.Add(
            Address,
            new Cookie(cookies.NameOf(AccountCookies.Session), (await SignedInAsync(role)).Secret)
        );
        return client;
    }

    /// <summary>The same without anybody signed in.</summary>
    internal DeskClient Stranger() => new(Address);

    /// <summary>A page in Chromium with a member of this role signed in; disposing the context closes it.</summary>
    internal async Task<IBrowserContext> BrowserAsync(
        Chrome chrome,
        DeskRole role,
        int width = 1280,
        ColorScheme scheme = ColorScheme.Light,
        bool script = true
    )
    {
        var browser = await chrome.ReaderAsync(width, scheme, script);
        await browser.AddCookiesAsync([
            new Microsoft.Playwright.Cookie
            {
                Name = Services.GetRequiredService<AccountCookies>().NameOf(AccountCookies.Session),
                Value = (await SignedInAsync(role)).Secret,
                Url = Address.AbsoluteUri,
            },
        ]);
        return browser;
    }

    /// <summary>Runs what publishes changed events, as the program does by itself.</summary>
    internal async Task PublishAsync()
    {
        var signal = new PublishSignal();
        signal.Listen(Services.GetRequiredService<SiteCache>().EvictAsync);
        var publisher = new Publisher(Database, new WorkList(Database, Clock), signal, Outbound, Clock);
        while (await publisher.RunAsync(Cancel) > 0) { }
    }

    private async Task<(Account Account, string Secret)> SignedInAsync(DeskRole role)
    {
        if (!members.TryGetValue(role, out var member))
        {
            var email = $"{role.ToString().ToLowerInvariant()}@desk.example";
            var account = new Account
            {
                Name = $"{role} of the desk",
                Email = email,
                EmailKey = email.ToUpperInvariant(),
                Role = role,
                Stamp = "first",
            };
            await Database.WriteAsync(t => AccountStore.AddAsync(t, account, Cancel), Cancel);
            var secret = await Services
                .GetRequiredService<SessionStore>()
                .OpenAsync(account.Id, "pwd", "127.0.0.0/24", "test", Cancel);
            members[role] = member = (account, secret);
        }
        return member;
    }

    private async Task BeginAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.AbsoluteUri);
        builder.Services.AddSingleton(Database);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(Outbound);
        // The machine that tests may be busy.
        builder.Services.AddSingleton(PictureWorker.OfThisProgram(TimeSpan.FromMinutes(1)));
        builder.Services.AddSite(Settings);
        builder.Services.AddDesk();
        app = builder.Build();
        app.UseSite();
        app.UseDesk();
        app.MapSite();
        app.MapDesk();
        await app.StartAsync(Cancel);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Database.DisposeAsync();
        folder.Dispose();
    }
}
