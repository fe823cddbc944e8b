using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Tests.Site;

/// <summary>A slow line to a site: its pages come in pieces, between which a browser has the time to draw; all else comes at once.</summary>
internal sealed class SlowWire : IAsyncDisposable
{
    private const int Piece = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient http;
    private readonly WebApplication app;

    private SlowWire(Uri site, WebApplication app)
    {
        http = new HttpClient { BaseAddress = site };
        this.app = app;
        app.Run(PassAsync);
    }

    internal Uri Address => new(app.Urls.First());

    internal static async Task<SlowWire> StartAsync(Uri site)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var wire = new SlowWire(site, builder.Build());
        await wire.app.StartAsync(TestContext.Current.CancellationToken);
        return wire;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var answer = await http.GetAsync(
            context.Request.Path + context.Request.QueryString.Value,
            context.RequestAborted
        );
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        if (answer.Content.Headers.ContentType?.MediaType != "text/html")
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
            return;
        }
        foreach (var piece in body.Chunk(Piece))
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Pause, context.RequestAborted);
        }
    }
}
