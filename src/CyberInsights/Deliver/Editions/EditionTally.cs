using CyberInsights.Storage;

namespace CyberInsights.Deliver.Editions;

/// <summary>What becomes of the mails of an edition; the numbers are stored.</summary>
internal enum MailFate
{
    /// <summary>Waits, or is in a sender's hands; never stored.</summary>
    Due = 0,
    Sent = 1,
    Failed = 2,
    Doubtful = 3,

    /// <summary>Came back; it counts as sent or failed beside that.</summary>
    Returned = 4,

    /// <summary>Its reader called it unwanted.</summary>
    Complained = 5,

    /// <summary>Its reader left after it.</summary>
    Left = 6,
}

/// <summary>
/// Keeps how many mails of an edition fared how, when the mails themselves are deleted: because their time is over, or their reader is
/// forgotten. Numbers alone stay, which name nobody.
/// </summary>
internal static class EditionTally
{
    /// <summary>How the mails of <c>mails</c> fared, as rows of (edition_id, what, number).</summary>
    /// <param name="which">A condition on columns of mails.</param>
    internal static string Of(string which) =>
        $"""
            select edition_id, case state when 3 then 1 when 4 then 2 when 5 then 3 when 6 then 3 else 0 end as what, count(*) as number
            from mails where edition_id is not null and {which}
            group by edition_id, case state when 3 then 1 when 4 then 2 when 5 then 3 when 6 then 3 else 0 end
            union all
            select edition_id, case returned when 3 then 5 else 4 end as what, count(*) as number
            from mails where edition_id is not null and returned is not null and {which}
            group by edition_id, case returned when 3 then 5 else 4 end
            """;

    /// <summary>To be called in the transaction that deletes the mails, before it does.</summary>
    internal static Task KeepAsync(Transaction t, string which, object arguments, CancellationToken cancel) =>
        t.ExecuteAsync(
            $"""
            insert into edition_counts (edition_id, what, number)
            select edition_id, what, number from ({Of(which)}) f where what > 0
            on conflict (edition_id, what) do update set number = edition_counts.number + excluded.number
            """,
            arguments,
            cancel
        );

    /// <summary>A reader leaves: it counts for the last edition that reached them.</summary>
    internal static Task LeaveAsync(Transaction t, long subscriberId, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            insert into edition_counts (edition_id, what, number)
            select last, @left, 1 from (select max(edition_id) as last from mails where subscriber_id = @subscriberId and state = @sent) f
            where last is not null
            on conflict (edition_id, what) do update set number = edition_counts.number + 1
            """,
            new
            {
                subscriberId,
                left = MailFate.Left,
                sent = MailState.Sent,
            },
            cancel
        );
}
