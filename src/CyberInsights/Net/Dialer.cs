using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CyberInsights.Net;

/// <summary>
/// Makes each connection: looks the name up once, drops every address that is not public, and connects to one of those that
/// were checked, so that a second answer of the name server can change nothing.
/// </summary>
internal sealed class Dialer(OutboundPolicy policy, TimeProvider clock)
{
    private readonly OutboundLimits limits = policy.Limits;

    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    internal Func<IPEndPoint, CancellationToken, Task<Stream>> Connect { get; init; } = ConnectSocketAsync;

    /// <summary>The callback of <see cref="SocketsHttpHandler.ConnectCallback"/>; the stream is encrypted already when the request is https.</summary>
    internal async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        // The handler's own token outlives a request that was given up; the deadline's does not.
        context.InitialRequestMessage.Options.TryGetValue(FetchDeadline.Key, out var deadline);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline!.Token);
        var host = context.DnsEndPoint.Host;
        var address = context.InitialRequestMessage.RequestUri!;
        var secure = address.Scheme == Uri.UriSchemeHttps;
        deadline.Whole();
        var endpoints = policy.Reserves(host) ? Reserved(host, secure) : await FindAsync(address, either.Token);
        var stream = await ConnectAsync(host, endpoints, either.Token);
        if (secure)
        {
            deadline.Tls();
            stream = await SecureAsync(stream, host, either.Token);
        }
        deadline.Headers();
        return stream;
    }

    /// <summary>A plain connection to <paramref name="address"/>, for what does not speak HTTP.</summary>
    /// <exception cref="FetchFailedException">There is no way to it, or none that is allowed.</exception>
    internal async Task<Stream> DialAsync(Uri address, CancellationToken cancel) =>
        await ConnectAsync(address.IdnHost, await FindAsync(address, cancel), cancel);

    private IPEndPoint[] Reserved(string host, bool secure) =>
        (secure ? policy.ReservedHostsOverTls : policy.ReservedHosts) is { } endpoint
            ? [endpoint]
            : throw new FetchFailedException(
                FetchFailure.Refused,
                $"{host} is a reserved name that is served over {(secure ? "http" : "https")} only here: nothing was fetched. Give its address with {(secure ? "http" : "https")}."
            );

    private async Task<IPEndPoint[]> FindAsync(Uri address, CancellationToken cancel)
    {
        var (host, port) = (address.IdnHost, address.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await LookUpAsync(host, cancel);
        var allowed = addresses
            .Where(a => PublicAddress.Allows(a) || policy.Trusts(address))
            .Take(limits.MaxAddressesTried)
            .ToArray();
        return allowed.Length > 0
            ? [.. allowed.Select(a => new IPEndPoint(a, port))]
            : throw new FetchFailedException(FetchFailure.Refused, Refusal.Sentence(host, policy));
    }

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(limits.Connect, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            return await Resolve(host, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new FetchFailedException(
                FetchFailure.Name,
                $"Looking up {host} took longer than {limits.Connect.TotalSeconds:0.#} s: nothing was fetched. Check the machine's name server if other hosts fail too."
            );
        }
        catch (SocketException e)
        {
            throw new FetchFailedException(
                FetchFailure.Name,
                e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData
                    ? $"There is no host {host}: nothing was fetched. Check the spelling, or whether the publisher has moved."
                    : $"{host} cannot be looked up now: nothing was fetched. Check the machine's name server if other hosts fail too.",
                cause: e
            );
        }
    }

    private async Task<Stream> ConnectAsync(string host, IPEndPoint[] endpoints, CancellationToken cancel)
    {
        var why = "does not accept a connection";
        foreach (var endpoint in endpoints)
        {
            using var patience = new CancellationTokenSource(limits.Connect, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
            try
            {
                return await Connect(endpoint, either.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                why = $"did not accept a connection within {limits.Connect.TotalSeconds:0.#} s";
            }
            catch (SocketException)
            {
                // The next address may answer; the sentence below speaks for all of them.
            }
        }
        throw new FetchFailedException(
            FetchFailure.Connection,
            $"{host} {why}: nothing was fetched. Nothing to do unless it stays so; then look whether the publisher has moved."
        );
    }

    private async Task<Stream> SecureAsync(Stream plain, string host, CancellationToken cancel)
    {
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    CertificateChainPolicy = ChainPolicy(),
                },
                cancel
            );
            return secure;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            await secure.DisposeAsync();
            throw new FetchFailedException(
                FetchFailure.Tls,
                $"No secure connection to {host} ({OneLine.Of(e.Message).TrimEnd('.')}): nothing was fetched, and there is no way around it. The publisher has to put the certificate right.",
                cause: e
            );
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    // By default a chain with a gap is completed by downloading from an address that stands in the foreign certificate: a way
    // around everything above. Revocation lists would be downloaded the same way.
    private X509ChainPolicy ChainPolicy()
    {
        var chain = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            ApplicationPolicy = { new Oid("1.3.6.1.5.5.7.3.1") }, // server authentication
        };
        if (policy.ExtraRoots.Count > 0)
        {
            using var machine = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
            chain.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.CustomTrustStore.AddRange(machine.Certificates);
            foreach (var root in policy.ExtraRoots)
            {
                chain.CustomTrustStore.Add(root);
            }
        }
        return chain;
    }

    private static async Task<Stream> ConnectSocketAsync(IPEndPoint endpoint, CancellationToken cancel)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
