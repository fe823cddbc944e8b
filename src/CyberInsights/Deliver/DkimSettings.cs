using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;

namespace CyberInsights.Deliver;

/// <summary>How mails are signed by their domain (DKIM, RFC 6376; Ed25519, RFC 8463). The key decides the algorithm.</summary>
public sealed class DkimSettings
{
    // What RFC 6376, section 5.4.1, names, and both headers by which a mail program leaves (RFC 8058, section 4, wants them signed).
    private static readonly HeaderId[] Signed =
    [
        HeaderId.From,
        HeaderId.To,
        HeaderId.ReplyTo,
        HeaderId.Subject,
        HeaderId.Date,
        HeaderId.MessageId,
        HeaderId.MimeVersion,
        HeaderId.ContentType,
        HeaderId.ListId,
        HeaderId.ListUnsubscribe,
        HeaderId.ListUnsubscribePost,
        HeaderId.AutoSubmitted,
    ];

    private readonly DkimSigner signer;

    private DkimSettings(DkimSigner signer) => this.signer = signer;

    /// <summary>Whose signature it is.</summary>
    public string Domain => signer.Domain;

    /// <summary>Where the public key is: <c>{selector}._domainkey.{domain}</c> in the DNS.</summary>
    public string Selector => signer.Selector;

    /// <summary>Reads a private key of RSA (from 1,024 bits) or Ed25519 in PEM; null when <paramref name="pem"/> holds none.</summary>
    public static DkimSettings? Read(TextReader pem, string domain, string selector)
    {
        var (key, algorithm) = KeyIn(pem) switch
        {
            RsaKeyParameters { IsPrivate: true, Modulus.BitLength: >= 1024 } rsa => (
                (AsymmetricKeyParameter)rsa,
                DkimSignatureAlgorithm.RsaSha256
            ),
            Ed25519PrivateKeyParameters edwards => (edwards, DkimSignatureAlgorithm.Ed25519Sha256),
            _ => default,
        };
        return key is null
            ? null
            : new DkimSettings(
                new DkimSigner(key, domain, selector, algorithm)
                {
                    HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
                    BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
                    QueryMethod = "dns/txt",
                }
            );
    }

    private static AsymmetricKeyParameter? KeyIn(TextReader pem)
    {
        try
        {
            using var reader = new PemReader(pem);
            return reader.ReadObject() is var read && read is AsymmetricCipherKeyPair pair
                ? pair.Private
                : read as AsymmetricKeyParameter;
        }
        catch (Exception e) when (e is PemException or IOException or InvalidCastException or ArgumentException)
        {
            return null;
        }
    }

    internal void Sign(MimeMessage message)
    {
        // What is signed is what goes over the wire: no server has to encode it anew.
        message.Prepare(EncodingConstraint.SevenBit);
        signer.Sign(message, [.. Signed.Where(message.Headers.Contains)]);
    }
}
