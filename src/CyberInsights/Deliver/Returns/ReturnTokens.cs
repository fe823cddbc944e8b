using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CyberInsights.Deliver.Returns;

/// <summary>
/// Names for mails that only we can make, in the Message-ID and in the return path: who has never had a mail of ours cannot bring one back.
/// </summary>
public sealed partial class ReturnTokens(SiteKey key)
{
    // 128 bits; with an id of 19 digits, a dash and "returns+" it stays below the 64 characters of a local part (RFC 5321, section 4.5.3.1.1).
    private const int SignatureCharacters = 32;

    internal async Task<string> OfAsync(long mailId, CancellationToken cancel)
    {
        var id = mailId.ToString(CultureInfo.InvariantCulture);
        return $"{id}-{(await key.SignAsync("return", id, cancel))[..SignatureCharacters]}";
    }

    /// <summary>The mail that one of these names; null when none of them is ours.</summary>
    internal async Task<long?> FindAsync(IEnumerable<string> texts, CancellationToken cancel)
    {
        foreach (var token in texts.SelectMany(t => Token.Matches(t)).Take(20))
        {
            if (
                long.TryParse(token.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && CryptographicOperations.FixedTimeEquals(
                    Encoding.ASCII.GetBytes(await OfAsync(id, cancel)),
                    Encoding.ASCII.GetBytes(token.Value.ToLowerInvariant())
                )
            )
            {
                return id;
            }
        }
        return null;
    }

    [GeneratedRegex("(?<![0-9])([0-9]{1,19})-[0-9a-fA-F]{32}(?![0-9a-zA-Z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token { get; }
}
