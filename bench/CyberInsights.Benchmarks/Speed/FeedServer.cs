using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>
/// A process of its own that plays many publishers on loopback: host <c>feed17.example</c> gives a feed of items of about 300 words,
/// no two alike, and answers conditional requests. Prints its port first.
/// </summary>
internal static class FeedServer
{
    private const int Words = 300;
    private const string Tag = "\"1\"";

    internal static async Task RunAsync(int feeds, int items)
    {
        var documents = Enumerable
            .Range(0, feeds)
            .AsParallel()
            .AsOrdered()
            .Select(number => Document(number, items))
            .ToArray();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(async http =>
        {
            var host = http.Request.Host.Host;
            if (
                !int.TryParse(
                    host.AsSpan(4, host.IndexOf('.', StringComparison.Ordinal) - 4),
                    CultureInfo.InvariantCulture,
                    out var number
                )
                || number >= feeds
            )
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            http.Response.Headers.ETag = Tag;
            if (http.Request.Headers.IfNoneMatch == Tag)
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
            http.Response.ContentType = "application/rss+xml";
            http.Response.ContentLength = documents[number].Length;
            await http.Response.Body.WriteAsync(documents[number]);
        });
        await app.StartAsync();
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        await Console.Out.WriteLineAsync(new Uri(address).Port.ToString(CultureInfo.InvariantCulture));
        await app.WaitForShutdownAsync();
    }

    internal static byte[] Document(int number, int items)
    {
        var random = new Random(number);
        var now = DateTimeOffset.UtcNow;
        var xml = new StringBuilder("<rss version=\"2.0\"><channel><title>Feed ").Append(number).Append("</title>");
        for (var i = 0; i < items; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<item><guid isPermaLink=\"false\">{number}-{i}</guid>")
                .Append("<title>")
                .Append(Text(random, 9))
                .Append(CultureInfo.InvariantCulture, $"</title><link>http://feed{number}.example/{i}</link>")
                .Append(CultureInfo.InvariantCulture, $"<pubDate>{now.AddMinutes(-30 * i):R}</pubDate><description>")
                .Append("&lt;p&gt;")
                .Append(Text(random, Words / 3))
                .Append(".&lt;/p&gt;&lt;p&gt;")
                .Append(Text(random, Words / 3))
                .Append(" &lt;a href=\"/more\"&gt;more&lt;/a&gt;.&lt;/p&gt;&lt;p&gt;")
                .Append(Text(random, Words / 3))
                .Append(".&lt;/p&gt;</description></item>");
        }
        return Encoding.UTF8.GetBytes(xml.Append("</channel></rss>").ToString());
    }

    // Words of a made-up language whose frequencies fall like those of a real one (Zipf), with English small words among them.
    private static string Text(Random random, int words)
    {
        string[] small = ["the", "of", "and", "to", "in", "that", "for", "with", "was", "by"];
        var text = new StringBuilder();
        for (var w = 0; w < words; w++)
        {
            text.Append(w == 0 ? "" : " ");
            if (random.Next(4) == 0)
            {
                text.Append(small[random.Next(small.Length)]);
                continue;
            }
            var rank = (int)Math.Exp(random.NextDouble() * Math.Log(30_000));
            for (var rest = (rank * 7919L) + 97; rest > 0; rest /= 21)
            {
                text.Append("bcdfghjklmnprstvwxzaei"[(int)(rest % 21)]).Append("aeiou"[(int)(rest % 5)]);
            }
        }
        return text.ToString();
    }
}
