using System.Collections.Concurrent;
using CyberInsights.Capture;
using CyberInsights.Extract;
using CyberInsights.Extract.Advisories;
using CyberInsights.Tests.Capture;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyberInsights.Tests.Extract.Advisories;

/// <summary>An advisory source on a real server, captured and extracted.</summary>
internal sealed class AdvisoryBench : IAsyncDisposable
{
    internal const string Host = "http://psirt.example";

    private readonly CaptureBench capture;
    private readonly Extractor extractor;
    private readonly ConcurrentDictionary<string, string> answers;

    private AdvisoryBench(CaptureBench capture, ConcurrentDictionary<string, string> answers)
    {
        (this.capture, this.answers) = (capture, answers);
        extractor = new Extractor(
            capture.Database,
            new WorkList(capture.Database, capture.Clock),
            new SnapshotStore(capture.Database),
            new ReportStore(capture.Database),
            NullLogger<Extractor>.Instance
        );
        Vulnerabilities = new VulnerabilityStore(capture.Database);
    }

    internal VulnerabilityStore Vulnerabilities { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="path">Where the source is read on <see cref="Host"/>.</param>
    internal static async Task<AdvisoryBench> StartAsync(string? name, SourceKind kind, string path)
    {
        var answers = new ConcurrentDictionary<string, string>();
        var capture = await CaptureBench.StartAsync(
            x =>
                answers.TryGetValue(x.Path, out var body)
                    ? x.OkAsync(body)
                    : x.SendAsync("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"),
            name
        );
        await capture.AddAsync(Some.Source("psirt") with { Kind = kind, Address = Host + path, Name = "Karsk CERT" });
        return new AdvisoryBench(capture, answers);
    }

    internal string this[string path]
    {
        set => answers[path] = value;
    }

    /// <summary>Reads the source again, a day later but for the first time, and all that it leads to.</summary>
    internal async Task ReadAsync()
    {
        await capture.WaitUntilDueAsync("psirt");
        while (await capture.RunAsync() + await extractor.RunAsync(Cancel) > 0) { }
        capture.Clock.Advance(TimeSpan.FromDays(1));
    }

    /// <summary>Captures without extracting.</summary>
    internal async Task CaptureAsync()
    {
        await capture.WaitUntilDueAsync("psirt");
        await capture.RunAsync();
    }

    internal async Task ExtractAsync()
    {
        while (await extractor.RunAsync(Cancel) > 0) { }
    }

    /// <summary>Titles of all reports, oldest first, with their versions.</summary>
    internal async Task<IReadOnlyList<string>> ReportsAsync() =>
        await capture.Database.QueryAsync<string>(
            "select title || ' v' || version from reports order by id",
            null,
            Cancel
        );

    internal async Task<string> TextAsync(string title) =>
        await capture.Database.FirstAsync<string>(
            """
            select v.text from reports r join report_versions v on v.report_id = r.id and v.number = r.version where r.title = @title
            """,
            new { title },
            Cancel
        ) ?? "";

    internal Task<string?> WarningsAsync() =>
        capture.Database.FirstAsync<string>(
            "select warnings from readings order by snapshot_id desc limit 1",
            null,
            Cancel
        );

    internal async Task<string> AddressAsync() => (await capture.RowAsync("psirt")).Address;

    internal Task<long> CountAsync(string table) =>
        capture.Database.FirstAsync<long>($"select count(*) from {table}", null, Cancel);

    internal async Task<Vulnerability> SaidAsync(string cve) =>
        Assert.Single(await Vulnerabilities.OfAsync(cve, Cancel));

    public ValueTask DisposeAsync() => capture.DisposeAsync();
}
