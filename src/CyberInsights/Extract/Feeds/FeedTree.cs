namespace CyberInsights.Extract.Feeds;

/// <summary>Builds the tree for both markup readers and holds them to <see cref="FeedLimits"/>.</summary>
internal sealed class FeedTree(Uri? address)
{
    private readonly Dictionary<string, string> spaces = new(StringComparer.Ordinal);
    private int depth;
    private int count;
    private string? own;

    public FeedElement? Root { get; private set; }
    public FeedElement? Open { get; private set; }
    public string RootNamespace { get; private set; } = "";

    public FeedElement Start(string space, string name, string written)
    {
        if (++depth > FeedLimits.Depth)
        {
            throw new FeedRefusedException(
                "feed.too_deep",
                $"The feed has more than {FeedLimits.Depth} elements inside each other; it was not read."
            );
        }

        Count();
        if (Root is null)
        {
            RootNamespace = space;
            own = SpaceOf(space) is "rdf" ? FeedSpaces.Core : SpaceOf(space);
        }

        // The root's namespace is the feed's own, whichever it is: <rss> in the Atom namespace is still RSS.
        var known = SpaceOf(space);
        FeedElement element = new(Open, known == own ? FeedSpaces.Core : known, name.ToLowerInvariant(), written)
        {
            Address = Open is null ? address : null,
        };
        Open?.Add(element);
        Root ??= element;
        Open = element;
        return element;
    }

    public void Text(string run)
    {
        // Most white space only indents; between the parts of a feed it means nothing.
        if (
            Open is not null
            && !(
                Open.Name
                    is "rss"
                        or "rdf"
                        or "channel"
                        or "item"
                        or "feed"
                        or "entry"
                        or "urlset"
                        or "url"
                        or "sitemapindex"
                        or "sitemap"
                && string.IsNullOrWhiteSpace(run)
            )
        )
        {
            Count();
            Open.Add(run);
        }
    }

    public void End()
    {
        depth--;
        Open = Open?.Parent;
    }

    /// <summary>A document has few namespaces and very many elements.</summary>
    public string SpaceOf(string address)
    {
        if (!spaces.TryGetValue(address, out var space))
        {
            spaces[address] = space = FeedSpaces.Of(address);
        }

        return space;
    }

    private void Count()
    {
        if (++count > FeedLimits.Nodes)
        {
            throw new FeedRefusedException(
                "feed.too_complex",
                $"The feed has more than {FeedLimits.Nodes} elements and texts; it was not read."
            );
        }
    }
}
