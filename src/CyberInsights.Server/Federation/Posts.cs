using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CyberInsights.Deliver;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Feeds;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Parts;

namespace CyberInsights.Server.Federation;

/// <summary>Articles and events as followers are sent them (Activity Streams 2.0): an article whole, an event as a note with its state.</summary>
internal sealed class Posts(ArticleReader articles, EventLineReader events, SiteActor actor)
{
    /// <summary>The posts that are on the site, by their keys, each with its version; those that are not are left out.</summary>
    internal async Task<IReadOnlyDictionary<string, (string Version, JsonObject Content)>> OfAsync(
        IReadOnlyList<Post> posts,
        CancellationToken cancel
    )
    {
        var found = new Dictionary<string, (string, JsonObject)>(StringComparer.Ordinal);
        var pieces = await articles.OfIdsAsync([.. posts.Where(p => p.IsArticle).Select(p => p.Id)], cancel);
        foreach (var piece in pieces)
        {
            found[KeyOf(piece)] = (VersionOf(piece), Content(piece, await articles.HtmlAsync(piece.Id, cancel) ?? ""));
        }
        foreach (var line in await events.OfIdsAsync([.. posts.Where(p => !p.IsArticle).Select(p => p.Id)], cancel))
        {
            var told = posts.First(p => p.Key == KeyOf(line));
            found[KeyOf(line)] = (VersionOf(line, told.Version), Content(line, told.CreatedAt));
        }
        return found;
    }

    internal static string KeyOf(ArticleLine article) =>
        string.Create(CultureInfo.InvariantCulture, $"articles/{article.Id}");

    internal static string KeyOf(EventLine line) =>
        string.Create(CultureInfo.InvariantCulture, $"events/{line.EventId}");

    internal static string VersionOf(ArticleLine article) =>
        string.Create(CultureInfo.InvariantCulture, $"{article.Revision}");

    /// <summary>State and title. That it became quiet is no news: <paramref name="told"/> stays then.</summary>
    internal static string VersionOf(EventLine line, string? told) =>
        line.State == EventState.Quiet && told is not null ? told : $"{line.State} {line.Title}";

    internal string IdOf(string key) => actor.Absolute($"{SiteActor.Place}/{key}");

    internal JsonObject Create(JsonObject content) =>
        Activity("Create", content, content["published"]!.ToString(), "create");

    internal JsonObject Update(JsonObject content, DateTimeOffset at)
    {
        content["updated"] = Iso(at);
        return Activity(
            "Update",
            content,
            Iso(at),
            string.Create(CultureInfo.InvariantCulture, $"update-{at.ToUnixTimeMilliseconds()}")
        );
    }

    internal JsonObject Delete(string key, DateTimeOffset at) => Activity("Delete", Tombstone(key), Iso(at), "delete");

    /// <summary>What stands where a post was.</summary>
    internal JsonObject Tombstone(string key) => new() { ["id"] = IdOf(key), ["type"] = "Tombstone" };

    internal static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private JsonObject Activity(string type, JsonObject content, string at, string part) =>
        new()
        {
            ["@context"] = SiteActor.Context,
            ["id"] = $"{content["id"]}#{part}",
            ["type"] = type,
            ["actor"] = actor.Id,
            ["published"] = at,
            ["to"] = new JsonArray(SiteActor.Public),
            ["cc"] = new JsonArray(actor.Followers),
            ["object"] = content,
        };

    private JsonObject Content(ArticleLine article, string html)
    {
        var post = Content("Article", KeyOf(article), $"/articles/{article.Slug}", article.PublishAt);
        post["name"] = CleanText.Of(article.Title);
        post["summary"] = article.Deck.Length > 0 ? $"<p>{Encoded(article.Deck)}</p>" : null;
        post["content"] = FeedComposer.WithAbsoluteLinks(CleanText.Of(html), new Uri(actor.Id));
        if (article.Revision > 1)
        {
            post["updated"] = Iso(article.ChangedAt);
        }
        return post;
    }

    private JsonObject Content(EventLine line, DateTimeOffset at)
    {
        var language = Language.Default;
        var post = Content("Note", KeyOf(line), $"/events/{line.Slug}", at);
        var address = post["url"]!.ToString();
        var ground =
            $"{language.Counted("outlets", line.Outlets)}{language.Strings["list.comma"]}{language.Counted("independent", line.Independent)}";
        post["content"] =
            $"<p>{Encoded(language.Strings[$"state.{line.State.Key()}"])}: {Encoded(line.Title)}</p><p>{Encoded(ground)}</p><p><a href=\"{Encoded(address)}\">{Encoded(address)}</a></p>";
        return post;
    }

    private JsonObject Content(string type, string key, string path, DateTimeOffset at) =>
        new()
        {
            ["@context"] = SiteActor.Context,
            ["id"] = IdOf(key),
            ["type"] = type,
            ["attributedTo"] = actor.Id,
            ["url"] = actor.Absolute(path),
            ["published"] = Iso(at),
            ["to"] = new JsonArray(SiteActor.Public),
            ["cc"] = new JsonArray(actor.Followers),
        };

    private static string Encoded(string text) => WebUtility.HtmlEncode(CleanText.Of(text));
}
