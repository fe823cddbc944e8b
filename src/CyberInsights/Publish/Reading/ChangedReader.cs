namespace CyberInsights.Publish.Reading;

/// <summary>What changed on the whole site since a moment.</summary>
public sealed record ChangedPage
{
    public required DateTimeOffset AsOf { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>How many events there are, whether listed or not.</summary>
    public required ChangeTotals Totals { get; init; }

    /// <summary>The last changed first, at most <see cref="ChangedReader.Listed"/>.</summary>
    public IReadOnlyList<ChangedDossier> Events { get; init; } = [];
}

/// <summary>One event that appeared or changed.</summary>
/// <param name="Opened">It appeared since then.</param>
/// <param name="Log">What changed, newest first; empty for one that appeared.</param>
public sealed record ChangedDossier(EventLine Event, bool Opened, IReadOnlyList<DossierChange> Log);

/// <summary>Reads what changed on the whole site.</summary>
public sealed class ChangedReader(AsOfReader asOf, ChangeReader changes, EventLineReader events)
{
    public const int Listed = 60;
    private const int ChangesRead = 600;

    /// <summary>How far back is looked.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(31);

    /// <param name="since">Of the moment the site speaks from: gives the moment from which changes are shown.</param>
    public async Task<ChangedPage> ReadAsync(Func<DateTimeOffset, DateTimeOffset> since, CancellationToken cancel)
    {
        var now = await asOf.ReadAsync(cancel);
        var moment = since(now);
        moment = moment < now - Longest ? now - Longest : moment;
        var changed = await changes.SinceAsync(moment, Listed, cancel);
        var lines = (await events.OfIdsAsync([.. changed.Select(c => c.EventId)], cancel)).ToDictionary(e => e.EventId);
        var others = changed.Where(c => !c.Opened).Select(c => c.EventId).ToList();
        var log = (others.Count == 0 ? [] : await changes.OfEventsAsync(others, moment, ChangesRead, cancel)).ToLookup(
            c => c.EventId
        );
        return new ChangedPage
        {
            AsOf = now,
            Since = moment,
            Totals = await changes.TotalsAsync(moment, cancel),
            Events =
            [
                .. changed
                    .Where(c => lines.ContainsKey(c.EventId))
                    .Select(c => new ChangedDossier(lines[c.EventId], c.Opened, [.. log[c.EventId]])),
            ],
        };
    }
}
