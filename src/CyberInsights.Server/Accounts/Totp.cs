using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CyberInsights.Server.Accounts;

/// <summary>One-time codes of an app (RFC 6238): HMAC-SHA-1, steps of 30 seconds, six digits, which is what every app makes.</summary>
internal static class Totp
{
    internal const int Digits = 6;

    /// <summary>As long as the hash (RFC 4226, section 4, requirement 6).</summary>
    internal const int KeyBytes = 20;

    /// <summary>Steps before and after the present one that are taken: clocks differ, and people type.</summary>
    internal const int Window = 1;

    internal static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    internal static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    internal static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    internal static string CodeAt(byte[] key, long step)
    {
        var moment = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(moment, step);
        // The standard names SHA-1, whose collisions do not matter to an HMAC (RFC 6238, section 1.2; RFC 6194, section 3.3).
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(key, moment);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step to which a code belongs; null when it is none of those now, or none after <paramref name="used"/>.</summary>
    internal static long? StepOf(byte[] key, string code, DateTimeOffset now, long used)
    {
        long? found = null;
        for (var step = StepAt(now) - Window; step <= StepAt(now) + Window; step++)
        {
            var right = CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(code),
                Encoding.UTF8.GetBytes(CodeAt(key, step))
            );
            found = right && step > used ? step : found;
        }
        return found;
    }

    /// <summary>A key as people type it: Base32 (RFC 4648, section 6) without padding.</summary>
    internal static string Written(byte[] key)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var part in key)
        {
            (bits, held) = ((bits << 8) | part, held + 8);
            for (; held >= 5; held -= 5)
            {
                text.Append(Letters[(bits >> (held - 5)) & 31]);
            }
            bits &= (1 << held) - 1;
        }
        return held > 0 ? text.Append(Letters[(bits << (5 - held)) & 31]).ToString() : text.ToString();
    }

    /// <summary>What an app reads from a picture or a link.</summary>
    internal static string Link(string site, string email, byte[] key)
    {
        var (issuer, label) = (Uri.EscapeDataString(site), Uri.EscapeDataString(email));
        return $"otpauth://totp/{issuer}:{label}?secret={Written(key)}&issuer={issuer}";
    }
}
