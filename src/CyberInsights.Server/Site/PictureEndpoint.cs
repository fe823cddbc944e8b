using System.Globalization;
using System.Text.RegularExpressions;
using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site;

/// <summary>The pictures of articles. The address holds the hash of the content, so a browser may keep it for ever.</summary>
internal static partial class PictureEndpoint
{
    private const string Sandbox = "default-src 'none'; sandbox";

    internal static void MapArticlePictures(this IEndpointRouteBuilder routes) =>
        routes.MapReading("/pictures/{file}", AnswerAsync);

    private static async Task<IResult> AnswerAsync(HttpContext http, ArticlePartReader parts, string file)
    {
        if (
            Name.Match(file) is not { Success: true } name
            || await parts.PictureAsync(
                name.Groups[1].Value,
                int.Parse(name.Groups[2].Value, CultureInfo.InvariantCulture),
                http.RequestAborted
            )
                is not { } body
        )
        {
            return Results.NotFound();
        }
        // Should a browser ever take it for a page, that page may do nothing.
        http.Response.Headers.ContentSecurityPolicy = Sandbox;
        return new BodyResult(Body.Of(body, "image/webp"))
        {
            CacheControl = "public, max-age=31536000, immutable",
            CrossOrigin = true,
        };
    }

    [GeneratedRegex(@"^([0-9a-f]{64})-([1-9][0-9]{0,3})\.webp$", RegexOptions.None, 1000)]
    private static partial Regex Name { get; }
}
