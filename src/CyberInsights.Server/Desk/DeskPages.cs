using System.Text;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Desk.Pages;
using CyberInsights.Server.Desk.Parts;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CyberInsights.Server.Desk;

/// <summary>Shows the pages of the desk and of the accounts: made for one person, kept by nobody.</summary>
internal sealed class DeskPages(
    IServiceProvider services,
    ILoggerFactory logs,
    CurrentSettings current,
    IAntiforgery antiforgery,
    TimeProvider clock
)
{
    /// <summary>A page of a room.</summary>
    /// <param name="titleKey">The key of its title.</param>
    /// <param name="parameters">Those of the component.</param>
    /// <param name="title">A title that is no text of ours, such as that of an article.</param>
    internal async Task<IResult> ShowAsync<TView>(
        HttpContext http,
        string titleKey,
        IReadOnlyDictionary<string, object?> parameters,
        int status = StatusCodes.Status200OK,
        string? title = null
    )
        where TView : IComponent
    {
        var language = LanguageOf(http);
        var now = clock.GetUtcNow();
        var path = http.Request.Path.Value ?? "/";
        var page = new PageContext
        {
            Language = language,
            Settings = current.Now,
            Path = path[Language.OfPath(path).Prefix.Length..],
            AsOf = now,
            MadeAt = now,
            Title =
                $"{title ?? language.Strings[titleKey]} · {language.Strings["desk.title"]} · {PageContext.NameIn(language, current.Now)}",
            Unlisted = true,
        };
        var context = new DeskContext(http.Features.Get<SignedIn>(), antiforgery.GetAndStoreTokens(http).RequestToken!);
        return new BodyResult(await RenderAsync<TView>(page, context, parameters))
        {
            Status = status,
            CacheControl = DeskGuard.NoStore,
        };
    }

    /// <summary>A page with a title and one sentence.</summary>
    internal Task<IResult> SayAsync(HttpContext http, string titleKey, string textKey, int status) =>
        ShowAsync<SayingView>(
            http,
            titleKey,
            new Dictionary<string, object?>
            {
                [nameof(SayingView.Title)] = LanguageOf(http).Strings[titleKey],
                [nameof(SayingView.Text)] = LanguageOf(http).Strings[textKey],
            },
            status
        );

    /// <summary>What a verb refused, in its own sentence, which is English.</summary>
    internal Task<IResult> RefusedAsync(HttpContext http, RefusalException refusal) =>
        ShowAsync<SayingView>(
            http,
            "desk.refused.title",
            new Dictionary<string, object?>
            {
                [nameof(SayingView.Title)] = LanguageOf(http).Strings["desk.refused.title"],
                [nameof(SayingView.Text)] = refusal.Message,
                [nameof(SayingView.TextLanguage)] = "en",
            },
            refusal.Kind switch
            {
                RefusalKind.BadInput => StatusCodes.Status400BadRequest,
                RefusalKind.NotFound => StatusCodes.Status404NotFound,
                RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
                _ => StatusCodes.Status503ServiceUnavailable,
            }
        );

    internal static Language LanguageOf(HttpContext http) => Language.OfPath(http.Request.Path.Value ?? "/");

    private async Task<Body> RenderAsync<TView>(
        PageContext page,
        DeskContext context,
        IReadOnlyDictionary<string, object?> parameters
    )
        where TView : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var document = ParameterView.FromDictionary(
                new Dictionary<string, object?>
                {
                    [nameof(DeskDocument.Page)] = page,
                    [nameof(DeskDocument.Context)] = context,
                    [nameof(DeskDocument.Body)] = PageRenderer.View<TView>(parameters),
                }
            );
            return (await renderer.RenderComponentAsync<DeskDocument>(document)).ToHtmlString();
        });
        return Body.Of(Encoding.UTF8.GetBytes(html), PageRenderer.ContentType);
    }
}
