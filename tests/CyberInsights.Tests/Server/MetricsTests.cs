using System.Net;
using System.Net.Sockets;
using CyberInsights.Capture;
using CyberInsights.Net;
using CyberInsights.Server.Status;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Server;

public sealed class MetricsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_are_read_when_they_are_asked_for()
    {
        using var folder = new TestFolder();
        await using var database = await Database.StartAsync(
            await folder.DatabaseAsync("insights.db"),
            Some.Clock(),
            Cancel
        );
        using var outbound = new GuardedHttp(new OutboundPolicy(), Some.Clock());
        var address = new Uri($"http://localhost:{FreePort()}");
        using var metrics = NewsroomMetrics.Start(
            address,
            database,
            new WorkList(database, Some.Clock()),
            Some.Clock()
        );
        using var http = new HttpClient();

        var before = await http.GetStringAsync(new Uri(address, "/metrics"), Cancel);
        await new SourceStore(database, outbound).SaveAsync([Some.Source("krebs")], Cancel);
        await database.WriteAsync(t => WorkList.AddAsync(t, Stage.Group, [7, 8], Cancel), Cancel);
        var after = await http.GetStringAsync(new Uri(address, "/metrics"), Cancel);

        Assert.Contains("insights_work_waiting{stage=\"group\"} 0\n", before, StringComparison.Ordinal);
        Assert.Contains("insights_work_waiting{stage=\"group\"} 2\n", after, StringComparison.Ordinal);
        Assert.Contains("insights_sources{state=\"active\"} 1\n", after, StringComparison.Ordinal);
        Assert.Contains("insights_source_alarms{kind=\"silent\"} 0\n", after, StringComparison.Ordinal);
        Assert.Contains("insights_stored{what=\"reports\"} 0\n", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_told_with_what_to_do()
    {
        using var folder = new TestFolder();
        await using var database = await Database.StartAsync(
            await folder.DatabaseAsync("insights.db"),
            Some.Clock(),
            Cancel
        );
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = new Uri($"http://localhost:{((IPEndPoint)taken.LocalEndpoint).Port}");

        var refusal = Assert.Throws<RefusalException>(() =>
            NewsroomMetrics.Start(address, database, new WorkList(database, Some.Clock()), Some.Clock())
        );

        Assert.Contains("the port is taken", refusal.Message, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
