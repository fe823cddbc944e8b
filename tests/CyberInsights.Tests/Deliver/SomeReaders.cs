using CyberInsights.Storage;

namespace CyberInsights.Tests.Deliver;

/// <summary>Readers of the newsletter who have confirmed.</summary>
internal static class SomeReaders
{
    /// <param name="topics">None: everything.</param>
    /// <returns>Their ids, in the order of the addresses.</returns>
    internal static Task<IReadOnlyList<long>> AddAsync(
        Database database,
        IReadOnlyList<string> addresses,
        Frequency frequency = Frequency.Daily,
        string language = "en",
        params long[] topics
    ) =>
        database.WriteAsync(
            async t =>
            {
                var cancel = TestContext.Current.CancellationToken;
                var ids = addresses.Select(_ => t.NextId()).ToList();
                await t.InsertAsync(
                    "subscribers (id, channel, address, language, secret, state, created_at)",
                    [
                        .. addresses.Select(
                            (address, i) =>
                                (object?[])
                                    [
                                        ids[i],
                                        Channel.Mail,
                                        address,
                                        language,
                                        new string((char)('a' + (i % 6)), 64),
                                        SubscriberState.Active,
                                        t.Now,
                                    ]
                        ),
                    ],
                    "",
                    cancel
                );
                await t.InsertAsync(
                    "subscriptions (subscriber_id, frequency, consent, asked_at, confirmed_at)",
                    [.. ids.Select(id => (object?[])[id, frequency, "2026-11", t.Now, t.Now])],
                    "",
                    cancel
                );
                await t.InsertAsync(
                    "watches (id, subscriber_id, subject, subject_id)",
                    [
                        .. ids.SelectMany(id =>
                            topics.Length == 0
                                ? [(object?[])[t.NextId(), id, WatchSubject.Everything, 0L]]
                                : topics.Select(topic => (object?[])[t.NextId(), id, WatchSubject.Topic, topic])
                        ),
                    ],
                    "",
                    cancel
                );
                return (IReadOnlyList<long>)ids;
            },
            TestContext.Current.CancellationToken
        );
}
