namespace CyberInsights.Deliver;

/// <summary>What somebody asks of our hub (W3C WebSub 2018, section 5.1), until the callback says that it is meant.</summary>
public sealed record HubIntent
{
    public long Id { get; init; }

    /// <summary>False: it wants to be sent no more.</summary>
    public required bool Subscribes { get; init; }

    /// <summary>Address of the feed.</summary>
    public required string Topic { get; init; }

    /// <summary>Where changes are sent.</summary>
    public required string Callback { get; init; }

    /// <summary>Of the callback.</summary>
    public required string Host { get; init; }

    /// <summary>Signs what is sent; empty: nothing is signed.</summary>
    public required string Secret { get; init; }
    public required int LeaseSeconds { get; init; }
}

/// <summary>A feed that is due to be sent to one subscriber.</summary>
public sealed record HubDelivery
{
    public required long Id { get; init; }
    public required string Topic { get; init; }
    public required string Callback { get; init; }

    /// <inheritdoc cref="HubIntent.Secret"/>
    public required string Secret { get; init; }
    public required int Attempts { get; init; }

    /// <summary>The value of the header X-Hub-Signature (section 8); null: nothing is signed.</summary>
    public string? Sign(byte[] body) => Secret.Length > 0 ? WebhookMessage.Signature(body, Secret) : null;
}
