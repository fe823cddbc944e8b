using System.Diagnostics;
using System.Globalization;
using CyberInsights.Server.Site;
using CyberInsights.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>
/// How long pages take that are in no cache, asked for over loopback one after the other, on an <see cref="InventedArchive"/> of 100,000
/// reports and 20,000 events.
/// </summary>
internal static class PagesSpeed
{
    private const int Days = 100;
    private const int Times = 200;
    private const int WarmUp = 50;

    /// <param name="name">A file or a PostgreSQL connection string of a database that is empty or was filled by an earlier run; null: a file that is deleted afterwards.</param>
    /// <param name="beginning">What the names of the pages begin with that are measured; empty: all.</param>
    internal static async Task RunAsync(string? name, string beginning)
    {
        var folder = Directory.CreateTempSubdirectory("pages");
        try
        {
            var clock = new InventedArchive.DayClock();
            await using var database = await Database.StartAsync(
                name ?? Path.Combine(folder.FullName, "pages.db"),
                clock,
                CancellationToken.None
            );
            var archive = new InventedArchive(database, clock);
            await archive.FillAsync(Days);
            await using var site = await StartAsync(database, clock);
            using var http = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };
            var cache = site.Services.GetRequiredService<SiteCache>();
            // What is compiled while it runs is compiled before it is measured.
            foreach (var (page, addresses) in Pages(archive, beginning))
            {
                await MeasureAsync(page, addresses, http, cache);
            }
            foreach (var (page, addresses) in Pages(archive, beginning))
            {
                Console.WriteLine(await MeasureAsync(page, addresses, http, cache));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Addresses)> Pages(
        InventedArchive archive,
        string beginning
    ) => Pages(archive).Where(p => p.Name.StartsWith(beginning, StringComparison.Ordinal));

    private static IEnumerable<(string Name, IReadOnlyList<string> Addresses)> Pages(InventedArchive archive)
    {
        var recent = archive.Events.TakeLast(200).ToList();
        yield return ("front", ["/"]);
        yield return ("dossier", [.. recent.Take(Times).Select(e => $"/events/{e}")]);
        yield return (
            "dossier, the most told of a day",
            [.. archive.Events.Where((_, i) => i % 200 == 0).Select(e => $"/events/{e}")]
        );
        yield return ("affair", [.. recent.Take(Times).Where((_, i) => i % 3 == 0).Select(e => $"/stories/{e}")]);
        yield return (
            "entity, the most told",
            [.. Enumerable.Range(0, 12).Select(i => $"/entities/{InventedArchive.SlugOf(i)}")]
        );
        yield return (
            "entity",
            [.. Enumerable.Range(0, 100).Select(i => $"/entities/{InventedArchive.SlugOf(20 + 40 * i)}")]
        );
        yield return (
            "entity, page 20 of its events",
            [.. Enumerable.Range(0, 12).Select(i => $"/entities/{InventedArchive.SlugOf(i)}/events?page=20")]
        );
        yield return (
            "entity, page 20 of what it says",
            [.. Enumerable.Range(0, 12).Select(i => $"/entities/{InventedArchive.SlugOf(i)}/said?page=20")]
        );
        yield return (
            "entities",
            ["/entities?kind=country", "/entities?kind=actor&letter=n", "/entities?kind=malware&page=3"]
        );
        yield return ("topic", [.. Enumerable.Range(0, InventedArchive.Topics).Select(i => $"/topics/topic-{i}")]);
        yield return ("topics", ["/topics"]);
        yield return ("source", [.. Enumerable.Range(0, 40).Select(i => $"/sources/{InventedArchive.KeyOf(i)}")]);
        yield return ("sources", ["/sources", "/sources?q=outlet+2", "/sources?country=US&page=3"]);
        yield return ("trends", ["/trends"]);
    }

    private static async Task<string> MeasureAsync(
        string page,
        IReadOnlyList<string> addresses,
        HttpClient http,
        SiteCache cache
    )
    {
        var (taken, bytes) = (new List<double>(), new List<int>());
        var busy = TimeSpan.Zero;
        for (var i = 0; i < WarmUp + Times; i++)
        {
            await cache.EvictAsync(CancellationToken.None);
            var watch = Stopwatch.StartNew();
            var body = await http.GetByteArrayAsync(new Uri(addresses[i % addresses.Count], UriKind.Relative));
            if (i == WarmUp - 1)
            {
                busy = Environment.CpuUsage.TotalTime;
            }
            else if (i >= WarmUp)
            {
                taken.Add(watch.Elapsed.TotalMilliseconds);
                bytes.Add(body.Length);
            }
        }
        // What the processor did for a page, the asking included: the same however much else runs on the machine.
        var work = (Environment.CpuUsage.TotalTime - busy).TotalMilliseconds / Times;
        taken.Sort();
        bytes.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{page}: {taken[Times / 2]:0.0} ms median, {taken[Times * 95 / 100]:0.0} ms at 95 %, {work:0.0} ms of CPU, {bytes[Times / 2] / 1024.0:0} KB"
        );
    }

    private static async Task<WebApplication> StartAsync(Database database, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSite(
            new SiteSettings { BaseAddress = new Uri("https://news.example"), Hosts = ["127.0.0.1"] }
        );
        var app = builder.Build();
        app.UseSite();
        app.MapSite();
        await app.StartAsync();
        return app;
    }
}
