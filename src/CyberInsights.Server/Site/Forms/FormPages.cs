using CyberInsights.Server.Settings;
using Microsoft.AspNetCore.Components;

namespace CyberInsights.Server.Site.Forms;

/// <summary>Shows the pages of forms: made for one reader, kept by nobody.</summary>
internal sealed class FormPages(PageRenderer renderer, CurrentSettings current)
{
    private const string NoStore = "no-store";

    internal static Language LanguageOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Language>() ?? Language.Default;

    internal async Task<IResult> ShowAsync<TView>(
        HttpContext http,
        string titleKey,
        IReadOnlyDictionary<string, object?> parameters,
        int status = StatusCodes.Status200OK,
        bool unlisted = true
    )
        where TView : IComponent
    {
        var language = LanguageOf(http);
        var title = $"{language.Strings[titleKey]} · {PageContext.NameIn(language, current.Now)}";
        var head = new PageHead(title) { Unlisted = unlisted };
        return new BodyResult(await renderer.RenderAsync<TView>(http, language, head, parameters))
        {
            Status = status,
            CacheControl = NoStore,
        };
    }

    /// <summary>A page with a title, sentences and, where <paramref name="button"/> is given, one button that posts to its own address.</summary>
    internal Task<IResult> SayAsync(
        HttpContext http,
        string titleKey,
        IReadOnlyList<string> sentences,
        string? button = null,
        int status = StatusCodes.Status200OK
    ) =>
        ShowAsync<Pages.NoticeView>(
            http,
            titleKey,
            new Dictionary<string, object?>
            {
                [nameof(Pages.NoticeView.Title)] = LanguageOf(http).Strings[titleKey],
                [nameof(Pages.NoticeView.Sentences)] = sentences,
                [nameof(Pages.NoticeView.Button)] = button,
            },
            status
        );

    /// <summary>Leads to another page by GET, so that going back or reloading sends nothing again (RFC 9110, section 15.4.4).</summary>
    internal static IResult SeeOther(HttpContext http, string path)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.CacheControl = NoStore;
        http.Response.Headers.Location = LanguageOf(http).Prefix + path;
        return Results.Empty;
    }

    /// <summary>An answer without a body; a reader's browser gets the page that explains the status.</summary>
    internal static IResult Refuse(int status) => Results.StatusCode(status);
}
