namespace CyberInsights;

/// <summary>How a subscriber is reached; the numbers are stored.</summary>
public enum Channel
{
    /// <summary>A signed POST to an address of the subscriber.</summary>
    Webhook = 1,
    Mail = 2,
}

public enum SubscriberState
{
    /// <summary>Signed up, not yet confirmed.</summary>
    Pending = 1,
    Active = 2,
    Stopped = 3,
}

/// <summary>Who receives (WebSub subscriber).</summary>
public sealed record Subscriber
{
    public long Id { get; init; }
    public required Channel Channel { get; init; }
    public required string Address { get; init; }
    public required string Language { get; init; }

    /// <summary>Signs what is sent to a webhook (HMAC-SHA-256) and opens the links in a mail.</summary>
    public required string Secret { get; init; }
    public required SubscriberState State { get; init; }
}
