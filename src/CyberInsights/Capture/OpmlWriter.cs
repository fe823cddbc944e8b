using System.Globalization;
using System.Text;
using System.Xml;

namespace CyberInsights.Capture;

/// <summary>
/// Writes the sources as an OPML 2.0 subscription list: a folder for each label, so that a source with two labels stands in two
/// folders, and what OPML has no word for in attributes of a namespace of our own.
/// </summary>
public static class OpmlWriter
{
    internal const string Prefix = "ci";

    private const string Namespace = "urn:cyber-insights:source";

    /// <summary>The list; of <paramref name="sources"/> those that are feeds and neither retired nor deleted.</summary>
    public static byte[] Write(IReadOnlyList<Source> sources, DateTimeOffset at)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Indent = true,
            Encoding = new UTF8Encoding(false),
            // Rules have several lines, and a plain line end in an attribute is read back as a space (XML 1.0, section 3.3.3).
            NewLineHandling = NewLineHandling.Entitize,
        };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            xml.WriteStartElement("opml");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteAttributeString("xmlns", Prefix, null, Namespace);
            xml.WriteStartElement("head");
            xml.WriteElementString("title", "Sources of Cybersecurity Insights");
            xml.WriteElementString("dateCreated", at.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteStartElement("body");
            var listed = sources.Where(IsListed).ToList();
            foreach (var folder in listed.SelectMany(s => s.Labels ?? []).Distinct().Order(StringComparer.Ordinal))
            {
                xml.WriteStartElement("outline");
                Attribute(xml, "text", folder);
                listed.Where(s => s.Labels!.Contains(folder)).ToList().ForEach(s => Outline(xml, s));
                xml.WriteEndElement();
            }
            listed.Where(s => s.Labels is null or []).ToList().ForEach(s => Outline(xml, s));
        }
        return bytes.ToArray();
    }

    /// <summary>Whether another reader could do something with it.</summary>
    public static bool IsListed(Source source) =>
        source.Kind == SourceKind.Feed && source.State is SourceState.Active or SourceState.Paused;

    private static void Outline(XmlWriter xml, Source source)
    {
        xml.WriteStartElement("outline");
        xml.WriteAttributeString("type", "rss");
        Attribute(xml, "text", source.Name);
        Attribute(xml, "title", source.Name);
        Attribute(xml, "xmlUrl", source.Address);
        Attribute(xml, "htmlUrl", source.Home);
        Attribute(xml, "language", source.Language);
        Ours(xml, "key", source.Key);
        Ours(xml, "country", source.Country);
        Ours(xml, "ownership", source.Ownership);
        Ours(xml, "owner", source.Owner);
        Ours(xml, "interest", source.Interest);
        Ours(xml, "reliability", source.Reliability.ToString(CultureInfo.InvariantCulture));
        Ours(xml, "fullText", source.FullText ? "on" : null);
        Ours(xml, "watchEdits", source.WatchEdits ? null : "off");
        Ours(xml, "relevance", source.Relevance == Relevance.Field ? "field" : null);
        Ours(xml, "include", source.IncludeRules);
        Ours(xml, "exclude", source.ExcludeRules);
        Ours(xml, "state", source.State == SourceState.Paused ? "paused" : null);
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteAttributeString(name, Clean(value));
        }
    }

    private static void Ours(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteAttributeString(Prefix, name, Namespace, Clean(value));
        }
    }

    // XML 1.0, section 2.2: control characters and lone surrogates cannot be written at all.
    private static string Clean(string value)
    {
        var clean = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value))
            {
                clean.Append(rune.ToString());
            }
        }
        return clean.ToString();
    }
}
