using System.Globalization;
using System.Text;
using CyberInsights.Deliver;
using CyberInsights.Net;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Feeds;

/// <summary>Where programs subscribe to our feeds (W3C WebSub 2018, section 5.1): <c>POST /hub</c>. What is asked is checked here, done by <see cref="Hub"/>.</summary>
internal static class HubEndpoint
{
    internal const string Path = "/hub";

    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxAddress = 2048;

    // Section 5.1: less than 200 bytes.
    private const int MaxSecretBytes = 199;

    private const int ShortestLease = 3600;
    private const int UsualLease = 10 * 24 * 3600;
    private const int LongestLease = 30 * 24 * 3600;

    internal static void MapHub(this IEndpointRouteBuilder routes) => routes.MapPost(Path, AskAsync);

    private static async Task<IResult> AskAsync(
        HttpContext http,
        HubStore store,
        SyndicationReader feeds,
        GuardedHttp outbound,
        SiteSettings settings,
        CancellationToken cancel
    )
    {
        var (post, status) = await FormPost.ReadAsync(http, MaxBodyBytes);
        if (post is null)
        {
            return Results.StatusCode(status);
        }
        var topic = AddressOf(post["hub.topic"]);
        var callback = AddressOf(post["hub.callback"]);
        var trouble =
            post["hub.mode"] is not ("subscribe" or "unsubscribe")
                ? "Give 'hub.mode' as subscribe or unsubscribe; this hub serves its own site, which needs no 'publish'."
            : topic is null || await FeedEndpoints.FindAsync(feeds, settings, topic, cancel) is null
                ? $"Give 'hub.topic' as the address of a feed of {settings.BaseAddress.AbsoluteUri} exactly as the feed's link to itself has it; this hub has no other."
            : callback is null || callback.Fragment.Length > 0 || settings.Answers(new HostString(callback.IdnHost))
                ? $"Give 'hub.callback' as an http or https address of yours, {MaxAddress} characters at most, without a fragment."
            : outbound.CheckAddress(callback.AbsoluteUri) is { } refused ? refused
            : Encoding.UTF8.GetByteCount(post["hub.secret"]) > MaxSecretBytes
                ? $"Give 'hub.secret' {MaxSecretBytes} bytes at most."
            : Lease(post["hub.lease_seconds"]) is null ? "Give 'hub.lease_seconds' as a whole number, or leave it out."
            : null;
        if (trouble is not null)
        {
            return Results.Text(trouble, "text/plain; charset=utf-8", statusCode: StatusCodes.Status400BadRequest);
        }
        var intent = new HubIntent
        {
            Subscribes = post["hub.mode"] == "subscribe",
            Topic = topic!.AbsoluteUri,
            Callback = callback!.AbsoluteUri,
            Host = callback.IdnHost,
            Secret = post["hub.secret"],
            LeaseSeconds = Lease(post["hub.lease_seconds"])!.Value,
        };
        if (await store.AskAsync(intent, FormPost.NetworkOf(http), cancel))
        {
            return Results.StatusCode(StatusCodes.Status202Accepted);
        }
        http.Response.Headers.RetryAfter = "3600";
        return Results.Text(
            "Too much was asked of this hub. Ask again in an hour.",
            "text/plain; charset=utf-8",
            statusCode: StatusCodes.Status429TooManyRequests
        );
    }

    private static Uri? AddressOf(string text) =>
        text.Length <= MaxAddress
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
            ? address
            : null;

    // The nearest lease that we give; the callback learns which (section 5.3).
    private static int? Lease(string asked) =>
        asked.Length == 0 ? UsualLease
        : long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? (int)Math.Clamp(seconds, ShortestLease, LongestLease)
        : null;
}
