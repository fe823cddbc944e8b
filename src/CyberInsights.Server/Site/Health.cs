using CyberInsights.Storage;

namespace CyberInsights.Server.Site;

/// <summary>What watchers of the process ask: is it alive, can it serve.</summary>
internal static class Health
{
    private const string Alive = "/healthz";
    private const string Ready = "/readyz";

    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Alive, () => Plain("ok", StatusCodes.Status200OK));
        routes.MapGet(Ready, ReadyAsync);
    }

    internal static bool Asks(HttpContext http) => http.Request.Path == Alive || http.Request.Path == Ready;

    private static async Task<IResult> ReadyAsync(Database database, CancellationToken cancel)
    {
        try
        {
            await database.FirstAsync<long>("select count(*) from topics", null, cancel);
            return Plain("ready", StatusCodes.Status200OK);
        }
        catch (RefusalException refused) when (refused.Kind == RefusalKind.Unavailable)
        {
            return Plain(
                "The database does not answer: pages cannot be made.",
                StatusCodes.Status503ServiceUnavailable
            );
        }
    }

    private static IResult Plain(string text, int status) =>
        Results.Text($"{text}\n", "text/plain", statusCode: status);
}
