using CyberInsights.Capture;
using CyberInsights.Recognise;
using CyberInsights.Storage;
using Prometheus;

namespace CyberInsights.Server.Status;

/// <summary>
/// Numbers about the running newsroom in the text format of Prometheus, at an address of their own: how much work is due, how
/// sources do, how much there is. They are read from the database when they are asked for.
/// </summary>
internal sealed class NewsroomMetrics : IDisposable
{
    private readonly Database database;
    private readonly WorkList work;
    private readonly TimeProvider clock;
    private readonly KestrelMetricServer server;
    private readonly Gauge waiting;
    private readonly Gauge parked;
    private readonly Gauge sources;
    private readonly Gauge alarms;
    private readonly Gauge freshness;
    private readonly Gauge stored;
    private readonly Gauge undecided;
    private readonly StatementStore statements;

    private NewsroomMetrics(Uri address, Database database, WorkList work, TimeProvider clock)
    {
        this.database = database;
        this.work = work;
        this.clock = clock;
        statements = new StatementStore(database);
        var registry = Metrics.NewCustomRegistry();
        var metrics = Metrics.WithCustomRegistry(registry);
        DotNetStats.Register(registry);
        waiting = metrics.CreateGauge("insights_work_waiting", "Items due for a stage.", "stage");
        parked = metrics.CreateGauge(
            "insights_work_parked",
            "Items that failed too often and wait for a person.",
            "stage"
        );
        sources = metrics.CreateGauge("insights_sources", "Sources by state.", "state");
        alarms = metrics.CreateGauge("insights_source_alarms", "Active sources with an alarm, by kind.", "kind");
        freshness = metrics.CreateGauge(
            "insights_freshness_seconds",
            "Median over the sources of their median delay from publication to capture."
        );
        stored = metrics.CreateGauge("insights_stored", "What is in the database.", "what");
        undecided = metrics.CreateGauge("insights_statements_waiting", "Statements that wait for the desk.");
        registry.AddBeforeCollectCallback(ReadAsync);
        server = new KestrelMetricServer(address.Host, address.Port, registry: registry);
    }

    /// <summary>Starts to answer at <paramref name="address"/>.</summary>
    /// <exception cref="RefusalException">The port is taken.</exception>
    internal static NewsroomMetrics Start(Uri address, Database database, WorkList work, TimeProvider clock)
    {
        var metrics = new NewsroomMetrics(address, database, work, clock);
        try
        {
            metrics.server.Start();
            return metrics;
        }
        catch (IOException e)
        {
            metrics.Dispose();
            throw new RefusalException(
                RefusalKind.Unavailable,
                $"The numbers cannot be given at {address}: the port is taken. Set Insights__Metrics to another address, or to none.",
                e
            );
        }
    }

    public void Dispose() => server.Dispose();

    private async Task ReadAsync(CancellationToken cancel)
    {
        var states = (await work.StateAsync(cancel)).ToDictionary(s => s.Stage);
        foreach (var stage in Enum.GetValues<Stage>())
        {
            var state = states.GetValueOrDefault(stage);
            waiting.WithLabels(Label(stage)).Set(state?.Waiting ?? 0);
            parked.WithLabels(Label(stage)).Set(state?.Parked ?? 0);
        }
        var health = await SourceHealth.ReadAsync(database, cancel);
        foreach (var state in Enum.GetValues<SourceState>())
        {
            sources.WithLabels(Label(state)).Set(health.Count(h => h.State == state));
        }
        var now = clock.GetUtcNow();
        var kinds = health.SelectMany(h => SourceAlarm.Of(h, now)).ToLookup(a => a.Kind);
        foreach (var kind in Enum.GetValues<AlarmKind>())
        {
            alarms.WithLabels(Label(kind)).Set(kinds[kind].Count());
        }
        var delays = health.Select(h => h.Rhythm?.Freshness).OfType<TimeSpan>().Order().ToList();
        freshness.Set(delays.Count == 0 ? double.NaN : delays[delays.Count / 2].TotalSeconds);
        undecided.Set(await statements.WaitingAsync(cancel));
        foreach (var table in new[] { "snapshots", "reports", "statements", "events" })
        {
            stored
                .WithLabels(table)
                .Set(await database.FirstAsync<long>($"select count(*) from {table}", null, cancel));
        }
    }

    private static string Label<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
