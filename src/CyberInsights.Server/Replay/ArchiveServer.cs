using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CyberInsights.Server.Replay;

/// <summary>The far end of the internet, played on loopback: every host of the archive answers as it did at the archive's moment.</summary>
internal sealed class ArchiveServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ArchiveServer(WebApplication app, IPEndPoint endPoint)
    {
        this.app = app;
        EndPoint = endPoint;
    }

    internal IPEndPoint EndPoint { get; }

    internal static async Task<ArchiveServer> StartAsync(Archive archive, TimeProvider clock, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var sources = archive.Sources.ToDictionary(s => AddressOf(new Uri(s.Address)), s => s, StringComparer.Ordinal);
        app.Run(context => AnswerAsync(context, archive, sources, clock));
        await app.StartAsync(cancel);
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        return new ArchiveServer(app, new IPEndPoint(IPAddress.Loopback, new Uri(address).Port));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task AnswerAsync(
        HttpContext context,
        Archive archive,
        Dictionary<string, Source> sources,
        TimeProvider clock
    )
    {
        var path = context.Request.Path.Value ?? "/";
        if (sources.TryGetValue($"{context.Request.Host.Host}{path}", out var source))
        {
            var document = archive.At(source.Key, clock.GetUtcNow());
            await SendAsync(context, document is null ? null : archive.PathOf(document));
            return;
        }
        await SendAsync(context, PageOf(archive, context.Request.Host.Host, path));
    }

    private static string? PageOf(Archive archive, string host, string path)
    {
        var pages = Path.GetFullPath(Path.Combine(archive.Folder, "pages")) + Path.DirectorySeparatorChar;
        var file = Path.GetFullPath(Path.Combine(pages, host, path.Trim('/') + ".html"));
        return file.StartsWith(pages, StringComparison.Ordinal) && File.Exists(file) ? file : null;
    }

    private static async Task SendAsync(HttpContext context, string? file)
    {
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = Path.GetExtension(file) switch
        {
            ".json" => "application/feed+json; charset=utf-8",
            ".html" => "text/html; charset=utf-8",
            _ => "application/xml",
        };
        await context.Response.SendFileAsync(file, context.RequestAborted);
    }

    private static string AddressOf(Uri address) => $"{address.Host}{address.AbsolutePath}";
}
