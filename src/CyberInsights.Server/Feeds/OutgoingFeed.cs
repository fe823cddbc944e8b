namespace CyberInsights.Server.Feeds;

/// <summary>A feed ready to be written in any of the three formats; every text is clean (see <see cref="CleanText"/>).</summary>
internal sealed record OutgoingFeed
{
    /// <summary>A tag URI (RFC 4151).</summary>
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Description { get; init; }

    /// <summary>BCP 47, of the site's own words.</summary>
    public required string Language { get; init; }

    /// <summary>The page it belongs to.</summary>
    public required Uri Home { get; init; }

    /// <summary>Its own address.</summary>
    public required Uri Self { get; init; }

    /// <summary>The same feed one page further into the past (RFC 5005, section 3); null on the last.</summary>
    public Uri? Next { get; init; }

    /// <summary>One page nearer to now; null on the first.</summary>
    public Uri? Previous { get; init; }

    /// <summary>Where one subscribes to it (W3C WebSub); null: nowhere.</summary>
    public Uri? Hub { get; init; }

    /// <summary>The feed of which this is an archive document (RFC 5005, section 4); null: it is none.</summary>
    public Uri? Current { get; init; }

    /// <summary>The archive document of what came before; null: there is none.</summary>
    public Uri? Earlier { get; init; }

    /// <summary>The archive document of what came after; null: there is none yet.</summary>
    public Uri? Later { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string Author { get; init; }
    public IReadOnlyList<OutgoingEntry> Entries { get; init; } = [];

    /// <summary>The other pages with their link relations.</summary>
    internal IEnumerable<(string Rel, Uri Page)> Pages
    {
        get
        {
            if (Previous is not null)
            {
                yield return ("previous", Previous);
            }
            if (Next is not null)
            {
                yield return ("next", Next);
            }
        }
    }
}

internal sealed record OutgoingEntry
{
    /// <summary>A tag URI (RFC 4151).</summary>
    public required string Id { get; init; }
    public required string Title { get; init; }

    /// <summary>Plain text.</summary>
    public required string Text { get; init; }

    /// <summary>The whole text of an article of ours, its links absolute; null for what is others'.</summary>
    public string? Html { get; init; }
    public required string Language { get; init; }
    public required Uri Address { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public string? Author { get; init; }
}
