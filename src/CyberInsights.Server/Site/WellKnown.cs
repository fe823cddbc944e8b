using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CyberInsights.Server.Settings;

namespace CyberInsights.Server.Site;

/// <summary>Files for machines at addresses that standards name. What no setting asks for is not there.</summary>
internal static class WellKnown
{
    // RFC 9116, 2.5.5: less than a year ahead. It moves with the clock, as whoever runs the site keeps the setting.
    private static readonly TimeSpan Validity = TimeSpan.FromDays(180);

    internal static void MapWellKnown(this IEndpointRouteBuilder routes)
    {
        var cached = routes.MapGroup("").CacheOutput(SiteCache.Policy);
        Map("/robots.txt", Crawlers.Robots);
        Map("/sitemap.xml", SiteMap.IndexAsync);
        Map("/sitemaps/pages.xml", SiteMap.PagesAsync);
        Map(SiteMap.News, SiteMap.NewsAsync);
        Map("/sitemaps/{part}.xml", SiteMap.PartAsync);
        routes.MapReading("/oembed", OEmbed.AnswerAsync);
        Map(
            "/.well-known/security.txt",
            (SiteSettings settings, TimeProvider clock) =>
                settings.Publisher.SecurityContact is { } contact
                    ? Security(settings, contact, clock.GetUtcNow())
                    : Results.NotFound()
        );
        Map(
            "/.well-known/tdmrep.json",
            (SiteSettings settings) =>
                settings.Publisher.MiningReserved ? Mining(settings.Publisher) : Results.NotFound()
        );
        if (routes.ServiceProvider.GetRequiredService<CurrentSettings>().Now.Publisher.IndexNowKey is { } key)
        {
            Map($"/{key}.txt", () => Text(key));
        }

        void Map(string pattern, Delegate handler) => cached.MapReading(pattern, handler);
    }

    private static BodyResult Security(SiteSettings settings, Uri contact, DateTimeOffset now)
    {
        var publisher = settings.Publisher;
        var text = new StringBuilder();
        Line("Contact", contact.AbsoluteUri);
        Line(
            "Expires",
            (now + Validity).UtcDateTime.ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture)
        );
        Line("Encryption", publisher.SecurityKey?.AbsoluteUri);
        Line("Policy", publisher.SecurityPolicy?.AbsoluteUri);
        Line("Preferred-Languages", string.Join(", ", Language.All.Select(l => l.Code)));
        Line("Canonical", new Uri(settings.BaseAddress, "/.well-known/security.txt").AbsoluteUri);
        return Text(text.ToString());

        void Line(string name, string? value) => text.Append(value is null ? "" : $"{name}: {value}\n");
    }

    private static BodyResult Mining(PublisherSettings publisher)
    {
        var rule = new JsonObject { ["location"] = "/", ["tdm-reservation"] = 1 };
        if (publisher.MiningPolicy is { } policy)
        {
            rule["tdm-policy"] = policy.AbsoluteUri;
        }
        return new BodyResult(Body.Of(Encoding.UTF8.GetBytes(new JsonArray(rule).ToJsonString()), "application/json"));
    }

    private static BodyResult Text(string text) =>
        new(Body.Of(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8"));
}
