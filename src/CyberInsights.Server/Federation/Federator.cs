using System.Text;
using CyberInsights.Deliver;
using CyberInsights.Net;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Feeds;
using CyberInsights.Storage;

namespace CyberInsights.Server.Federation;

/// <summary>
/// Tells followers of articles and of events that reach the front page, of what changes in them, and when they are gone. What is due is in
/// the database; what fails is tried again like any delivery.
/// </summary>
internal sealed class Federator(
    PostStore store,
    FollowerStore followers,
    Posts posts,
    ArticleReader articles,
    EventLineReader events,
    SiteActor actor,
    GuardedHttp http,
    TimeProvider clock
) : IStage
{
    private const int AtOnce = 8;

    // Each minute; more at once would be a flood in everybody's timeline.
    private const int Articles = 10;
    private const int Events = 8;

    /// <summary>How many of the newest posts are looked at for changes.</summary>
    private const int Watched = 200;

    private readonly Lookout lookout = new(clock);

    public Stage Stage => Stage.Deliver;

    internal ValueTask NoticeAsync(CancellationToken cancel)
    {
        lookout.Notice();
        return ValueTask.CompletedTask;
    }

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (lookout.IsTime())
        {
            await TellChangesAsync(cancel);
            await TellNewAsync(cancel);
        }
        var due = await store.TakeDueAsync(AtOnce, cancel);
        await Task.WhenAll(due.Select(d => SendAsync(d, cancel)));
        return due.Count;
    }

    // What was there before the site could be followed is no news.
    private async Task TellNewAsync(CancellationToken cancel)
    {
        var since = await followers.SinceAsync(cancel);
        var candidates = (await articles.NewestAsync(Articles, cancel))
            .Where(a => a.PublishAt >= since)
            .Select(a => Post(Posts.KeyOf(a), Posts.VersionOf(a)))
            .Concat(
                (await events.TopAsync(Events, cancel))
                    .Where(e => Ids.At(e.EventId) >= since)
                    .Select(e => Post(Posts.KeyOf(e), Posts.VersionOf(e, null)))
            );
        foreach (var post in candidates.ToList())
        {
            if (
                await store.FindAsync(post.Key, cancel) is null
                && (await posts.OfAsync([post], cancel)).TryGetValue(post.Key, out var current)
            )
            {
                await store.TellAsync(post, null, posts.Create(current.Content).ToJsonString(), cancel);
            }
        }
    }

    private async Task TellChangesAsync(CancellationToken cancel)
    {
        var told = await store.NewestAsync(Watched, 0, cancel);
        var current = await posts.OfAsync(told, cancel);
        var now = clock.GetUtcNow();
        foreach (var post in told)
        {
            if (!current.TryGetValue(post.Key, out var one))
            {
                var gone = posts.Delete(post.Key, now).ToJsonString();
                await store.TellAsync(post with { Gone = true }, post.Version, gone, cancel);
            }
            else if (one.Version != post.Version)
            {
                var update = posts.Update(one.Content, now).ToJsonString();
                await store.TellAsync(post with { Version = one.Version }, post.Version, update, cancel);
            }
        }
    }

    private Post Post(string key, string version) =>
        new()
        {
            Key = key,
            Version = version,
            CreatedAt = clock.GetUtcNow(),
        };

    private async Task SendAsync(ActivityDelivery delivery, CancellationToken cancel)
    {
        var (address, body) = (new Uri(delivery.Inbox), Encoding.UTF8.GetBytes(delivery.Body));
        using var key = await followers.KeyAsync(cancel);
        var outcome = await http.PostAsync(
            address,
            body,
            "application/activity+json",
            HttpSignature.Sign(key, actor.KeyId, address, body, clock.GetUtcNow()),
            cancel
        );
        await (
            outcome switch
            {
                FetchOutcome.Fresh => store.SentAsync(delivery, cancel),
                FetchOutcome.Gone => store.GoneAsync(delivery, cancel),
                _ => store.FailedAsync(delivery, cancel),
            }
        );
    }
}
