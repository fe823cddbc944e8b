using System.Diagnostics.CodeAnalysis;
using System.Xml;

namespace CyberInsights.Extract.Feeds;

/// <summary>Reads well-formed XML with the platform's reader: no document type, nothing fetched, nothing expanded.</summary>
internal static class StrictMarkup
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = false,
        MaxCharactersFromEntities = 1024,
        CloseInput = false,
    };

    /// <summary>False with the reader's complaint when the document is not well-formed.</summary>
    public static bool TryRead(
        string text,
        Uri? address,
        [NotNullWhen(true)] out FeedElement? root,
        out string space,
        out string? problem
    )
    {
        FeedTree tree = new(address);
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            while (reader.Read())
            {
                Take(reader, tree);
            }

            (root, space, problem) = (tree.Root, tree.RootNamespace, null);
            return root is not null;
        }
        catch (XmlException e)
        {
            (root, space, problem) = (null, "", $"The markup is not well-formed: {e.Message}");
            return false;
        }
    }

    private static void Take(XmlReader reader, FeedTree tree)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                var empty = reader.IsEmptyElement;
                var element = tree.Start(reader.NamespaceURI, reader.LocalName, reader.Name);
                TakeAttributes(reader, element, tree);
                if (empty)
                {
                    tree.End();
                }

                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                tree.Text(reader.Value);
                break;
            case XmlNodeType.EndElement:
                tree.End();
                break;
            default:
                break;
        }
    }

    private static void TakeAttributes(XmlReader reader, FeedElement element, FeedTree tree)
    {
        var count = Math.Min(reader.AttributeCount, FeedLimits.Attributes);
        if (count == 0)
        {
            return;
        }

        var attributes = new FeedAttribute[count];
        for (var i = 0; i < count; i++)
        {
            reader.MoveToAttribute(i);
            var space = reader.Prefix.Length == 0 ? "" : tree.SpaceOf(reader.NamespaceURI);
            attributes[i] = new(space, reader.LocalName, reader.Name, reader.Value);
        }

        element.Set(attributes);
        reader.MoveToElement();
    }
}
