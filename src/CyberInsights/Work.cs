using CyberInsights.Storage;

namespace CyberInsights;

/// <summary>One thing a stage has to do; <see cref="Turn"/> grows each time the thing becomes due again.</summary>
public sealed record WorkItem
{
    public required long Item { get; init; }
    public required long Turn { get; init; }
    public int Failures { get; init; }
}

/// <summary>How much a stage has before it.</summary>
public sealed record WorkState
{
    public required Stage Stage { get; init; }
    public int Waiting { get; init; }

    /// <summary>Items that failed <see cref="WorkList.MaxFailures"/> times and wait for a person.</summary>
    public int Parked { get; init; }
    public string? LastError { get; init; }
}

/// <summary>
/// The list of work in the table <c>work</c>. A stage adds work for the stage to its right in the transaction of what it
/// stored, and takes its own off in the transaction of its results: killed at any instant, nothing is lost and nothing is done twice.
/// </summary>
public sealed class WorkList(Database database, TimeProvider clock)
{
    /// <summary>After this many failures an item is parked: shown to the operator, no longer tried.</summary>
    public const int MaxFailures = 5;

    /// <summary>Makes <paramref name="items"/> due for <paramref name="stage"/>; one already due gets a new turn, so that nobody finishes it with old data.</summary>
    public static Task AddAsync(Transaction t, Stage stage, IEnumerable<long> items, CancellationToken cancel) =>
        t.InsertAsync(
            "work (stage, item, turn, since, due_at, failures)",
            // In one order: two writers that take the same rows in different orders would wait for each other.
            [.. items.Distinct().Order().Select(item => (object?[])[stage, item, 1L, t.Now, t.Now, 0])],
            "on conflict (stage, item) do update set turn = work.turn + 1, due_at = excluded.due_at, failures = 0",
            cancel
        );

    /// <summary>Up to <paramref name="count"/> due items, smallest first: ids are in order of time, so the oldest first.</summary>
    public Task<IReadOnlyList<WorkItem>> DueAsync(Stage stage, int count, CancellationToken cancel) =>
        database.QueryAsync<WorkItem>(
            """
            select item, turn, failures from work
            where stage = @stage and due_at <= @now and failures < @MaxFailures
            order by item limit @count
            """,
            new
            {
                stage,
                now = clock.GetUtcNow(),
                MaxFailures,
                count,
            },
            cancel
        );

    /// <summary>
    /// Takes items off the list. Left out are those that became due again, or were done by another, since they were read: their
    /// results must not be stored.
    /// </summary>
    /// <returns>The ids of those taken.</returns>
    public static async Task<IReadOnlySet<long>> TakeAsync(
        Transaction t,
        Stage stage,
        IEnumerable<WorkItem> items,
        CancellationToken cancel
    )
    {
        var taken = new HashSet<long>();
        foreach (var turn in items.GroupBy(i => i.Turn))
        {
            taken.UnionWith(
                await t.QueryAsync<long>(
                    "delete from work where stage = @stage and turn = @turn and item in @ids returning item",
                    new
                    {
                        stage,
                        turn = turn.Key,
                        ids = turn.Select(i => i.Item).ToArray(),
                    },
                    cancel
                )
            );
        }
        return taken;
    }

    /// <summary>Puts a failed item back by a growing delay: 1, 4, 16, 64 minutes.</summary>
    public Task FailAsync(Stage stage, WorkItem item, string error, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    """
                    update work set failures = failures + 1, last_error = @error, due_at = @dueAt
                    where stage = @stage and item = @Item and turn = @Turn
                    """,
                    new
                    {
                        stage,
                        item.Item,
                        item.Turn,
                        error,
                        dueAt = t.Now + TimeSpan.FromMinutes(Math.Pow(4, item.Failures)),
                    },
                    cancel
                ),
            cancel
        );

    public Task<IReadOnlyList<WorkState>> StateAsync(CancellationToken cancel) =>
        database.QueryAsync<WorkState>(
            """
            select stage, sum(case when failures < @MaxFailures then 1 else 0 end) as waiting,
                   sum(case when failures >= @MaxFailures then 1 else 0 end) as parked, max(last_error) as last_error
            from work group by stage order by stage
            """,
            new { MaxFailures },
            cancel
        );
}
