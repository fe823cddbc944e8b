using System.Globalization;
using System.Xml;

namespace CyberInsights.Server.Feeds;

/// <summary>Atom 1.0 (RFC 4287), paged and archived (RFC 5005).</summary>
internal static class AtomWriter
{
    internal const string ContentType = "application/atom+xml; charset=utf-8";

    private const string History = "http://purl.org/syndication/history/1.0";
    private const string Atom = "http://www.w3.org/2005/Atom";

    internal static void Write(XmlWriter xml, OutgoingFeed feed)
    {
        xml.WriteStartElement("feed", Atom);
        xml.WriteAttributeString("xml", "lang", null, feed.Language);
        xml.WriteElementString("id", Atom, feed.Id);
        xml.WriteElementString("title", Atom, feed.Title);
        xml.WriteElementString("subtitle", Atom, feed.Description);
        xml.WriteElementString("updated", Atom, Date(feed.UpdatedAt));
        WriteAuthor(xml, feed.Author);
        WriteLink(xml, "self", "application/atom+xml", feed.Self);
        WriteLink(xml, "alternate", "text/html", feed.Home);
        foreach (var (rel, page) in feed.Pages.Concat(Archives(feed)))
        {
            WriteLink(xml, rel, "application/atom+xml", page);
        }
        if (feed.Hub is { } hub)
        {
            WriteHub(xml, hub);
        }
        if (feed.Current is not null)
        {
            xml.WriteElementString("fh", "archive", History, null);
        }
        foreach (var entry in feed.Entries)
        {
            xml.WriteStartElement("entry", Atom);
            xml.WriteAttributeString("xml", "lang", null, entry.Language);
            xml.WriteElementString("id", Atom, entry.Id);
            xml.WriteElementString("title", Atom, entry.Title);
            xml.WriteElementString("published", Atom, Date(entry.At));
            xml.WriteElementString("updated", Atom, Date(entry.UpdatedAt));
            WriteLink(xml, "alternate", "text/html", entry.Address);
            if (entry.Author is { } author)
            {
                WriteAuthor(xml, author);
            }
            if (entry.Text.Length > 0)
            {
                xml.WriteElementString("summary", Atom, entry.Text);
            }
            if (entry.Html is { } html)
            {
                xml.WriteStartElement("content", Atom);
                xml.WriteAttributeString("type", "html");
                xml.WriteString(html);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    /// <summary>A link to the hub (W3C WebSub 2018, section 4), which feeds of RSS have in Atom's namespace too.</summary>
    internal static void WriteHub(XmlWriter xml, Uri hub)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", "hub");
        xml.WriteAttributeString("href", hub.AbsoluteUri);
        xml.WriteEndElement();
    }

    private static IEnumerable<(string Rel, Uri Page)> Archives(OutgoingFeed feed) =>
        new[] { ("current", feed.Current), ("prev-archive", feed.Earlier), ("next-archive", feed.Later) }
            .Where(a => a.Item2 is not null)
            .Select(a => (a.Item1, a.Item2!));

    private static void WriteAuthor(XmlWriter xml, string name)
    {
        xml.WriteStartElement("author", Atom);
        xml.WriteElementString("name", Atom, name);
        xml.WriteEndElement();
    }

    private static void WriteLink(XmlWriter xml, string rel, string type, Uri address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address.AbsoluteUri);
        xml.WriteEndElement();
    }

    private static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
