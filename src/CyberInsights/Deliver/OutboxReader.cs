using CyberInsights.Deliver.Editions;
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

/// <summary>How the mails of one edition fared.</summary>
public sealed record EditionFigures
{
    /// <summary>Waiting, or in a sender's hands.</summary>
    public long Due { get; init; }
    public long Sent { get; init; }
    public long Failed { get; init; }

    /// <inheritdoc cref="MailCounts.Doubtful"/>
    public long Doubtful { get; init; }

    /// <summary>Came back; among those sent or failed.</summary>
    public long Returned { get; init; }

    /// <summary>Readers who called it unwanted.</summary>
    public long Complained { get; init; }

    /// <summary>Readers who left after it, before the next.</summary>
    public long Left { get; init; }
}

/// <summary>How it stands with one mail, for whoever wants it to arrive.</summary>
public enum MailProgress
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
    /// <summary>All mails that are known.</summary>
    public async Task<MailCounts> CountAsync(CancellationToken cancel) =>
        (
            await database.FirstAsync<MailCounts>(
                """
                select coalesce(sum(case when state in (1, 2) then 1 else 0 end), 0) as due,
                       coalesce(sum(case when state = 3 then 1 else 0 end), 0) as sent,
                       coalesce(sum(case when state = 4 then 1 else 0 end), 0) as failed,
                       coalesce(sum(case when state in (5, 6) then 1 else 0 end), 0) as doubtful,
                       coalesce(sum(case when returned is not null then 1 else 0 end), 0) as returned,
                       max(last_error) as last_error
                from mails
                """,
                null,
                cancel
            )
        )!;

    /// <summary>How the mails of editions fared, those included that are not kept any more; by id of the edition, one without mails is not there.</summary>
    public async Task<IReadOnlyDictionary<long, EditionFigures>> OfEditionsAsync(
        IReadOnlyList<long> editionIds,
        CancellationToken cancel
    )
    {
        var rows = await database.QueryAsync<FateRow>(
            $"""
            {EditionTally.Of("edition_id in @editionIds")}
            union all select edition_id, what, number from edition_counts where edition_id in @editionIds
            """,
            new { editionIds },
            cancel
        );
        return rows.GroupBy(r => r.EditionId).ToDictionary(g => g.Key, FiguresOf);
    }

    private static EditionFigures FiguresOf(IEnumerable<FateRow> rows)
    {
        var numbers = rows.ToLookup(r => r.What, r => r.Number);
        return new EditionFigures
        {
            Due = Sum(MailFate.Due),
            Sent = Sum(MailFate.Sent),
            Failed = Sum(MailFate.Failed),
            Doubtful = Sum(MailFate.Doubtful),
            Returned = Sum(MailFate.Returned),
            Complained = Sum(MailFate.Complained),
            Left = Sum(MailFate.Left),
        };

        long Sum(MailFate what) => numbers[what].Sum();
    }

    /// <summary>How it stands with these mails; those that are not known any more are left out.</summary>
    public async Task<IReadOnlyDictionary<long, MailProgress>> ProgressAsync(
        IReadOnlyList<long> ids,
        CancellationToken cancel
    )
    {
        var rows = await database.QueryAsync<MailRow>(
            "select id, state, returned from mails where id in @ids",
            new { ids },
            cancel
        );
        return rows.ToDictionary(r => r.Id, ProgressOf);
    }

    private static MailProgress ProgressOf(MailRow row) =>
        row.Returned is not null
            ? MailProgress.Missing
            : row.State switch
            {
                MailState.Due or MailState.Taken or MailState.HandedOver => MailProgress.Waiting,
                MailState.Sent => MailProgress.Sent,
                _ => MailProgress.Missing,
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

    private sealed record FateRow
    {
        public long EditionId { get; init; }
        public MailFate What { get; init; }
        public long Number { get; init; }
    }

    private sealed record MailRow
    {
        public required long Id { get; init; }
        public required MailState State { get; init; }
        public int? Returned { get; init; }
    }
}
