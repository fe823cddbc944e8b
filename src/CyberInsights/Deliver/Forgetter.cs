using CyberInsights.Deliver.Editions;
using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>Deletes, once an hour, what is kept of sign-ups, mails and tips for no longer than the page about privacy and the form say.</summary>
public sealed class Forgetter(Database database, TimeProvider clock) : IStage
{
    /// <summary>Days after which an address that was not confirmed goes, and what is known of mails that were sent.</summary>
    public const int Days = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private DateTimeOffset next;

    public Stage Stage => Stage.Deliver;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (now < next)
        {
            return 0;
        }
        next = now + Pause;
        return await database.WriteAsync(t => ForgetAsync(t, t.Now - TimeSpan.FromDays(Days), cancel), cancel);
    }

    private static async Task<int> ForgetAsync(Transaction t, DateTimeOffset before, CancellationToken cancel)
    {
        var pending = await t.QueryAsync<long>(
            "select id from subscribers where channel = @channel and state = @pending and created_at <= @before",
            new
            {
                channel = Channel.Mail,
                pending = SubscriberState.Pending,
                before,
            },
            cancel
        );
        await Newsletter.ForgetAsync(t, [.. pending], cancel);
        await EditionTally.KeepAsync(t, "due_at <= @before", new { before }, cancel);
        await t.ExecuteAsync("delete from mails where due_at <= @before", new { before }, cancel);
        await t.ExecuteAsync(
            "delete from mailings where not exists (select 1 from mails m where m.mailing_id = mailings.id)",
            null,
            cancel
        );
        await TipStore.ForgetAsync(t, cancel);
        await t.ExecuteAsync("delete from form_uses where since <= @before", new { before }, cancel);
        return pending.Count;
    }
}
