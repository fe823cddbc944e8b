using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>The moment that pages speak from: now, or the newest event of an archive that is more than a day old.</summary>
/// <remarks>Samples and replays tell of other days; "in the last 24 hours" would be empty there and "3 years ago" no help.</remarks>
public sealed class AsOfReader(Database database, TimeProvider clock)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromHours(24);

    public async Task<DateTimeOffset> ReadAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        // A scalar that may be null is read as a number: a type handler is not asked about null.
        var newest = await database.FirstAsync<long?>("select max(last_told_at) from dossiers", null, cancel);
        return
            newest is { } told && DateTimeOffset.FromUnixTimeMilliseconds(told) is var moment && moment < now - FreshFor
            ? moment
            : now;
    }
}
