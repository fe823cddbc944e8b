using System.Globalization;
using System.Net;
using System.Xml;

namespace CyberInsights.Server.Feeds;

/// <summary>RSS 2.0.11 (rssboard.org) with the link to itself that the RSS Advisory Board's profile asks for.</summary>
internal static class RssWriter
{
    internal const string ContentType = "application/rss+xml; charset=utf-8";

    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Content = "http://purl.org/rss/1.0/modules/content/";
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";

    internal static void Write(XmlWriter xml, OutgoingFeed feed)
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteAttributeString("xmlns", "atom", null, Atom);
        xml.WriteAttributeString("xmlns", "dc", null, DublinCore);
        xml.WriteAttributeString("xmlns", "content", null, Content);
        xml.WriteStartElement("channel");
        xml.WriteElementString("title", feed.Title);
        xml.WriteElementString("link", feed.Home.AbsoluteUri);
        xml.WriteElementString("description", feed.Description);
        xml.WriteElementString("language", feed.Language);
        xml.WriteElementString("lastBuildDate", Date(feed.UpdatedAt));
        foreach (var (rel, address) in feed.Pages.Prepend(("self", feed.Self)))
        {
            xml.WriteStartElement("atom", "link", Atom);
            xml.WriteAttributeString("href", address.AbsoluteUri);
            xml.WriteAttributeString("rel", rel);
            xml.WriteAttributeString("type", "application/rss+xml");
            xml.WriteEndElement();
        }
        if (feed.Hub is { } hub)
        {
            AtomWriter.WriteHub(xml, hub);
        }
        foreach (var entry in feed.Entries)
        {
            WriteItem(xml, feed, entry);
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteItem(XmlWriter xml, OutgoingFeed feed, OutgoingEntry entry)
    {
        xml.WriteStartElement("item");
        xml.WriteElementString("title", entry.Title);
        xml.WriteElementString("link", entry.Address.AbsoluteUri);
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "false");
        xml.WriteString(entry.Id);
        xml.WriteEndElement();
        xml.WriteElementString("pubDate", Date(entry.At));
        xml.WriteElementString("dc", "creator", DublinCore, entry.Author ?? feed.Author);
        if (entry.Text.Length > 0)
        {
            // A description is markup to its readers, so plain text is escaped once for them and once for XML.
            xml.WriteElementString(
                "description",
                WebUtility.HtmlEncode(entry.Text).Replace("\n", "<br>", StringComparison.Ordinal)
            );
        }
        if (entry.Html is { } html)
        {
            xml.WriteElementString("content", "encoded", Content, html);
        }
        xml.WriteEndElement();
    }

    // RFC 822 with four digits for the year.
    private static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
