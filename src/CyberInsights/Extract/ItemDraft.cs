namespace CyberInsights.Extract;

/// <summary>One item of a document, made ready: cleaned, dated, fingerprinted; not yet compared with what is stored.</summary>
internal sealed record ItemDraft
{
    internal required string Identity { get; init; }

    /// <summary>Fingerprint of what the publisher sent for it; equal means that nothing needs to be looked at.</summary>
    internal required string ItemHash { get; init; }
    internal required string Address { get; init; }
    internal required string AddressHash { get; init; }
    internal required string Title { get; init; }
    internal required string Text { get; init; }
    internal string? Html { get; init; }
    internal string? Author { get; init; }
    internal string? Image { get; init; }
    internal required string Language { get; init; }
    internal required DateTimeOffset PublishedAt { get; init; }
    internal DatePrecision PublishedPrecision { get; init; }
    internal string? PublishedRaw { get; init; }
    internal required TextBasis Basis { get; init; }

    /// <summary>Whether the item's own page is worth fetching: the source has teasers only and the item has an address.</summary>
    internal bool WantsPage { get; init; }

    /// <summary>Whether its page is looked at again later for edits: the source is watched, and the page is on its own site.</summary>
    internal bool Watched { get; init; }

    /// <summary>Whether the address is on the source's own site; another's story in an aggregator's feed is not the aggregator's to change.</summary>
    internal bool OwnAddress { get; init; }

    /// <summary>The item said nothing but where it is, as most sitemaps do: title and text are on its page.</summary>
    internal bool AddressOnly { get; init; }
    internal required string TextHash { get; init; }
    internal string? SameText { get; init; }

    /// <summary>Null for a text too short to be compared.</summary>
    internal Sketch? Sketch { get; init; }
    internal string? SameItem { get; init; }
}
