using CyberInsights.Server.Site;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Site;

/// <summary>A site of one test's own, empty at first.</summary>
internal sealed class OwnSite : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private WebApplication app = null!;

    internal Database Database { get; private set; } = null!;
    internal HttpClient Http { get; private set; } = null!;
    internal SiteCache Cache => app.Services.GetRequiredService<SiteCache>();

    internal static async Task<OwnSite> StartAsync(PublisherSettings? publisher = null)
    {
        var site = new OwnSite();
        var clock = new FakeTimeProvider(InventedDay.Now);
        site.Database = await Database.StartAsync(site.folder.File("own.db"), clock, CancellationToken.None);
        site.app = await SiteFixture.StartAsync(site.Database, clock, publisher);
        site.Http = new HttpClient { BaseAddress = new Uri(site.app.Urls.First()) };
        return site;
    }

    internal Task<string> TextAsync(string path) => Http.GetStringAsync(path, TestContext.Current.CancellationToken);

    internal Task ChangeAsync(string sql) =>
        Database.WriteAsync(t => t.ExecuteAsync(sql, null, CancellationToken.None), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        await Database.DisposeAsync();
        folder.Dispose();
    }
}
