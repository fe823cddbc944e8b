using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>What a member does with what asks for a person; the numbers are stored.</summary>
public enum InboxAct
{
    /// <summary>It was dealt with.</summary>
    Accept = 1,

    /// <summary>It needs nobody.</summary>
    Dismiss = 2,

    /// <summary>It asks again after <see cref="InboxDesk.Snooze"/>.</summary>
    Snooze = 3,
}

/// <summary>One thing that asks for a person, as it stands now.</summary>
/// <param name="Key">What it is, the same as long as it is about the same: <c>event:7</c>; at most 100 characters.</param>
/// <param name="Mark">How it stands: when this changes, it asks again; at most 100 characters.</param>
/// <param name="Title">What it is called now.</param>
public sealed record InboxKey(string Key, string Mark, string Title);

/// <summary>What was done with an item.</summary>
public sealed record InboxMark
{
    public required string Key { get; init; }
    public required string Mark { get; init; }
    public required string Title { get; init; }
    public required InboxAct Act { get; init; }
    public DateTimeOffset? Until { get; init; }
    public required long Operation { get; init; }
}

/// <summary>Takes items off the inbox, each with its entry in the audit log, and puts them back. An item that stands otherwise later is there again by itself.</summary>
public sealed class InboxDesk(Database database)
{
    /// <summary>The most items at once.</summary>
    public const int MaxAtOnce = 200;
    public static readonly TimeSpan Snooze = TimeSpan.FromHours(24);
    private const int MaxKey = 100;

    // The things that keys name by id, and where they are as long as they are there.
    private static readonly (string Kind, string There)[] Things =
    [
        ("disputed", "events where reports > 0 and"),
        ("event", "events where reports > 0 and"),
        ("source", "sources where state <> @Deleted and"),
        ("tip", "tips where"),
    ];

    /// <summary>Takes items off; what is kept of things that are gone meanwhile (merged, deleted) goes with them.</summary>
    /// <returns>The operation, for <see cref="UndoAsync"/>.</returns>
    /// <exception cref="RefusalException">None or too many were chosen; nothing was changed.</exception>
    public Task<long> MarkAsync(IReadOnlyList<InboxKey> items, InboxAct act, Member member, CancellationToken cancel) =>
        items.Count is 0 or > MaxAtOnce || items.Any(i => i.Key.Length is 0 or > MaxKey || i.Mark.Length > MaxKey)
            ? throw new RefusalException(
                RefusalKind.BadInput,
                $"{items.Count} items were chosen: nothing was changed. Choose 1 to {MaxAtOnce}; those that are gone were dealt with meanwhile."
            )
            : database.WriteAsync(
                async t =>
                {
                    long operation = 0;
                    foreach (var item in items)
                    {
                        var deed = new Deed(
                            $"inbox.{act.ToString().ToLowerInvariant()}",
                            "inbox",
                            item.Key,
                            item.Title
                        );
                        var entry = await AuditLog.AddAsync(t, member, deed, cancel);
                        operation = operation == 0 ? entry : operation;
                        await t.ExecuteAsync(
                            """
                            insert into inbox_marks (key, mark, title, act, until, operation)
                            values (@Key, @Mark, @Title, @act, @until, @operation)
                            on conflict (key) do update set mark = excluded.mark, title = excluded.title, act = excluded.act,
                                until = excluded.until, operation = excluded.operation
                            """,
                            new
                            {
                                item.Key,
                                item.Mark,
                                item.Title,
                                act,
                                until = act == InboxAct.Snooze ? t.Now + Snooze : (DateTimeOffset?)null,
                                operation,
                            },
                            cancel
                        );
                    }
                    await ForgetAsync(t, cancel);
                    return operation;
                },
                cancel
            );

    private static async Task ForgetAsync(Transaction t, CancellationToken cancel)
    {
        foreach (var (kind, there) in Things)
        {
            // Inside the case, because a database may look at the id of a key before it looks at its kind.
            await t.ExecuteAsync(
                $"""
                delete from inbox_marks where key like '{kind}:%' and not exists (
                    select 1 from {there}
                        id = case when inbox_marks.key like '{kind}:%' then cast(substr(inbox_marks.key, {kind.Length
                    + 2}) as bigint) end)
                """,
                new { SourceState.Deleted },
                cancel
            );
        }
    }

    /// <summary>Puts back what was taken off at once.</summary>
    /// <exception cref="RefusalException">Nothing of it is off the inbox any more.</exception>
    public Task UndoAsync(long operation, Member member, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var marks = await t.QueryAsync<InboxMark>(
                    "select * from inbox_marks where operation = @operation order by key",
                    new { operation },
                    cancel
                );
                if (marks.Count == 0)
                {
                    throw new RefusalException(
                        RefusalKind.NotFound,
                        "There is nothing to put back: it is in the inbox again already, or somebody took it off again later."
                    );
                }
                await t.ExecuteAsync("delete from inbox_marks where operation = @operation", new { operation }, cancel);
                foreach (var mark in marks)
                {
                    var deed = new Deed("inbox.undo", "inbox", mark.Key, mark.Title) { Undoes = operation };
                    await AuditLog.AddAsync(t, member, deed, cancel);
                }
            },
            cancel
        );

    /// <summary>What was done last, the last first.</summary>
    public Task<IReadOnlyList<InboxMark>> LastAsync(int count, CancellationToken cancel) =>
        database.QueryAsync<InboxMark>(
            "select * from inbox_marks order by operation desc, key limit @count",
            new { count },
            cancel
        );

    /// <summary>The items that are not taken off: never, or while they stood otherwise, or until a moment that has come.</summary>
    public async Task<IReadOnlyList<InboxKey>> OpenAsync(
        IReadOnlyList<InboxKey> items,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var marks = (
            await database.QueryAsync<InboxMark>(
                "select * from inbox_marks where key in @keys",
                new { keys = items.Select(i => i.Key).ToArray() },
                cancel
            )
        ).ToDictionary(m => m.Key);
        return
        [
            .. items.Where(i => !marks.TryGetValue(i.Key, out var mark) || mark.Mark != i.Mark || mark.Until <= now),
        ];
    }
}
