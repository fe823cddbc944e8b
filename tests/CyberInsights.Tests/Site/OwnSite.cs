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
    internal FakeTimeProvider Clock { get; } = new(InventedDay.Now);
    internal IServiceProvider Services => app.Services;
    internal SiteCache Cache => app.Services.GetRequiredService<SiteCache>();

    internal static async Task<OwnSite> StartAsync(PublisherSettings? publisher = null)
    {
        var site = new OwnSite();
        site.Database = await Database.StartAsync(
            await site.folder.DatabaseAsync("own.db"),
            site.Clock,
            CancellationToken.None
        );
        site.app = await SiteFixture.StartAsync(site.Database, site.Clock, publisher);
        site.Http = new HttpClient { BaseAddress = new Uri(site.app.Urls.First()) };
        return site;
    }

    internal Task<string> TextAsync(string path) => Http.GetStringAsync(path, TestContext.Current.CancellationToken);

    /// <summary>The site is gone: nothing answers at its address any more.</summary>
    internal Task StopAsync() => app.StopAsync(TestContext.Current.CancellationToken);

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
