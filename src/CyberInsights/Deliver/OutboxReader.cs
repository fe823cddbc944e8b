using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>How many mails are where, and the last error.</summary>
public sealed record MailCounts
{
    /// <summary>Waiting, or in a sender's hands.</summary>
    public int Due { get; init; }
    public int Sent { get; init; }
    public int Failed { get; init; }

    /// <summary>On the way when its sender was last heard of; nobody knows whether they arrived.</summary>
    public int Doubtful { get; init; }

    /// <summary>Came back, or made their reader complain.</summary>
    public int Returned { get; init; }
    public string? LastError { get; init; }
}

/// <summary>How it stands with one mail, for whoever wants it to arrive.</summary>
public enum MailFate
{
    Waiting,
    Sent,

    /// <summary>Refused, returned or in doubt.</summary>
    Missing,
}

/// <summary>A mail of which nobody knows whether it arrived; it is for a person to judge.</summary>
public sealed record DoubtfulMail
{
    public required long Id { get; init; }
    public required string Address { get; init; }
    public required string Subject { get; init; }

    /// <summary>When it was handed over, or doubt arose.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What broke; null when the program itself ended.</summary>
    public string? Error { get; init; }
}

/// <summary>Reads what stands in the outbox, and lets a person decide about what is in doubt.</summary>
public sealed class OutboxReader(Database database)
{
    /// <param name="editionId">Null: all mails that are known.</param>
    public async Task<MailCounts> CountAsync(long? editionId, CancellationToken cancel) =>
        (
            await database.FirstAsync<MailCounts>(
                """
                select coalesce(sum(case when state in (1, 2) then 1 else 0 end), 0) as due,
                       coalesce(sum(case when state = 3 then 1 else 0 end), 0) as sent,
                       coalesce(sum(case when state = 4 then 1 else 0 end), 0) as failed,
                       coalesce(sum(case when state in (5, 6) then 1 else 0 end), 0) as doubtful,
                       coalesce(sum(case when returned is not null then 1 else 0 end), 0) as returned,
                       max(last_error) as last_error
                from mails where @editionId = 0 or edition_id = @editionId
                """,
                new { editionId = editionId ?? 0 },
                cancel
            )
        )!;

    /// <summary>How it stands with these mails; those that are not known any more are left out.</summary>
    public async Task<IReadOnlyDictionary<long, MailFate>> FatesAsync(IReadOnlyList<long> ids, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<MailRow>(
            "select id, state, returned from mails where id in @ids",
            new { ids },
            cancel
        );
        return rows.ToDictionary(r => r.Id, FateOf);
    }

    private static MailFate FateOf(MailRow row) =>
        row.Returned is not null
            ? MailFate.Missing
            : row.State switch
            {
                MailState.Due or MailState.Taken or MailState.HandedOver => MailFate.Waiting,
                MailState.Sent => MailFate.Sent,
                _ => MailFate.Missing,
            };

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<DoubtfulMail>> DoubtfulAsync(int count, CancellationToken cancel) =>
        database.QueryAsync<DoubtfulMail>(
            """
            select m.id, coalesce(m.address, s.address) as address, g.subject, m.due_at as at, m.last_error as error
            from mails m join mailings g on g.id = m.mailing_id left join subscribers s on s.id = m.subscriber_id
            where m.state = @doubtful order by m.id desc limit @count
            """,
            new { doubtful = MailState.Doubtful, count },
            cancel
        );

    /// <summary>A person who knows that a doubtful mail did not arrive lets it be sent; false when there is none of this id.</summary>
    public static async Task<bool> SendAgainAsync(Transaction t, long id, CancellationToken cancel) =>
        await t.ExecuteAsync(
            "update mails set state = @due, due_at = @Now where id = @id and state = @doubtful",
            new
            {
                id,
                due = MailState.Due,
                doubtful = MailState.Doubtful,
                t.Now,
            },
            cancel
        ) > 0;

    private sealed record MailRow
    {
        public required long Id { get; init; }
        public required MailState State { get; init; }
        public int? Returned { get; init; }
    }
}
