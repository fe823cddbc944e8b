using CyberInsights.Text;

namespace CyberInsights.Extract.Feeds;

/// <summary>A feed's markup as read: the tree and what it took to get it.</summary>
internal sealed record FeedDocument
{
    public required FeedElement Root { get; init; }

    /// <summary>Namespace of the root element as written.</summary>
    public required string Namespace { get; init; }

    /// <summary>Public or system identifier of the document type; empty without one.</summary>
    public string DocumentType { get; init; } = "";

    /// <summary>Null when the document is well-formed; else what was wrong with it, as one sentence.</summary>
    public string? Repaired { get; init; }

    /// <summary>The document breaks off before its root element is closed.</summary>
    public bool Truncated { get; init; }

    /// <summary>The item in which it breaks off: what it would still have said is unknown, so it is not read.</summary>
    public FeedElement? Broken { get; init; }

    /// <summary>
    /// Reads markup: strictly first, and leniently when it is not well-formed or needs entities of its own document type. Throws
    /// <see cref="FeedRefusedException"/> for a document that goes beyond <see cref="FeedLimits"/> or brings dangerous entities.
    /// </summary>
    public static FeedDocument Parse(string text, Uri? address)
    {
        var type = DocumentTypeReader.Read(text);
        string? problem = null;
        if (type.Entities.Count == 0 && StrictMarkup.TryRead(text, address, out var root, out var space, out problem))
        {
            return new()
            {
                Root = root,
                Namespace = space,
                DocumentType = type.Identifier,
            };
        }

        LenientMarkup lenient = new(text, type.Entities, address);
        var found = lenient.Read() ?? throw new FeedRefusedException("feed.not_a_feed", "The document has no markup.");
        return new()
        {
            Root = found,
            Namespace = lenient.RootNamespace,
            DocumentType = type.Identifier,
            Repaired = lenient.Clean ? null : problem ?? "The markup is not well-formed.",
            Truncated = lenient.Truncated,
            Broken = lenient.Broken,
        };
    }
}
