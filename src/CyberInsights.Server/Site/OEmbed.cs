using System.Text;
using System.Text.Json.Nodes;
using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site;

/// <summary>oEmbed 1.0 (oembed.com) of events and articles: a link with title and picture, no markup that others would have to trust.</summary>
internal static class OEmbed
{
    private const int Hour = 3600;

    /// <summary>Where the page at <paramref name="page"/> is described.</summary>
    internal static string AddressOf(SiteSettings settings, string page) =>
        new Uri(settings.BaseAddress, $"/oembed?format=json&url={Uri.EscapeDataString(page)}").AbsoluteUri;

    internal static async Task<IResult> AnswerAsync(
        HttpContext http,
        SiteSettings settings,
        EventLineReader events,
        ArticleReader articles
    )
    {
        var query = http.Request.Query;
        if (query["format"].FirstOrDefault() is not (null or "" or "json"))
        {
            // The specification's own answer to a format that is not given (section 2.3.3).
            return Results.StatusCode(StatusCodes.Status501NotImplemented);
        }
        if (
            !Uri.TryCreate(query["url"].FirstOrDefault(), UriKind.Absolute, out var page)
            || page.Scheme is not ("http" or "https")
            || !settings.Answers(new HostString(page.Host))
        )
        {
            return Results.NotFound();
        }
        var language = Language.OfPath(page.AbsolutePath);
        var answer = page.AbsolutePath[language.Prefix.Length..].Split('/') switch
        {
            ["", "events", var slug] when await events.FindAsync(slug, http.RequestAborted) is { } line => Link(
                line.Title,
                null
            ),
            ["", "articles", var slug] when await articles.FindAsync(slug, http.RequestAborted) is { } found => Link(
                found.Article.Title,
                found.Article.Author
            ),
            _ => null,
        };
        if (answer is null)
        {
            return Results.NotFound();
        }
        answer["provider_name"] = PageContext.NameIn(language, settings);
        answer["provider_url"] = settings.BaseAddress.AbsoluteUri;
        if (Fits("maxwidth", Cards.ShareCard.Width) && Fits("maxheight", Cards.ShareCard.Height))
        {
            answer["thumbnail_url"] = new Uri(settings.BaseAddress, $"{page.AbsolutePath}/card.png").AbsoluteUri;
            answer["thumbnail_width"] = Cards.ShareCard.Width;
            answer["thumbnail_height"] = Cards.ShareCard.Height;
        }
        return new BodyResult(Body.Of(Encoding.UTF8.GetBytes(answer.ToJsonString()), "application/json"))
        {
            CrossOrigin = true,
        };

        bool Fits(string name, int size) => !int.TryParse(query[name].FirstOrDefault(), out var most) || most >= size;
    }

    private static JsonObject Link(string title, string? author)
    {
        var link = new JsonObject
        {
            ["version"] = "1.0",
            ["type"] = "link",
            ["title"] = title,
            ["cache_age"] = Hour,
        };
        if (author is not null)
        {
            link["author_name"] = author;
        }
        return link;
    }
}
