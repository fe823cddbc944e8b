using System.Diagnostics;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site.Pages;
using Microsoft.AspNetCore.Diagnostics;

namespace CyberInsights.Server.Site;

/// <summary>The pages that stand where no page can: not found, not allowed, failed. Each says what to do next.</summary>
internal sealed partial class SiteMessages(
    PageRenderer renderer,
    CurrentSettings current,
    TimeProvider clock,
    ILogger<SiteMessages> log
)
{
    private const string NoStore = "no-store";

    private readonly CurrentSettings current = current;

    private readonly ILogger log = log;

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>404 with a sentence for what was looked for.</summary>
    internal Task<IResult> MissingAsync(HttpContext http, string textKey)
    {
        var strings = LanguageOf(http).Strings;
        return PageAsync(http, StatusCodes.Status404NotFound, strings["missing.title"], strings[textKey]);
    }

    /// <summary>429: the client searches too much at once, or for too much.</summary>
    internal Task<IResult> BusyAsync(HttpContext http)
    {
        var strings = LanguageOf(http).Strings;
        return MessageAsync(
            http,
            StatusCodes.Status429TooManyRequests,
            strings["search.busy.title"],
            strings["search.busy"]
        );
    }

    /// <summary>410 with a sentence: it was here and will not come back (RFC 9110, 15.5.11).</summary>
    /// <param name="why">What stands at the place that the text has for it.</param>
    internal Task<IResult> GoneAsync(HttpContext http, string textKey, string why = "")
    {
        var strings = LanguageOf(http).Strings;
        return PageAsync(http, StatusCodes.Status410Gone, strings["gone.title"], strings.Format(textKey, why));
    }

    internal static Task<IResult> MissingAsync(SiteMessages messages, HttpContext http) =>
        messages.MissingAsync(http, "missing.page");

    /// <summary>Puts a page into an empty answer for a reader who can show one; programs get the status alone.</summary>
    internal static async Task ExplainAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.Accept.Any(a => a?.Contains("text/html", StringComparison.Ordinal) == true))
        {
            return;
        }
        var messages = http.RequestServices.GetRequiredService<SiteMessages>();
        var status = http.Response.StatusCode;
        var key = status switch
        {
            StatusCodes.Status404NotFound => "missing",
            StatusCodes.Status405MethodNotAllowed => "method",
            _ => messages.current.Now.Answers(http.Request.Host) ? "request" : "host",
        };
        var strings = LanguageOf(http).Strings;
        var result = await messages.MessageAsync(
            http,
            status,
            strings[$"{key}.title"],
            strings.Format(key == "missing" ? "missing.page" : $"{key}.text", messages.current.Now.BaseAddress)
        );
        await result.ExecuteAsync(http);
    }

    /// <summary>The page for a failure: when, and the number under which the log tells more; never what went wrong inside.</summary>
    internal static async Task FailedAsync(HttpContext http)
    {
        var unavailable =
            http.Features.Get<IExceptionHandlerFeature>()?.Error is RefusalException { Kind: RefusalKind.Unavailable };
        var status = unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        http.Response.StatusCode = status;
        await SiteHeaders.AddAsync(http, _ => Task.CompletedTask);
        var messages = http.RequestServices.GetRequiredService<SiteMessages>();
        var language = LanguageOf(http);
        var text = language.Strings.Format(
            unavailable ? "error.unavailable" : "error.text",
            language.Clock(messages.Now)
        );
        var trace = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        LogFailed(messages.log, http.Request.Method, http.Request.Path.Value ?? "/", status, trace);
        var result = await messages.MessageAsync(http, status, language.Strings["error.title"], text, trace);
        await result.ExecuteAsync(http);
    }

    // The site is well, only this address leads nowhere: the page has the sections, and speaks from the moment that all others do.
    private async Task<IResult> PageAsync(HttpContext http, int status, string title, string text) =>
        Result(
            await renderer.RenderAsync<MessageView>(http, LanguageOf(http), Head(title), Parameters(title, text, null)),
            status
        );

    private async Task<IResult> MessageAsync(
        HttpContext http,
        int status,
        string title,
        string text,
        string? trace = null
    ) =>
        Result(
            await renderer.RenderMessageAsync(http, LanguageOf(http), Head(title), Parameters(title, text, trace)),
            status
        );

    private static PageHead Head(string title) => new(title) { Unlisted = true };

    private static Dictionary<string, object?> Parameters(string title, string text, string? trace) =>
        new()
        {
            [nameof(MessageView.Title)] = title,
            [nameof(MessageView.Text)] = text,
            [nameof(MessageView.Trace)] = trace,
        };

    private static BodyResult Result(Body body, int status) => new(body) { Status = status, CacheControl = NoStore };

    // The failure itself is logged by the web server just before; this line ties it to the number the reader has.
    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Method} {Path} was answered with {Status}; the reader has number {Trace}"
    )]
    private static partial void LogFailed(ILogger log, string method, string path, int status, string trace);

    private static Language LanguageOf(HttpContext http) => Language.OfPath(http.Request.Path.Value ?? "/");
}
