using System.Text;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site.Pages;
using CyberInsights.Server.Site.Parts;
using CyberInsights.Server.Weather;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CyberInsights.Server.Site;

/// <summary>What a page is called, beyond its content.</summary>
internal sealed record PageHead(string Title)
{
    internal string? Description { get; init; }
    internal string? FeedPath { get; init; }

    /// <summary>What follows the address of each feed: <c>?q=…</c> of a search.</summary>
    internal string FeedQuery { get; init; } = "";
    internal long? LiveAfter { get; init; }
    internal bool Unlisted { get; init; }

    /// <summary>Whether the query belongs to the address of the page, as it does for searches.</summary>
    internal bool KeepQuery { get; init; }

    /// <summary>How the page looks where it is shared; null: as the site.</summary>
    internal Sharing? Sharing { get; init; }

    /// <summary>What the page is for machines, as JSON-LD; null: nothing in particular.</summary>
    internal string? Data { get; init; }

    /// <summary>The moment the page speaks from; null: that of the whole site.</summary>
    internal DateTimeOffset? AsOf { get; init; }
}

/// <summary>Makes pages of components: everything is read before, so a component only shows and never waits.</summary>
internal sealed class PageRenderer(
    IServiceProvider services,
    ILoggerFactory logs,
    CurrentSettings current,
    TopicReader topics,
    AsOfReader asOf,
    TimeProvider clock,
    WeatherKeeper? weather = null
)
{
    internal const string ContentType = "text/html; charset=utf-8";

    /// <summary>A page of the site; <paramref name="parameters"/> are those of the component.</summary>
    internal async Task<Body> RenderAsync<TView>(
        HttpContext http,
        Language language,
        PageHead head,
        IReadOnlyDictionary<string, object?> parameters
    )
        where TView : IComponent =>
        await RenderAsync<TView>(
            Context(
                http,
                language,
                head with
                {
                    AsOf = head.AsOf ?? await asOf.ReadAsync(http.RequestAborted),
                },
                await topics.AllAsync(http.RequestAborted)
            ),
            parameters
        );

    /// <summary>A page that must come even when nothing can be read: it has no sections.</summary>
    internal Task<Body> RenderMessageAsync(
        HttpContext http,
        Language language,
        PageHead head,
        IReadOnlyDictionary<string, object?> parameters
    ) => RenderAsync<MessageView>(Context(http, language, head, []), parameters);

    private PageContext Context(HttpContext http, Language language, PageHead head, IReadOnlyList<Topic> sections)
    {
        var now = clock.GetUtcNow();
        return new PageContext
        {
            Language = language,
            Settings = current.Now,
            Path = PathOf(http.Request, language) + (head.KeepQuery ? http.Request.QueryString.Value : ""),
            Sections = sections,
            Weather = weather is { Settings.Shown: true } ? weather.AtHome() : null,
            AsOf = head.AsOf ?? now,
            MadeAt = head.AsOf is { } asOf && asOf > now - TimeSpan.FromMinutes(1) ? asOf : now,
            Title = head.Title,
            Description = head.Description,
            FeedPath = head.FeedPath,
            FeedQuery = head.FeedQuery,
            LiveAfter = head.LiveAfter,
            Unlisted = head.Unlisted,
            Sharing = head.Sharing,
            Data = head.Data,
        };
    }

    private async Task<Body> RenderAsync<TView>(PageContext context, IReadOnlyDictionary<string, object?> parameters)
        where TView : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var document = ParameterView.FromDictionary(
                new Dictionary<string, object?>
                {
                    [nameof(Document.Page)] = context,
                    [nameof(Document.Body)] = View<TView>(parameters),
                }
            );
            return (await renderer.RenderComponentAsync<Document>(document)).ToHtmlString();
        });
        return Body.Of(Encoding.UTF8.GetBytes(html), ContentType);
    }

    internal static RenderFragment View<TView>(IReadOnlyDictionary<string, object?> parameters)
        where TView : IComponent =>
        builder =>
        {
            builder.OpenComponent<TView>(0);
            foreach (var (name, value) in parameters)
            {
                builder.AddComponentParameter(1, name, value);
            }
            builder.CloseComponent();
        };

    private static string PathOf(HttpRequest request, Language language)
    {
        var path = request.Path.Value ?? "/";
        path = path.StartsWith(language.Prefix, StringComparison.Ordinal) ? path[language.Prefix.Length..] : path;
        return path.Length == 0 ? "/" : path;
    }
}
