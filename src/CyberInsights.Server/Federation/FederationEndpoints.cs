using System.Globalization;
using System.Text.Json.Nodes;
using CyberInsights.Deliver;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Federation;

/// <summary>The addresses by which accounts elsewhere find and follow the site; none of them is there unless the operator wants it.</summary>
internal static class FederationEndpoints
{
    private const string NodeInfoType =
        "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.1#\"; charset=utf-8";
    private const int OnPage = 20;
    private const int LastPage = 50;

    internal static IServiceCollection AddFederation(this IServiceCollection services) =>
        services
            .AddSingleton<SiteActor>()
            .AddSingleton<FollowerStore>()
            .AddSingleton<PostStore>()
            .AddSingleton<Posts>()
            .AddSingleton<Accounts>()
            .AddSingleton<Inbox>()
            .AddSingleton<Federator>();

    internal static void MapFederation(this IEndpointRouteBuilder routes)
    {
        var cached = routes.MapGroup("").CacheOutput(SiteCache.Policy);
        routes.MapReading("/.well-known/webfinger", WebFinger);
        Map("/.well-known/nodeinfo", (SiteActor actor) => NodeInfos(actor));
        Map("/nodeinfo/2.1", NodeInfoAsync);
        Map($"{SiteActor.Place}/actor", ActorAsync);
        Map($"{SiteActor.Place}/followers", FollowersAsync);
        Map($"{SiteActor.Place}/outbox", OutboxAsync);
        Map($"{SiteActor.Place}/{{kind}}/{{id:long}}", PostAsync);
        routes.MapSending($"{SiteActor.Place}/inbox", (Inbox inbox, HttpContext http) => inbox.TakeAsync(http));

        void Map(string pattern, Delegate handler) => cached.MapReading(pattern, handler);
    }

    private static IResult WebFinger(HttpContext http, SiteActor actor)
    {
        // RFC 7033, section 5.
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return http.Request.Query["resource"] is not [{ } resource]
                ? Results.StatusCode(StatusCodes.Status400BadRequest)
            : actor.IsAskedFor(resource) ? SiteActor.Answer(actor.WebFinger(), "application/jrd+json; charset=utf-8")
            : Results.NotFound();
    }

    private static BodyResult NodeInfos(SiteActor actor) =>
        SiteActor.Answer(
            new JsonObject
            {
                ["links"] = new JsonArray(
                    new JsonObject
                    {
                        ["rel"] = "http://nodeinfo.diaspora.software/ns/schema/2.1",
                        ["href"] = actor.Absolute("/nodeinfo/2.1"),
                    }
                ),
            },
            "application/json; charset=utf-8"
        );

    private static async Task<IResult> NodeInfoAsync(PostStore posts, CancellationToken cancel) =>
        SiteActor.Answer(SiteActor.NodeInfo(await posts.CountAsync(cancel)), NodeInfoType);

    private static async Task<IResult> ActorAsync(SiteActor actor, FollowerStore followers, CancellationToken cancel)
    {
        using var key = await followers.KeyAsync(cancel);
        return SiteActor.Answer(
            actor.Describe(key.ExportSubjectPublicKeyInfoPem(), await followers.SinceAsync(cancel))
        );
    }

    // How many, never who.
    private static async Task<IResult> FollowersAsync(
        SiteActor actor,
        FollowerStore followers,
        CancellationToken cancel
    ) => SiteActor.Answer(Collection(actor.Followers, await followers.CountAsync(cancel)));

    private static async Task<IResult> OutboxAsync(
        HttpContext http,
        SiteActor actor,
        PostStore store,
        Posts posts,
        CancellationToken cancel
    )
    {
        var count = await store.CountAsync(cancel);
        if (
            !int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            || page is < 1 or > LastPage
        )
        {
            var all = Collection(actor.Outbox, count);
            all["first"] = $"{actor.Outbox}?page=1";
            return SiteActor.Answer(all);
        }
        var told = await store.NewestAsync(OnPage, (page - 1) * OnPage, cancel);
        var current = await posts.OfAsync(told, cancel);
        var items = new JsonArray();
        foreach (var post in told.Where(p => current.ContainsKey(p.Key)))
        {
            items.Add(posts.Create(current[post.Key].Content));
        }
        var answer = Collection($"{actor.Outbox}?page={page}", count);
        answer["type"] = "OrderedCollectionPage";
        answer["partOf"] = actor.Outbox;
        answer["orderedItems"] = items;
        if (page * OnPage < count && page < LastPage)
        {
            answer["next"] = $"{actor.Outbox}?page={page + 1}";
        }
        return SiteActor.Answer(answer);
    }

    private static async Task<IResult> PostAsync(
        string kind,
        long id,
        PostStore store,
        Posts posts,
        CancellationToken cancel
    )
    {
        if (await store.FindAsync(string.Create(CultureInfo.InvariantCulture, $"{kind}/{id}"), cancel) is not { } post)
        {
            return Results.NotFound();
        }
        return !post.Gone && (await posts.OfAsync([post], cancel)).TryGetValue(post.Key, out var current)
            ? SiteActor.Answer(current.Content)
            : SiteActor.Answer(posts.Tombstone(post.Key), status: StatusCodes.Status410Gone);
    }

    private static JsonObject Collection(string id, long count) =>
        new()
        {
            ["@context"] = SiteActor.Context,
            ["id"] = id,
            ["type"] = "OrderedCollection",
            ["totalItems"] = count,
        };
}
