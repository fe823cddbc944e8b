namespace CyberInsights.Server.Accounts;

/// <summary>Another house whose accounts sign in here, by OpenID Connect.</summary>
public sealed record ElsewhereSettings
{
    /// <summary>The issuer, as its tokens name it: <c>/.well-known/openid-configuration</c> below it tells the rest.</summary>
    public required Uri Authority { get; init; }
    public required string Client { get; init; }

    /// <summary>Null: a public client; what protects the code is PKCE alone.</summary>
    public string? Secret { get; init; }

    /// <summary>What the house is called on the page to sign in.</summary>
    public required string Name { get; init; }
}
