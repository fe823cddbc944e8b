using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CyberInsights.Deliver;

namespace CyberInsights.Server.Federation;

/// <summary>The signature of a message between servers (draft-cavage-http-signatures-12, as Mastodon uses it: RSA with SHA-256, and a digest of the body).</summary>
internal sealed partial record HttpSignature
{
    private const int MaxCharacters = 4096;
    private const int MaxHeaders = 16;

    private static readonly string[] Needed = ["(request-target)", "host", "date", "digest"];

    /// <summary>Address of the key.</summary>
    public required Uri KeyId { get; init; }

    /// <summary>Base64.</summary>
    public required string Value { get; init; }

    private string Signed { get; init; } = "";

    /// <summary>The headers that sign a message of ours.</summary>
    /// <param name="body">Null for a message without one.</param>
    internal static Dictionary<string, string> Sign(
        RSA key,
        string keyId,
        Uri address,
        byte[]? body,
        DateTimeOffset now
    )
    {
        var host = address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}";
        var lines = new List<(string Name, string Value)>
        {
            ("(request-target)", $"{(body is null ? "get" : "post")} {address.PathAndQuery}"),
            ("host", host),
            ("date", now.UtcDateTime.ToString("R", CultureInfo.InvariantCulture)),
        };
        if (body is not null)
        {
            lines.Add(("digest", $"SHA-256={Convert.ToBase64String(SHA256.HashData(body))}"));
        }
        var text = string.Join('\n', lines.Select(l => $"{l.Name}: {l.Value}"));
        var value = key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var headers = lines.Skip(2).ToDictionary(l => l.Name, l => l.Value);
        headers["Signature"] =
            $"keyId=\"{keyId}\",algorithm=\"rsa-sha256\",headers=\"{string.Join(' ', lines.Select(l => l.Name))}\",signature=\"{Convert.ToBase64String(value)}\"";
        return headers;
    }

    /// <summary>The signature of a request; null when there is none that covers where it goes, when it was sent and its body, or when one of these is not so.</summary>
    internal static HttpSignature? Read(HttpRequest request, byte[] body, DateTimeOffset now)
    {
        if (request.Headers["Signature"] is not [{ Length: <= MaxCharacters } header])
        {
            return null;
        }
        var fields = Field
            .Matches(header)
            .DistinctBy(m => m.Groups[1].Value)
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        var names = fields.GetValueOrDefault("headers", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
            names.Length <= MaxHeaders
            && Needed.All(n => names.Contains(n, StringComparer.Ordinal))
            && fields.GetValueOrDefault("algorithm", "hs2019") is "hs2019" or "rsa-sha256"
            && Uri.TryCreate(fields.GetValueOrDefault("keyId"), UriKind.Absolute, out var keyId)
            && fields.GetValueOrDefault("signature") is { } value
            && Convert.TryFromBase64String(value, new byte[value.Length], out _)
            && IsFresh(request, now)
            && IsDigest(request, body)
            && Text(request, names) is { } text
            ? new HttpSignature
            {
                KeyId = keyId,
                Value = value,
                Signed = text,
            }
            : null;
    }

    /// <summary>Whether the owner of this key signed it.</summary>
    internal bool IsOf(RSA key) =>
        key.VerifyData(
            Encoding.UTF8.GetBytes(Signed),
            Convert.FromBase64String(Value),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );

    private static bool IsFresh(HttpRequest request, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(
            request.Headers.Date,
            "R",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var date
        )
        && (now - date).Duration() <= FollowerStore.SignatureAge;

    private static bool IsDigest(HttpRequest request, byte[] body) =>
        request.Headers["Digest"] is [{ } digest]
        && digest.StartsWith("SHA-256=", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(digest[8..]),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(SHA256.HashData(body)))
        );

    private static string? Text(HttpRequest request, string[] names)
    {
        var lines = new List<string>();
        foreach (var name in names)
        {
            var value =
                name == "(request-target)"
                    ? $"{request.Method.ToLowerInvariant()} {request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}"
                : request.Headers.TryGetValue(name, out var values) ? string.Join(", ", values.Select(v => v?.Trim()))
                : null;
            if (value is null)
            {
                return null;
            }
            lines.Add($"{name}: {value}");
        }
        return string.Join('\n', lines);
    }

    [GeneratedRegex("([A-Za-z]+)=\"([^\"]*)\"", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Field { get; }
}
