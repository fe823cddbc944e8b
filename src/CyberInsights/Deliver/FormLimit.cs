using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>How often something may be done within a window of time. Counted in the database, so that a restart does not forget.</summary>
/// <param name="Most">Uses within the window that are let through.</param>
internal sealed record FormLimit(string Name, TimeSpan Window, int Most)
{
    /// <summary>The longest window; what is older counts for nothing.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    internal static readonly FormLimit MailboxADay = new("mailbox-day", TimeSpan.FromDays(1), 1);
    internal static readonly FormLimit Mailbox = new("mailbox", Longest, 3);
    internal static readonly FormLimit NetworkADay = new("network-day", TimeSpan.FromDays(1), 20);
    internal static readonly FormLimit EverybodyADay = new("everybody-day", TimeSpan.FromDays(1), 1000);
    internal static readonly FormLimit HubNetworkAnHour = new("hub-network", TimeSpan.FromHours(1), 100);
    internal static readonly FormLimit HubHostAnHour = new("hub-host", TimeSpan.FromHours(1), 100);
    internal static readonly FormLimit HubAnHour = new("hub", TimeSpan.FromHours(1), 1000);
    internal static readonly FormLimit InboxNetworkAnHour = new("inbox-network", TimeSpan.FromHours(1), 300);
    internal static readonly FormLimit InboxHostAnHour = new("inbox-host", TimeSpan.FromHours(1), 300);
    internal static readonly FormLimit InboxAnHour = new("inbox", TimeSpan.FromHours(1), 3000);

    internal string KeyOf(string hash) => $"{Name}:{hash}";

    /// <summary>Counts one use of <paramref name="hash"/>; false, and nothing counted, when there were <see cref="Most"/> already.</summary>
    internal async Task<bool> TakeAsync(Transaction t, string hash, CancellationToken cancel) =>
        // One statement, so that two at once cannot both take the last place.
        await t.FirstAsync<int?>(
            """
            insert into form_uses (limit_key, since, uses) values (@key, @Now, 1)
            on conflict (limit_key) do update set
                uses = case when form_uses.since <= @over then 1 else form_uses.uses + 1 end,
                since = case when form_uses.since <= @over then excluded.since else form_uses.since end
            where form_uses.since <= @over or form_uses.uses < @Most
            returning uses
            """,
            new
            {
                key = KeyOf(hash),
                t.Now,
                over = t.Now - Window,
                Most,
            },
            cancel
        )
            is not null;
}
