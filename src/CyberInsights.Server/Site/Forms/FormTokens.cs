using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CyberInsights.Server.Site.Forms;

/// <summary>What a form's token says: when its page was made, and how hard its puzzle is.</summary>
internal sealed record FormToken(DateTimeOffset MadeAt, int Bits);

/// <summary>
/// The token in every form: <c>seconds.bits.signature</c>. It proves that the form is one of ours and tells its age, and holds nothing
/// about the reader: pages with forms are cached, and many readers get the same one. Thread safe.
/// </summary>
internal sealed class FormTokens(SiteKey key, TimeProvider clock)
{
    /// <summary>How long a page may stay open before its form has to be sent twice.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    internal Task<string> IssueAsync(string form, CancellationToken cancel) => IssueAsync(form, 0, cancel);

    /// <param name="bits">How many leading bits of the puzzle's hash must be zero.</param>
    internal async Task<string> IssueAsync(string form, int bits, CancellationToken cancel)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeSeconds()}.{bits}");
        return $"{said}.{await key.SignAsync($"form {form}", said, cancel)}";
    }

    /// <summary>Null for what is not ours, of another form, or older than <see cref="Lifetime"/>.</summary>
    internal async Task<FormToken?> ReadAsync(string form, string token, CancellationToken cancel)
    {
        if (
            token.Split('.') is not [var seconds, var bits, var signature]
            || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            || !int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var difficulty)
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(await key.SignAsync($"form {form}", $"{seconds}.{bits}", cancel)),
                Encoding.UTF8.GetBytes(signature)
            )
        )
        {
            return null;
        }
        var madeAt = DateTimeOffset.FromUnixTimeSeconds(second);
        return clock.GetUtcNow() - madeAt <= Lifetime ? new FormToken(madeAt, difficulty) : null;
    }
}
