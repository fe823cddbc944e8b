using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site.LinkedData;

/// <summary>What all descriptions of pages for machines share (schema.org as JSON-LD): the publisher, the site, addresses, and how they are written.</summary>
internal sealed class SiteData(SiteSettings settings, Language language)
{
    // Every letter as it is; < > & ' " and U+2028, U+2029 are escaped, so that no title can end the element it stands in.
    private static readonly JsonSerializerOptions Written = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    internal Language Language => language;

    internal string SiteName => PageContext.NameIn(language, settings);

    /// <summary>The publisher with its policies: the page "How we work" has a section for each that is true here.</summary>
    internal JsonObject Publisher()
    {
        var publisher = settings.Publisher;
        return new JsonObject
        {
            ["@type"] = "NewsMediaOrganization",
            ["@id"] = Id("publisher"),
            ["name"] = SiteName,
            ["url"] = Address("/"),
            ["logo"] = new Uri(settings.BaseAddress, SiteFiles.Address("mark.svg")).AbsoluteUri,
            ["description"] = PageContext.AboutIn(language, settings),
            ["sameAs"] = Array(settings.FollowLinks.Select(l => (JsonNode)l.Address.AbsoluteUri)),
            ["email"] = settings.Contact,
            ["publishingPrinciples"] = Address("/about"),
            ["verificationFactCheckingPolicy"] = Address("/about#proof"),
            ["correctionsPolicy"] = Address("/about#corrections"),
            ["actionableFeedbackPolicy"] = Address("/about#feedback"),
            ["ownershipFundingInfo"] = publisher.Ownership is null ? null : Address("/about#ownership"),
            ["masthead"] = publisher.Masthead is null ? null : Address("/about#masthead"),
        };
    }

    /// <summary>The site, which can be searched.</summary>
    internal JsonObject Site() =>
        new()
        {
            ["@type"] = "WebSite",
            ["@id"] = Id("site"),
            ["name"] = SiteName,
            ["url"] = Address("/"),
            ["inLanguage"] = language.Code,
            ["publisher"] = Reference("publisher"),
            ["potentialAction"] = new JsonObject
            {
                ["@type"] = "SearchAction",
                ["target"] = new JsonObject
                {
                    ["@type"] = "EntryPoint",
                    ["urlTemplate"] = Address("/search") + "?q={search_term_string}",
                },
                ["query-input"] = "required name=search_term_string",
            },
        };

    /// <summary>The way from the front page to a page; the last is the page itself.</summary>
    internal JsonObject Breadcrumbs(params ReadOnlySpan<(string Name, string Path)> way)
    {
        var items = new JsonArray(Crumb(1, language.Strings["missing.front"], "/"));
        for (var i = 0; i < way.Length; i++)
        {
            items.Add(Crumb(i + 2, way[i].Name, way[i].Path));
        }
        return new JsonObject { ["@type"] = "BreadcrumbList", ["itemListElement"] = items };
    }

    internal JsonObject Picture(string path) =>
        new()
        {
            ["@type"] = "ImageObject",
            ["url"] = Address(path),
            ["width"] = Cards.ShareCard.Width,
            ["height"] = Cards.ShareCard.Height,
        };

    /// <summary>A picture of an article, with what Google's documentation of image licences asks for.</summary>
    internal JsonObject Picture(ShownPicture picture) =>
        new()
        {
            ["@type"] = "ImageObject",
            ["url"] = new Uri(settings.BaseAddress, picture.Address(picture.Width)).AbsoluteUri,
            ["width"] = picture.Width,
            ["height"] = picture.Height,
            ["caption"] = Given(picture.Caption),
            ["creditText"] = Given(picture.Credit),
            ["license"] = picture.LicenceAddress?.AbsoluteUri,
        };

    private static string? Given(string text) => text.Length > 0 ? text : null;

    internal JsonObject Reference(string name) => new() { ["@id"] = Id(name) };

    /// <summary>An address of the site in the language of the page.</summary>
    internal string Address(string path) =>
        new Uri(
            settings.BaseAddress,
            path == "/" && language.Prefix.Length > 0 ? language.Prefix : language.Prefix + path
        ).AbsoluteUri;

    internal static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);

    /// <summary>Null when there is nothing, so that it is left out.</summary>
    internal static JsonArray? Array(IEnumerable<JsonNode> nodes) =>
        nodes.ToArray() is { Length: > 0 } some ? new JsonArray(some) : null;

    /// <summary>The things as one document; what is null in them is left out.</summary>
    internal static string Write(params JsonNode[] things)
    {
        foreach (var thing in things)
        {
            Prune(thing);
        }
        return new JsonObject { ["@context"] = "https://schema.org", ["@graph"] = new JsonArray(things) }.ToJsonString(
            Written
        );
    }

    private JsonObject Crumb(int position, string name, string path) =>
        new()
        {
            ["@type"] = "ListItem",
            ["position"] = position,
            ["name"] = name,
            ["item"] = Address(path),
        };

    private string Id(string name) => new Uri(settings.BaseAddress, $"/#{name}").AbsoluteUri;

    private static void Prune(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Prune(item);
            }
        }
        else if (node is JsonObject thing)
        {
            foreach (var (name, value) in thing.ToList())
            {
                if (value is null)
                {
                    thing.Remove(name);
                }
                Prune(value);
            }
        }
    }
}
