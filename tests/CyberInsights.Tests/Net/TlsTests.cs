using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

public sealed class TlsTests
{
    private static readonly DateTimeOffset Today = DateTimeOffset.UtcNow;
    private static readonly X509Certificate2 Root = NewRoot();

    [Fact]
    public async Task A_certificate_of_a_trusted_root_for_this_host_is_accepted()
    {
        var outcome = await FetchAsync(Signed("pub.example", Today.AddDays(90)));

        Assert.Equal("secure", outcome.Text());
    }

    [Theory]
    [InlineData("other.example", 90, true)]
    [InlineData("pub.example", -1, true)]
    [InlineData("pub.example", 90, false)]
    public async Task Another_hosts_an_expired_and_an_unknown_certificate_are_refused(string host, int days, bool known)
    {
        var certificate = known ? Signed(host, Today.AddDays(days)) : SelfSigned(host);

        var failed = (await FetchAsync(certificate)).FailsWith(FetchFailure.Tls);

        Assert.StartsWith("No secure connection to pub.example", failed.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_extra_root_only_those_of_the_machine_count() =>
        (await FetchAsync(Signed("pub.example", Today.AddDays(90)), roots: [])).FailsWith(FetchFailure.Tls);

    [Fact]
    public async Task A_certificate_cannot_make_this_machine_download_anything()
    {
        await using var bait = new RawServer(x => x.OkAsync(Root.RawData));
        var certificate = Signed(
            "pub.example",
            Today.AddDays(90),
            issuerAt: $"http://127.0.0.1:{bait.Endpoint.Port}/ca.crt"
        );

        (await FetchAsync(certificate, roots: [])).FailsWith(FetchFailure.Tls);

        Assert.Equal(0, bait.Connections);
    }

    [Fact]
    public async Task A_server_that_knows_only_old_protocols_is_refused()
    {
#pragma warning disable SYSLIB0039, CA5397 // The old protocol is the point.
        var outcome = await FetchAsync(Signed("pub.example", Today.AddDays(90)), protocols: SslProtocols.Tls11);
#pragma warning restore SYSLIB0039, CA5397

        outcome.FailsWith(FetchFailure.Tls);
    }

    [Fact]
    public async Task A_server_that_stalls_in_the_handshake_is_left()
    {
        await using var server = new RawServer(x => x.SilenceAsync());
        var policy = new OutboundPolicy { ReservedHostsOverTls = server.Endpoint, Limits = Outbound.Hasty };
        using var http = new GuardedHttp(policy, TimeProvider.System);

        var failed = (await http.GetAsync("https://pub.example/")).FailsWith(FetchFailure.Timeout);

        Assert.Contains("0.5 s to agree on a secure connection", failed.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_up_to_https_is_followed_and_one_down_to_http_is_not()
    {
        await using var plain = new RawServer(x =>
            x.Path == "/up" ? x.RedirectAsync("https://pub.example/", "301 Moved Permanently") : x.OkAsync("plain")
        );
        using var secure = new TlsServer(
            Signed("pub.example", Today.AddDays(90)),
            SslProtocols.None,
            path => path == "/down" ? "http://pub.example/plain" : null
        );
        var policy = new OutboundPolicy
        {
            ReservedHosts = plain.Endpoint,
            ReservedHostsOverTls = secure.Endpoint,
            ExtraRoots = [Root],
        };
        using var http = new GuardedHttp(policy, TimeProvider.System);

        var up = Assert.IsType<FetchOutcome.Fresh>(await http.GetAsync("http://pub.example/up"));
        var down = (await http.GetAsync("https://pub.example/down")).FailsWith(FetchFailure.Refused);

        Assert.Equal("https://pub.example/", up.PermanentAddress?.AbsoluteUri);
        Assert.Contains("from https to plain http", down.Sentence, StringComparison.Ordinal);
        Assert.Equal(1, plain.Connections);
    }

    private static async Task<FetchOutcome> FetchAsync(
        X509Certificate2 certificate,
        IReadOnlyList<X509Certificate2>? roots = null,
        SslProtocols protocols = SslProtocols.None
    )
    {
        using var server = new TlsServer(certificate, protocols, _ => null);
        var policy = new OutboundPolicy { ReservedHostsOverTls = server.Endpoint, ExtraRoots = roots ?? [Root] };
        using var http = new GuardedHttp(policy, TimeProvider.System);
        return await http.GetAsync("https://pub.example/");
    }

    private static X509Certificate2 NewRoot()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Today.AddYears(-1), Today.AddYears(1));
    }

    private static X509Certificate2 Signed(string host, DateTimeOffset until, string? issuerAt = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = For(host, key);
        if (issuerAt is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerAt]));
        }
        using var signed = request.Create(Root, Today.AddDays(-30), until, [1, 2, 3]);
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }

    private static X509Certificate2 SelfSigned(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return For(host, key).CreateSelfSigned(Today.AddDays(-30), Today.AddDays(90));
    }

    private static CertificateRequest For(string host, ECDsa key)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    /// <summary>A server with the certificate it is given; answers "secure", or a redirect where the test says so.</summary>
    private sealed class TlsServer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        internal TlsServer(X509Certificate2 certificate, SslProtocols protocols, Func<string, string?> redirect)
        {
            listener.Start();
            _ = ServeAsync(certificate, protocols, redirect);
        }

        internal IPEndPoint Endpoint => (IPEndPoint)listener.LocalEndpoint;

        public void Dispose() => listener.Dispose();

        private async Task ServeAsync(
            X509Certificate2 certificate,
            SslProtocols protocols,
            Func<string, string?> redirect
        )
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await AnswerAsync(client, certificate, protocols, redirect);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The test is over.
            }
        }

        private static async Task AnswerAsync(
            TcpClient client,
            X509Certificate2 certificate,
            SslProtocols protocols,
            Func<string, string?> redirect
        )
        {
            try
            {
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        // Offline, or this test server itself would follow the addresses in its certificate.
                        ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
                        EnabledSslProtocols = protocols,
                    }
                );
                using var reader = new StreamReader(stream);
                var path = (await reader.ReadLineAsync())?.Split(' ')[1] ?? "";
                while (await reader.ReadLineAsync() is { Length: > 0 }) { }
                var answer = redirect(path) is { } location
                    ? $"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
                    : "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecure";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            }
            catch (Exception e) when (e is AuthenticationException or IOException)
            {
                // The client refused the certificate, as most of these tests want.
            }
        }
    }
}
