using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Tests.Accounts;

/// <summary>Who signs in at the other house.</summary>
internal sealed record Person(string Subject, string Email, bool Verified);

/// <summary>What is wrong with its tokens.</summary>
public enum Forgery
{
    Nothing,
    OtherKey,
    NoSignature,
    OtherNonce,
    OtherAudience,
    OtherIssuer,
    Expired,
}

/// <summary>A small OpenID provider on loopback: says who the one person is, to a client that knows its secret and shows the verifier of the code.</summary>
internal sealed class OtherHouse : IAsyncDisposable
{
    internal const string Client = "desk";
    internal const string Secret = "known to both";

    private readonly RSA key = RSA.Create(2048);
    private readonly Dictionary<string, (string Nonce, string Challenge)> codes = [];
    private WebApplication app = null!;

    internal Uri Address { get; private set; } = null!;
    internal Person Person { get; set; } = new("nobody", "", false);
    internal Forgery Forgery { get; set; }

    internal static async Task<OtherHouse> StartAsync()
    {
        var house = new OtherHouse();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        house.app = builder.Build();
        house.app.MapGet("/.well-known/openid-configuration", house.Describe);
        house.app.MapGet("/keys", house.Keys);
        house.app.MapGet("/authorize", house.Authorize);
        // Not as a RequestDelegate, whose result nobody would send.
        house.app.MapPost("/token", (Delegate)house.TokenAsync);
        await house.app.StartAsync(TestContext.Current.CancellationToken);
        house.Address = new Uri(house.app.Urls.First());
        return house;
    }

    private IResult Describe() =>
        Results.Json(
            new Dictionary<string, object>
            {
                ["issuer"] = Issuer,
                ["authorization_endpoint"] = new Uri(Address, "/authorize"),
                ["token_endpoint"] = new Uri(Address, "/token"),
                ["jwks_uri"] = new Uri(Address, "/keys"),
            }
        );

    private IResult Keys()
    {
        var open = key.ExportParameters(false);
        return Results.Json(
            new Dictionary<string, object>
            {
                ["keys"] = new[]
                {
                    new Dictionary<string, string>
                    {
                        ["kty"] = "RSA",
                        ["use"] = "sig",
                        ["kid"] = "one",
                        ["alg"] = "RS256",
                        ["n"] = WebEncoders.Base64UrlEncode(open.Modulus!),
                        ["e"] = WebEncoders.Base64UrlEncode(open.Exponent!),
                    },
                },
            }
        );
    }

    private IResult Authorize(HttpContext http)
    {
        var query = http.Request.Query;
        var code = Guid.NewGuid().ToString("N");
        codes[code] = (query["nonce"].ToString(), query["code_challenge"].ToString());
        return Results.Redirect(
            QueryHelpers.AddQueryString(
                query["redirect_uri"].ToString(),
                new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] }
            )
        );
    }

    private async Task<IResult> TokenAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var verifier = SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()));
        return
            codes.Remove(form["code"].ToString(), out var asked)
            && form["client_id"] == Client
            && form["client_secret"] == Secret
            && WebEncoders.Base64UrlEncode(verifier) == asked.Challenge
            ? Results.Json(
                new Dictionary<string, object>
                {
                    ["access_token"] = "unused",
                    ["token_type"] = "Bearer",
                    ["expires_in"] = 60,
                    ["id_token"] = Token(asked.Nonce),
                }
            )
            : Results.Json(new Dictionary<string, string> { ["error"] = "invalid_grant" }, statusCode: 400);
    }

    private string Issuer => Address.AbsoluteUri.TrimEnd('/');

    private string Token(string nonce)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - (Forgery == Forgery.Expired ? 3600 : 0);
        var head = Part(
            new Dictionary<string, object>
            {
                ["alg"] = Forgery == Forgery.NoSignature ? "none" : "RS256",
                ["kid"] = "one",
                ["typ"] = "JWT",
            }
        );
        var body = Part(
            new Dictionary<string, object>
            {
                ["iss"] = Forgery == Forgery.OtherIssuer ? "https://other.example" : Issuer,
                ["aud"] = Forgery == Forgery.OtherAudience ? "somebody else" : Client,
                ["sub"] = Person.Subject,
                ["email"] = Person.Email,
                ["email_verified"] = Person.Verified,
                ["name"] = "Bo Example",
                ["nonce"] = Forgery == Forgery.OtherNonce ? "another" : nonce,
                ["iat"] = now,
                ["exp"] = now + 300,
            }
        );
        if (Forgery == Forgery.NoSignature)
        {
            return $"{head}.{body}.";
        }
        using var other = RSA.Create(2048);
        var signature = (Forgery == Forgery.OtherKey ? other : key).SignData(
            Encoding.ASCII.GetBytes($"{head}.{body}"),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        return $"{head}.{body}.{WebEncoders.Base64UrlEncode(signature)}";
    }

    private static string Part(Dictionary<string, object> values) =>
        WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(values));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }
}
