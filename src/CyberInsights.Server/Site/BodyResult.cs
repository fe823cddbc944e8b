using Microsoft.Net.Http.Headers;

namespace CyberInsights.Server.Site;

/// <summary>Sends a <see cref="Body"/>, or 304 when the client has it already.</summary>
internal sealed class BodyResult(Body body) : IResult
{
    internal const string PublicMinute = "public, max-age=60";

    internal int Status { get; init; } = StatusCodes.Status200OK;
    internal string CacheControl { get; init; } = PublicMinute;

    /// <summary>May be read by scripts of other sites, as feeds are.</summary>
    internal bool CrossOrigin { get; init; }

    /// <summary>The header Link; null: none.</summary>
    internal string? Link { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var packing = body.Choose(Body.Wanted(httpContext.Request));
        var response = httpContext.Response;
        var headers = response.Headers;
        headers.CacheControl = CacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (Link is not null)
        {
            headers.Link = Link;
        }
        if (CrossOrigin)
        {
            headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        }
        if (Status == StatusCodes.Status200OK)
        {
            headers.ETag = body.ETag(packing);
            if (Has(httpContext.Request, body.ETag(packing)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }
        response.StatusCode = Status;
        response.ContentType = body.ContentType;
        if (packing != Packing.None)
        {
            headers.ContentEncoding = packing == Packing.Brotli ? "br" : "gzip";
        }
        var bytes = body.Packed(packing);
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }

    // Weak comparison, as RFC 9110, 13.1.2 asks for If-None-Match: proxies weaken tags.
    private static bool Has(HttpRequest request, string etag)
    {
        foreach (var line in request.Headers.IfNoneMatch)
        {
            foreach (var part in (line ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (
                    part == "*"
                    || part == etag
                    || (part.StartsWith("W/", StringComparison.Ordinal) && part[2..] == etag)
                )
                {
                    return true;
                }
            }
        }
        return false;
    }
}
