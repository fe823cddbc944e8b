using System.Security.Cryptography;
using CyberInsights.Deliver;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;

namespace CyberInsights.Tests.Deliver;

/// <summary>Signatures as another program checks them, with the key where the DNS would give it.</summary>
public sealed class DkimTests
{
    private const string Selector = "mail2026";
    private const string Domain = "news.example";

    public static TheoryData<bool> Algorithms { get; } = [true, false];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_signed_mail_is_verified_as_it_arrives_and_a_changed_one_is_not(bool rsa)
    {
        var (pem, key) = NewKey(rsa);
        var settings = Settings(DkimSettings.Read(new StringReader(pem), Domain, Selector)!);
        var verifier = new DkimVerifier(new KnownKey(key));
        verifier.Enable(DkimSignatureAlgorithm.RsaSha256);
        verifier.Enable(DkimSignatureAlgorithm.Ed25519Sha256);

        var wire = await WireAsync(
            MailComposer.Compose(SomeMail, "token", settings, new("https://news.example"), Some.Moment)
        );

        var arrived = await MimeMessage.LoadAsync(new MemoryStream(wire), Cancel);
        var signature = arrived.Headers[arrived.Headers.IndexOf(HeaderId.DkimSignature)];
        Assert.Contains(rsa ? "a=rsa-sha256" : "a=ed25519-sha256", signature.Value, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe-Post", signature.Value, StringComparison.OrdinalIgnoreCase);
        Assert.True(await verifier.VerifyAsync(arrived, signature, Cancel));
        foreach (var header in new[] { HeaderId.Subject, HeaderId.ListUnsubscribe })
        {
            var changed = await MimeMessage.LoadAsync(new MemoryStream(wire), Cancel);
            changed.Headers[header] = "https://elsewhere.example";
            Assert.False(
                await verifier.VerifyAsync(
                    changed,
                    changed.Headers[changed.Headers.IndexOf(HeaderId.DkimSignature)],
                    Cancel
                )
            );
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void What_is_no_private_key_gives_no_signer(string pem) =>
        Assert.Null(DkimSettings.Read(new StringReader(pem), Domain, Selector));

    [Fact]
    public void A_key_of_512_bits_is_too_short()
    {
        using var rsa = RSA.Create(512);

        Assert.Null(DkimSettings.Read(new StringReader(rsa.ExportPkcs8PrivateKeyPem()), Domain, Selector));
    }

    private static Mail SomeMail { get; } =
        new()
        {
            Id = 1,
            Attempts = 1,
            Address = "reader@pub.example",
            ReaderToken = "1-abc",
            Audience = SubscriberState.Active,
            Language = "ar",
            Sender = "رؤى",
            Subject = "خبر: a headline that is long enough to be folded over more than a single line of the header",
            Text = "من غرفة التحرير\n\nFrom here\n.\nend",
            Html = "<p>من غرفة التحرير</p>",
        };

    private static MailSettings Settings(DkimSettings dkim) =>
        new()
        {
            Server = new CyberInsights.Net.MailServer
            {
                Host = "127.0.0.1",
                Port = 1,
                Security = CyberInsights.Net.MailSecurity.None,
            },
            From = MailAddress.Read("desk@news.example")!,
            Dkim = dkim,
        };

    private static async Task<byte[]> WireAsync(MimeMessage message)
    {
        using var wire = new MemoryStream();
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        await message.WriteToAsync(options, wire, Cancel);
        return wire.ToArray();
    }

    private static (string Pem, AsymmetricKeyParameter Public) NewKey(bool rsa)
    {
        if (rsa)
        {
            using var key = RSA.Create(2048);
            return (key.ExportPkcs8PrivateKeyPem(), DotNetUtilities.GetRsaPublicKey(key));
        }
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        var pair = generator.GenerateKeyPair();
        using var written = new StringWriter();
        new PemWriter(written).WriteObject(new Pkcs8Generator(pair.Private).Generate());
        return (written.ToString(), pair.Public);
    }

    private sealed class KnownKey(AsymmetricKeyParameter key) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) => (domain, selector) == (Domain, Selector) ? key : throw new ParseException("no key", 0, 0);

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
