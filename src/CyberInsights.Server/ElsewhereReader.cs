using CyberInsights.Server.Accounts;

namespace CyberInsights.Server;

/// <summary>Reads the settings of signing in with accounts of another house: an issuer and a client together, or neither.</summary>
internal static class ElsewhereReader
{
    private const string Authority = "OidcAuthority";
    private const string Client = "OidcClient";
    private const string Secret = "OidcSecret";
    private const string Name = "OidcName";

    internal static IReadOnlyList<string> Names { get; } = [Authority, Client, Secret, Name];

    internal static ElsewhereSettings? Read(IConfiguration section, List<string> problems)
    {
        if (section[Secret] is { Length: > 0 } && Environment.GetEnvironmentVariable($"Insights__{Secret}") is null)
        {
            problems.Add(
                $"Insights__{Secret} stands in a file, where others may read it. Take it out, and set it as an environment variable."
            );
        }
        if (section[Authority] is not { Length: > 0 } written)
        {
            return null;
        }
        if (
            !Uri.TryCreate(written, UriKind.Absolute, out var authority)
            || !(
                authority.Scheme == Uri.UriSchemeHttps
                || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)
            )
        )
        {
            problems.Add(
                $"Insights__{Authority} is '{written}', which is no https address. Write it as https://id.example.org, or take it out."
            );
            return null;
        }
        if (section[Client] is not { Length: > 0 } client)
        {
            problems.Add(
                $"Insights__{Client} is missing, so that nobody can sign in at {authority.Host}. Write the client id that it gave you, or take Insights__{Authority} out."
            );
            return null;
        }
        return new ElsewhereSettings
        {
            Authority = authority,
            Client = client,
            Secret = section[Secret] is { Length: > 0 } secret ? secret : null,
            Name = section[Name] is { Length: > 0 } name ? name : authority.Host,
        };
    }
}
