using CyberInsights.Capture;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>A source as it is shown: who it is, how it usually publishes, and what is wrong with it.</summary>
public sealed record SourceLine(Source Source, SourceHealth Health, IReadOnlyList<SourceAlarm> Alarms);

/// <summary>Reads what the newsroom reads, and how that goes.</summary>
public sealed class SourceReader(Database database, TimeProvider clock)
{
    /// <summary>Every source: those with an alarm first, then by name.</summary>
    public async Task<IReadOnlyList<SourceLine>> AllAsync(CancellationToken cancel)
    {
        var health = (await SourceHealth.ReadAsync(database, cancel)).ToDictionary(h => h.Id);
        var now = clock.GetUtcNow();
        return
        [
            .. (await database.QueryAsync<Source>("select * from sources", null, cancel))
                .Where(s => health.ContainsKey(s.Id))
                .Select(s => new SourceLine(s, health[s.Id], SourceAlarm.Of(health[s.Id], now)))
                .OrderBy(l => l.Alarms.Count == 0)
                .ThenBy(l => l.Source.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }
}
