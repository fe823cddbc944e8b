using System.Net;
using Microsoft.AspNetCore.Mvc;

namespace CyberInsights.Server.Site.Live;

/// <summary><c>/live?event=slug&amp;after=id</c>: what is new since the change with that id, in one event or in all.</summary>
internal static class LiveEndpoint
{
    private static readonly IPNetwork[] Neighbours =
    [
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("fc00::/7"),
    ];

    internal static void MapLive(this IEndpointRouteBuilder pages) => pages.MapGet("/live", OpenAsync);

    private static async Task<IResult> OpenAsync(
        HttpContext http,
        LiveStreams streams,
        LiveChanges changes,
        [FromQuery(Name = "event")] string? slug,
        long? after,
        CancellationToken cancel
    )
    {
        if (streams.Enter(ReaderOf(http)) is not { } place)
        {
            // A browser does not come again after this answer, and the page stays as it is.
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }
        http.Response.RegisterForDispose(place);
        // nginx hands on what it gets only when it is told so.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var from = after ?? await changes.NewestAsync(cancel);
        return TypedResults.ServerSentEvents(streams.TellAsync(from, slug, Language.OfPath(http.Request.Path), cancel));
    }

    /// <summary>
    /// Whose stream it is: the peer, or the one that a proxy on this machine or network names last in X-Forwarded-For. Of IPv6 the /64,
    /// which is one household (RFC 6177).
    /// </summary>
    internal static IPAddress ReaderOf(HttpContext http)
    {
        var peer = Plain(http.Connection.RemoteIpAddress ?? IPAddress.None);
        var named = http.Request.Headers["X-Forwarded-For"].LastOrDefault()?.Split(',')[^1].Trim();
        var reader =
            Neighbours.Any(n => n.Contains(peer)) && IPAddress.TryParse(named, out var forwarded)
                ? Plain(forwarded)
                : peer;
        return reader.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? new IPAddress([.. reader.GetAddressBytes().Take(8), .. new byte[8]])
            : reader;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
