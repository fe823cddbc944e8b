using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>A source and how its fetching goes.</summary>
public sealed record SourceHealth
{
    public long Id { get; init; }
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    public SourceState State { get; init; }
    public DateTimeOffset DueAt { get; init; }

    /// <summary>In a row; 0 after a success.</summary>
    public int Failures { get; init; }

    /// <summary>What a person should know: the last failure, or that the publisher says it has moved.</summary>
    public string? LastError { get; init; }
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>The last time that the publisher answered properly, changed or not.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Where the publisher says it has moved for good.</summary>
    public string? MovedTo { get; init; }

    /// <summary>Reports of the week before its last success whose own page showed a wall in place of the article.</summary>
    public int Walls { get; init; }

    /// <summary>How it usually publishes; null before its first document was read.</summary>
    public Rhythm? Rhythm { get; init; }

    /// <summary>JSON of <see cref="Rhythm"/>, as it is stored.</summary>
    internal string? Learned
    {
        init => Rhythm = CyberInsights.Rhythm.Parse(value);
    }

    private const string Select = """
        select s.id, s.key, s.name, s.address, s.state, s.due_at, s.failures, s.last_error, s.last_attempt_at,
               s.last_success_at, s.moved_to, r.learned,
               (select count(*) from page_walls w
                where w.source_id = s.id and w.at > coalesce(s.last_success_at, 0) - 7 * 86400000) as walls
        from sources s left join rhythms r on r.source_id = s.id
        where s.state <> 4 and s.kind <> 8
        """;

    /// <summary>The health of every source but deleted ones, by key.</summary>
    public static Task<IReadOnlyList<SourceHealth>> ReadAsync(Database database, CancellationToken cancel) =>
        database.QueryAsync<SourceHealth>($"{Select} order by s.key", null, cancel);

    /// <summary>The health of the sources with these ids, without deleted ones, in no particular order.</summary>
    public static async Task<IReadOnlyList<SourceHealth>> ReadAsync(
        Database database,
        IReadOnlyList<long> ids,
        CancellationToken cancel
    ) =>
        ids.Count == 0
            ? []
            : await database.QueryAsync<SourceHealth>($"{Select} and s.id in @ids", new { ids }, cancel);
}
