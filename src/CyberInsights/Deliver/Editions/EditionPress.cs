using CyberInsights.Edit;
using CyberInsights.Publish;
using CyberInsights.Storage;

namespace CyberInsights.Deliver.Editions;

/// <summary>Puts an edition into words, in one language (BCP 47).</summary>
/// <param name="shown">What of it is told.</param>
public delegate Mailing WriteEdition(Edition edition, EditionContent shown, string language);

/// <summary>When editions are composed, as it is set now: it may be changed while the program runs.</summary>
public delegate EditionSchedule CurrentSchedule();

/// <summary>
/// Composes an edition when its hour has come, makes the mails of those that are due, and notes when all of them are gone. An edition and its
/// mails come into the outbox in one transaction, one mail for each subscriber for whom it holds something.
/// </summary>
public sealed class EditionPress(
    Database database,
    EditionStore editions,
    EditionComposer composer,
    CurrentSchedule current,
    WriteEdition write,
    TimeProvider clock,
    PublishSignal? signal = null
) : IStage
{
    public Stage Stage => Stage.Deliver;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var done = 0;
        foreach (var frequency in Enum.GetValues<Frequency>())
        {
            done += await ComposeAsync(frequency, cancel);
        }
        foreach (var edition in await editions.DueAsync(clock.GetUtcNow(), cancel))
        {
            done += await PrintAsync(edition, cancel);
        }
        return done + await CloseAsync(cancel);
    }

    private async Task<int> ComposeAsync(Frequency frequency, CancellationToken cancel)
    {
        var (now, schedule) = (clock.GetUtcNow(), current());
        var slot = schedule.LastSlot(frequency, now);
        // One that was missed for long is left to the next hour, which tells what this one would have told.
        if (now - slot > EditionSchedule.Latest(frequency) || await editions.HasSlotAsync(frequency, slot, cancel))
        {
            return 0;
        }
        var composed = await composer.ComposeAsync(frequency, cancel);
        // One with nothing in it is kept too: it says that the hour is done.
        DateTimeOffset? sendAt = schedule.Automatic || composed.Content.IsEmpty ? now : null;
        var draft = sendAt is null ? await editions.DraftAsync(frequency, ofClock: true, cancel) : null;
        return await database.WriteAsync(
            async t =>
            {
                var done = draft is null
                    ? await EditionStore.AddAsync(t, frequency, composed, slot, sendAt, cancel) is not null
                    : await EditionStore.RefreshAsync(t, draft, composed, slot, cancel);
                await ExpireAsync(t, cancel);
                return done ? 1 : 0;
            },
            cancel
        );
    }

    private static async Task ExpireAsync(Transaction t, CancellationToken cancel)
    {
        foreach (var (id, slug) in await EditionStore.ExpireAsync(t, t.Now - EditionComposer.Longest, cancel))
        {
            await AuditLog.AddAsync(t, Member.Program, EditionDesk.Deed("expire", id, slug), cancel);
        }
    }

    private async Task<int> PrintAsync(Edition edition, CancellationToken cancel)
    {
        var readers = await ReadersAsync(edition.Frequency, cancel);
        // Readers who want the same and were told the same get the same words.
        var copies = readers
            .GroupBy(r => (r.Language, r.Topics, Since: SinceOf(r, edition)))
            .Select(g =>
                (
                    Edition: edition with
                    {
                        Since = g.Key.Since,
                    },
                    Shown: EditionSelection.For(edition.Content, g.First().TopicIds, g.Key.Since),
                    g.Key.Language,
                    Ids: g.Select(r => r.Id).ToList()
                )
            )
            .Where(c => !c.Shown.IsEmpty)
            .Select(c => (Mailing: write(c.Edition, c.Shown, c.Language), c.Ids))
            .ToList();
        var printed = await database.WriteAsync(t => PrintAsync(t, edition, copies, cancel), cancel);
        if (printed > 0 && signal is not null)
        {
            await signal.RaiseAsync(cancel);
        }
        return printed;
    }

    // A first mail tells of the day, or the week, before it was asked for; by whole hours, so that readers share their words.
    private static DateTimeOffset SinceOf(EditionReader reader, Edition edition)
    {
        var first = reader.ConfirmedAt - EditionSchedule.Period(edition.Frequency);
        var hour = first.AddTicks(-(first.Ticks % TimeSpan.TicksPerHour));
        var since = reader.ToldUntil ?? (hour < edition.Since ? hour : edition.Since);
        return since > edition.Until - EditionComposer.Longest ? since : edition.Until - EditionComposer.Longest;
    }

    private static async Task<int> PrintAsync(
        Transaction t,
        Edition edition,
        IReadOnlyList<(Mailing Mailing, List<long> Ids)> copies,
        CancellationToken cancel
    )
    {
        var taken = await t.ExecuteAsync(
            """
            update editions set state = @sending, sent_at = @Now
            where id = @Id and revision = @Revision and state = @scheduled
            """,
            new
            {
                edition.Id,
                edition.Revision,
                sending = EditionState.Sending,
                scheduled = EditionState.Scheduled,
                t.Now,
            },
            cancel
        );
        if (taken == 0)
        {
            return 0;
        }
        // Somebody may have left while the words were found.
        var active = (
            await t.QueryAsync<long>(
                "select id from subscribers where channel = @mail and state = @active",
                new { mail = Channel.Mail, active = SubscriberState.Active },
                cancel
            )
        ).ToHashSet();
        foreach (var (mailing, ids) in copies)
        {
            await Outbox.QueueAsync(t, mailing, [.. ids.Where(active.Contains)], cancel, edition.Id);
        }
        return 1;
    }

    private async Task<int> CloseAsync(CancellationToken cancel)
    {
        var gone = await database.QueryAsync<long>(
            """
            select id from editions where state = @sending
            and not exists (select 1 from mails m where m.edition_id = editions.id and m.state in (@due, @taken))
            """,
            new
            {
                sending = EditionState.Sending,
                due = MailState.Due,
                taken = MailState.Taken,
            },
            cancel
        );
        return gone.Count == 0
            ? 0
            : await database.WriteAsync(
                t =>
                    t.ExecuteAsync(
                        "update editions set state = @sent where id in @gone and state = @sending",
                        new
                        {
                            gone,
                            sent = EditionState.Sent,
                            sending = EditionState.Sending,
                        },
                        cancel
                    ),
                cancel
            );
    }

    private async Task<IReadOnlyList<EditionReader>> ReadersAsync(Frequency frequency, CancellationToken cancel)
    {
        var readers = await database.QueryAsync<EditionReader>(
            """
            select s.id, s.language, w.told_until, w.confirmed_at from subscribers s join subscriptions w on w.subscriber_id = s.id
            where s.channel = @mail and s.state = @active and w.frequency = @frequency order by s.id
            """,
            new
            {
                mail = Channel.Mail,
                active = SubscriberState.Active,
                frequency,
            },
            cancel
        );
        var topics = (
            await database.QueryAsync<TopicOf>(
                """
                select v.subscriber_id, v.subject_id from watches v join subscribers s on s.id = v.subscriber_id
                where s.channel = @mail and s.state = @active and v.subject = @topic order by v.subscriber_id, v.subject_id
                """,
                new
                {
                    mail = Channel.Mail,
                    active = SubscriberState.Active,
                    topic = WatchSubject.Topic,
                },
                cancel
            )
        ).ToLookup(t => t.SubscriberId, t => t.SubjectId);
        return [.. readers.Select(r => r with { TopicIds = [.. topics[r.Id]] })];
    }

    private sealed record EditionReader
    {
        public long Id { get; init; }
        public required string Language { get; init; }
        public DateTimeOffset? ToldUntil { get; init; }
        public required DateTimeOffset ConfirmedAt { get; init; }
        public IReadOnlyList<long> TopicIds { get; init; } = [];
        internal string Topics => string.Join(',', TopicIds);
    }

    private sealed record TopicOf
    {
        public long SubscriberId { get; init; }
        public long SubjectId { get; init; }
    }
}
