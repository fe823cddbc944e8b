using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace CyberInsights.Edit;

/// <summary>
/// Seals a message so that only the holder of the desk's private key can open it: ephemeral ECDH on P-256, HKDF-SHA-256 (RFC 5869),
/// AES-256-GCM, padded to one of four sizes. P-256, because browsers and .NET both have it on every system; .NET 10 has no X25519.
/// <c>docs/tips.md</c> gives the format byte by byte; <c>Site/Scripts/tip.js</c> does the same in the browser.
/// </summary>
public static class TipSeal
{
    private const int PointBytes = 65;
    private const int TagBytes = 16;
    private const int LengthBytes = 4;
    private const int NonceBytes = 12;

    /// <summary>Bytes of a message with its length and padding, so that the length of what is stored tells little.</summary>
    internal static readonly int[] Sizes = [1024, 4096, 16_384, 65_536];

    private static ReadOnlySpan<byte> Label => "insights-tip-1"u8;

    /// <summary>Characters of the longest sealed message.</summary>
    public static int MaxCharacters => Base64Url.GetEncodedLength(PointBytes + Sizes[^1] + TagBytes);

    /// <summary>The public half of <paramref name="key"/> as the setting has it: an uncompressed point (SEC 1, section 2.3.3) in base64url.</summary>
    public static string PublicKey(ECDiffieHellman key) =>
        Base64Url.EncodeToString(Point(key.PublicKey.ExportParameters()));

    /// <summary>Whether <paramref name="publicKey"/> is a point of the curve as <see cref="PublicKey"/> writes it.</summary>
    public static bool IsKey(string publicKey)
    {
        try
        {
            Import(publicKey).Dispose();
            return true;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether <paramref name="body"/> has the form and one of the lengths of a sealed message.</summary>
    public static bool IsSealed(string body) =>
        Base64Url.IsValid(body, out var bytes) && Sizes.Contains(bytes - PointBytes - TagBytes);

    internal static string Seal(TipText text, string publicKey)
    {
        using var desk = Import(publicKey);
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var json = text.ToJson();
        var padded = new byte[Sizes.First(s => s >= json.Length + LengthBytes)];
        BinaryPrimitives.WriteInt32BigEndian(padded, json.Length);
        json.CopyTo(padded, LengthBytes);

        var sealedMessage = new byte[PointBytes + padded.Length + TagBytes];
        var point = Point(own.PublicKey.ExportParameters());
        point.CopyTo(sealedMessage, 0);
        using var cipher = Cipher(own, desk.PublicKey, point, Base64Url.DecodeFromChars(publicKey));
        cipher.Encrypt(
            new byte[NonceBytes],
            padded,
            sealedMessage.AsSpan(PointBytes, padded.Length),
            sealedMessage.AsSpan(PointBytes + padded.Length),
            Label
        );
        return Base64Url.EncodeToString(sealedMessage);
    }

    /// <summary>The message in <paramref name="body"/>; null when it was sealed for another key or changed since.</summary>
    public static TipText? Open(string body, ECDiffieHellman key)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(body);
            var point = bytes.AsSpan(0, PointBytes).ToArray();
            using var sender = Import(Base64Url.EncodeToString(point));
            using var cipher = Cipher(key, sender.PublicKey, point, Point(key.PublicKey.ExportParameters()));
            var padded = new byte[bytes.Length - PointBytes - TagBytes];
            cipher.Decrypt(
                new byte[NonceBytes],
                bytes.AsSpan(PointBytes, padded.Length),
                bytes.AsSpan(PointBytes + padded.Length),
                padded,
                Label
            );
            var length = BinaryPrimitives.ReadInt32BigEndian(padded);
            return TipText.FromJson(padded.AsSpan(LengthBytes, length));
        }
        catch (Exception e)
            when (e
                    is FormatException
                        or CryptographicException
                        or ArgumentException
                        or OverflowException
                        or JsonException
            )
        {
            return null;
        }
    }

    // Each message has a key of its own, so that the nonce may be all zeros (RFC 5116, section 3.1). Both points go into the key.
    private static AesGcm Cipher(ECDiffieHellman own, ECDiffieHellmanPublicKey other, byte[] sender, byte[] desk)
    {
        var secret = own.DeriveRawSecretAgreement(other);
        var key = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            secret,
            32,
            salt: [.. sender, .. desk],
            info: Label.ToArray()
        );
        return new AesGcm(key, TagBytes);
    }

    private static byte[] Point(ECParameters parameters) => [4, .. parameters.Q.X!, .. parameters.Q.Y!];

    private static ECDiffieHellman Import(string publicKey)
    {
        var bytes = Base64Url.DecodeFromChars(publicKey);
        return bytes is [4, ..] && bytes.Length == PointBytes
            ? ECDiffieHellman.Create(
                new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new ECPoint { X = bytes[1..33], Y = bytes[33..] },
                }
            )
            : throw new CryptographicException("No uncompressed point of P-256.");
    }
}
