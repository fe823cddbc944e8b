namespace CyberInsights.Server.Site;

/// <summary>What an operator sets about the public site; every setting has a working default.</summary>
public sealed record SiteSettings
{
    /// <summary>The name of the site; null: the product's name in the language of the page.</summary>
    public string? Name { get; init; }

    /// <summary>Where the site is reached from outside: the beginning of every address in feeds, site map and canonical links.</summary>
    public Uri BaseAddress { get; init; } = new("http://localhost:8600");

    /// <summary>Where readers can follow the site besides its feeds, in the order of showing; X, Threads and Facebook on the model page.</summary>
    public IReadOnlyList<FollowLink> FollowLinks { get; init; } = [];

    /// <summary>A mail address for readers; null: none is shown.</summary>
    public string? Contact { get; init; }
}

/// <summary>An account of the site elsewhere.</summary>
public sealed record FollowLink(string Name, Uri Address);
