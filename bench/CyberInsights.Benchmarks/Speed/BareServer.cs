using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>What the front page is compared with: one output-cached response of the same size and nothing else.</summary>
internal static class BareServer
{
    internal static async Task RunAsync(int port, int bytes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        builder.Services.AddOutputCache();
        await using var app = builder.Build();
        app.UseOutputCache();
        var page = new string('x', bytes);
        app.MapGet("/", () => Results.Text(page, "text/html")).CacheOutput();
        await app.RunAsync();
    }
}
