using System.Xml;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Feeds;

namespace CyberInsights.Server.Site;

/// <summary>What programs of readers take over: the list of feeds (OPML 2.0) and the description of the search box (OpenSearch 1.1).</summary>
internal static class Discovery
{
    private const string OpenSearch = "http://a9.com/-/spec/opensearch/1.1/";

    // OpenSearch 1.1, "ShortName": 16 characters at most.
    private const int MaxShortName = 16;

    internal static void MapDiscovery(this IEndpointRouteBuilder routes)
    {
        routes.MapReading("/feeds.opml", FeedsAsync);
        routes.MapReading("/opensearch.xml", Search);
    }

    private static async Task<BodyResult> FeedsAsync(
        HttpContext http,
        SiteSettings settings,
        TopicReader topics,
        CancellationToken cancel
    )
    {
        var language = LanguageOf(http);
        var site = CleanText.Of(PageContext.NameIn(language, settings));
        var all = await topics.AllAsync(cancel);
        return Answer(
            "text/x-opml; charset=utf-8",
            xml =>
            {
                xml.WriteStartElement("opml");
                xml.WriteAttributeString("version", "2.0");
                xml.WriteStartElement("head");
                xml.WriteElementString("title", site);
                xml.WriteElementString("ownerId", new Uri(settings.BaseAddress, "/").AbsoluteUri);
                xml.WriteEndElement();
                xml.WriteStartElement("body");
                Outline(xml, site, "");
                foreach (var topic in all)
                {
                    Outline(xml, CleanText.Of(PageContext.TopicNameIn(language, topic)), $"/topics/{topic.Slug}");
                }
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
        );

        void Outline(XmlWriter xml, string name, string path)
        {
            xml.WriteStartElement("outline");
            xml.WriteAttributeString("type", "rss");
            xml.WriteAttributeString("text", name);
            xml.WriteAttributeString("title", name);
            xml.WriteAttributeString("xmlUrl", Absolute(settings, language, $"{path}/feed.xml"));
            xml.WriteAttributeString("htmlUrl", Absolute(settings, language, path));
            xml.WriteAttributeString("language", language.Code);
            xml.WriteEndElement();
        }
    }

    private static BodyResult Search(HttpContext http, SiteSettings settings)
    {
        var language = LanguageOf(http);
        var name = PageContext.NameIn(language, settings);
        return Answer(
            "application/opensearchdescription+xml; charset=utf-8",
            xml =>
            {
                xml.WriteStartElement("OpenSearchDescription", OpenSearch);
                xml.WriteElementString("ShortName", OpenSearch, CleanText.Of(Excerpts.Shorten(name, MaxShortName)));
                xml.WriteElementString("LongName", OpenSearch, CleanText.Of(name));
                xml.WriteElementString("Description", OpenSearch, PageContext.TaglineIn(language, settings));
                Url(xml, "text/html", "results", Absolute(settings, language, "/search") + "?q={searchTerms}");
                Url(
                    xml,
                    SearchPages.Completions,
                    "suggestions",
                    Absolute(settings, language, SearchPages.CompletionsPath) + "?q={searchTerms}"
                );
                Url(
                    xml,
                    "application/opensearchdescription+xml",
                    "self",
                    Absolute(settings, language, "/opensearch.xml")
                );
                xml.WriteStartElement("Image", OpenSearch);
                xml.WriteAttributeString("type", "image/svg+xml");
                xml.WriteString(new Uri(settings.BaseAddress, SiteFiles.Address("mark.svg")).AbsoluteUri);
                xml.WriteEndElement();
                xml.WriteElementString("Language", OpenSearch, language.Code);
                xml.WriteElementString("InputEncoding", OpenSearch, "UTF-8");
                xml.WriteElementString("OutputEncoding", OpenSearch, "UTF-8");
                xml.WriteEndElement();
            }
        );
    }

    private static void Url(XmlWriter xml, string type, string rel, string template)
    {
        xml.WriteStartElement("Url", OpenSearch);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("template", template);
        xml.WriteEndElement();
    }

    private static BodyResult Answer(string contentType, Action<XmlWriter> write) =>
        new(Body.Of(FeedEndpoints.Xml(write), contentType)) { CrossOrigin = true };

    private static string Absolute(SiteSettings settings, Language language, string path) =>
        new Uri(settings.BaseAddress, language.Prefix + path).AbsoluteUri;

    private static Language LanguageOf(HttpContext http) =>
        http.GetEndpoint()!.Metadata.GetRequiredMetadata<Language>();
}
