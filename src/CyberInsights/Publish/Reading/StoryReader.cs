using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>What the page of an affair shows: events that belong together over weeks or months.</summary>
public sealed record StoryPage
{
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The part of its address: that of the first told of its events.</summary>
    public required string Slug { get; init; }

    /// <summary>The event that most independent sources tell, after which the affair is called.</summary>
    public required EventLine Main { get; init; }

    /// <summary>Two at least, the first told first; of many, those told last.</summary>
    public required IReadOnlyList<EventLine> Events { get; init; }

    /// <summary>Who takes which stances in it, most statements first.</summary>
    public IReadOnlyList<StoryParty> Parties { get; init; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ShownStatement> Newest { get; init; } = [];
}

/// <summary>One who speaks in an affair.</summary>
/// <param name="Slug">Null when the speaker is no entity.</param>
/// <param name="Country">ISO 3166-1 alpha-2, EU, or null.</param>
/// <param name="Stances">With how many statements, in the order of the ledger.</param>
public sealed record StoryParty(
    string Name,
    string? Slug,
    string? Country,
    IReadOnlyList<(Stance Stance, int Statements)> Stances,
    int Events,
    DateTimeOffset LastAt
)
{
    /// <summary>The parties among statements of several events, those with most statements first.</summary>
    internal static IReadOnlyList<StoryParty> Of(IEnumerable<ShownStatement> statements, int count) =>
        [
            .. statements
                .GroupBy(s => s.SpeakerSlug ?? s.Speaker)
                .Select(g => Of([.. g]))
                .OrderByDescending(p => p.Stances.Sum(s => s.Statements))
                .ThenByDescending(p => p.LastAt)
                .ThenBy(p => p.Name, StringComparer.Ordinal)
                .Take(count),
        ];

    private static StoryParty Of(IReadOnlyList<ShownStatement> told) =>
        new(
            told[0].Speaker,
            told[0].SpeakerSlug,
            told.Select(s => s.Country).FirstOrDefault(c => c is not null),
            [.. told.GroupBy(s => s.Stance).OrderBy(g => Ledger.PlaceOf(g.Key)).Select(g => (g.Key, g.Count()))],
            told.Select(s => s.EventId).Distinct().Count(),
            told.Max(s => s.At)
        );
}

/// <summary>Reads the page of an affair.</summary>
public sealed class StoryReader(Database database, AsOfReader asOf, EventLineReader events, StatementReader statements)
{
    private const int MaxEvents = 60;
    private const int MaxStatements = 300;
    private const int MaxParties = 20;
    private const int MaxNewest = 12;

    /// <summary>The affair that an event belongs to; null when there is no such event, or it stands alone.</summary>
    /// <param name="slug">Of any of its events.</param>
    public async Task<StoryPage?> FindAsync(string slug, CancellationToken cancel)
    {
        var lines = await events.OfWholeStoryAsync(slug, MaxEvents, cancel);
        if (lines.Count < 2)
        {
            return null;
        }
        var told = await statements.OfEventsAsync([.. lines.Select(e => e.EventId)], MaxStatements, cancel);
        return new StoryPage
        {
            AsOf = await asOf.ReadAsync(cancel),
            Slug = await FirstAsync(slug, cancel) ?? lines[0].Slug,
            Main = lines.OrderByDescending(e => e.Independent).ThenByDescending(e => e.Outlets).First(),
            Events = lines,
            Parties = StoryParty.Of(told, MaxParties),
            Newest = new Excerpts().Limit(Ledger.Choose(told, MaxNewest)),
        };
    }

    private Task<string?> FirstAsync(string slug, CancellationToken cancel) =>
        database.FirstAsync<string>(
            """
            select e.slug from dossiers d join events e on e.id = d.event_id
            where e.story_id = (select story_id from events where slug = @slug)
            order by d.first_told_at, d.event_id limit 1
            """,
            new { slug },
            cancel
        );
}
