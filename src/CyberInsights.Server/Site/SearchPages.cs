using System.Text.Json;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Feeds;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site.Pages;

namespace CyberInsights.Server.Site;

/// <summary>The search: its page, its suggestions while one writes, and a search kept as a feed.</summary>
internal sealed class SearchPages(
    PageRenderer renderer,
    SiteMessages messages,
    CurrentSettings current,
    SearchGate gate,
    SearchReader search,
    SuggestionReader suggestions
)
{
    /// <summary>Names in the address by which results are narrowed.</summary>
    internal static readonly string[] Facets = ["kind", "stance", "country", "actor", "source", "lang", "span"];

    private const int MaxValues = 8;
    private const string Json = "application/json; charset=utf-8";

    /// <summary>Where the search box of a browser asks, and the type of what it gets.</summary>
    internal const string CompletionsPath = "/search/suggest/opensearch";
    internal const string Completions = "application/x-suggestions+json";

    internal async Task<IResult> ShowAsync(HttpContext http)
    {
        if (await gate.SearchAsync(http, cancel => search.FindAsync(Asked(http.Request.Query), cancel)) is not { } page)
        {
            return await RefuseAsync(http);
        }
        var language = LanguageOf(http);
        var usable = page.Parsed is ParsedSearch.Usable;
        var title = usable
            ? language.Strings.Format("search.title-for", page.Request.Words)
            : language.Strings["search.title"];
        var head = new PageHead(title)
        {
            AsOf = page.AsOf,
            Unlisted = true,
            KeepQuery = usable,
            FeedPath = usable ? "/search" : null,
            FeedQuery = usable ? FeedQuery(page.Request.Words!) : "",
        };
        return new BodyResult(
            await renderer.RenderAsync<SearchView>(
                http,
                language,
                head,
                new Dictionary<string, object?> { [nameof(SearchView.Model)] = page }
            )
        )
        {
            Status = page.Parsed is ParsedSearch.TooLong or ParsedSearch.TooMany
                ? StatusCodes.Status400BadRequest
                : StatusCodes.Status200OK,
        };
    }

    /// <summary>A JSON list of what may be meant: <c>kind</c> in words, <c>text</c>, <c>lang</c>, <c>path</c>.</summary>
    internal Task<IResult> SuggestAsync(HttpContext http) =>
        SuggestAsync(
            http,
            Json,
            (json, language, found) =>
            {
                json.WriteStartArray();
                foreach (var suggestion in found)
                {
                    json.WriteStartObject();
                    json.WriteString("kind", language.Strings[$"search.suggest.{suggestion.Kind}"]);
                    json.WriteString("text", suggestion.Text);
                    json.WriteString("lang", suggestion.Language);
                    json.WriteString("path", language.Prefix + suggestion.Path);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
        );

    /// <summary>The same for the search box of a browser (OpenSearch Suggestions 1.1): what was written, texts, kinds in words, addresses.</summary>
    internal Task<IResult> CompleteAsync(HttpContext http) =>
        SuggestAsync(
            http,
            Completions,
            (json, language, found) =>
            {
                json.WriteStartArray();
                json.WriteStringValue(Excerpts.Shorten(Written(http) ?? "", SuggestionReader.MaxCharacters));
                Column(json, found.Select(s => s.Text));
                Column(json, found.Select(s => language.Strings[$"search.suggest.{s.Kind}"]));
                Column(json, found.Select(s => new Uri(current.Now.BaseAddress, language.Prefix + s.Path).AbsoluteUri));
                json.WriteEndArray();
            }
        );

    private async Task<IResult> SuggestAsync(
        HttpContext http,
        string contentType,
        Action<Utf8JsonWriter, Language, IReadOnlyList<Suggestion>> write
    )
    {
        if (await gate.SearchAsync(http, cancel => suggestions.ReadAsync(Written(http), cancel)) is not { } found)
        {
            http.Response.Headers.RetryAfter = SearchGate.RetryAfter;
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            write(json, LanguageOf(http), found);
        }
        return new BodyResult(Body.Of(bytes.ToArray(), contentType));
    }

    private static string? Written(HttpContext http) => http.Request.Query["q"].FirstOrDefault();

    private static void Column(Utf8JsonWriter json, IEnumerable<string> values)
    {
        json.WriteStartArray();
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }
        json.WriteEndArray();
    }

    /// <summary>What the search of the address finds, newest first.</summary>
    internal async Task<IResult> FeedAsync(HttpContext http, Func<OutgoingFeed, Body> write)
    {
        var asked = new SearchRequest { Words = http.Request.Query["q"].FirstOrDefault(), NewestFirst = true };
        if (await gate.SearchAsync(http, cancel => search.FindAsync(asked, cancel)) is not { } page)
        {
            return await RefuseAsync(http);
        }
        var query = FeedQuery(asked.Words is { Length: <= SearchParser.MaxCharacters } words ? words : "");
        var feed = new FeedComposer(current.Now, LanguageOf(http)).Compose(
            SearchFeed.Of(page, "/search" + query),
            http.Request.Path + query
        );
        return new BodyResult(write(feed)) { CrossOrigin = true };
    }

    private static string FeedQuery(string words) => $"?q={Uri.EscapeDataString(words)}";

    private static SearchRequest Asked(IQueryCollection query) =>
        new()
        {
            Words = query["q"].FirstOrDefault(),
            Chosen = Facets.ToDictionary(
                f => f,
                f => (IReadOnlyList<string>)[.. query[f].OfType<string>().Where(v => v.Length > 0).Take(MaxValues)]
            ),
            NewestFirst = query["order"].FirstOrDefault() == "newest",
            Page = int.TryParse(query["page"].FirstOrDefault(), out var number) ? number : 1,
        };

    private Task<IResult> RefuseAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = SearchGate.RetryAfter;
        return messages.BusyAsync(http);
    }

    private static Language LanguageOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Language>() ?? Language.Default;
}
