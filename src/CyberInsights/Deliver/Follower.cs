namespace CyberInsights.Deliver;

/// <summary>An account elsewhere that follows the site (ActivityPub).</summary>
public sealed record Follower
{
    /// <summary>Its id, an address.</summary>
    public required string Actor { get; init; }
    public required string Host { get; init; }
    public required string Inbox { get; init; }

    /// <summary>Of its server; the same as <see cref="Inbox"/> where that has none.</summary>
    public required string SharedInbox { get; init; }
}

/// <summary>An article or event of which followers were told.</summary>
public sealed record Post
{
    /// <summary><c>articles/7</c>, <c>events/12</c>.</summary>
    public required string Key { get; init; }

    /// <summary>What was told of it last; another means that it is told anew.</summary>
    public required string Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Followers were told that it is there no more.</summary>
    public bool Gone { get; init; }

    public bool IsArticle => Key.StartsWith("articles/", StringComparison.Ordinal);
    public long Id => long.Parse(Key[(Key.IndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A message on its way to one inbox.</summary>
public sealed record ActivityDelivery
{
    public required long Id { get; init; }
    public required string Inbox { get; init; }

    /// <summary>JSON.</summary>
    public required string Body { get; init; }
    public required int Attempts { get; init; }
}
