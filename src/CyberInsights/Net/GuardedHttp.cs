using System.Net;

namespace CyberInsights.Net;

/// <summary>
/// The one way out to the internet. Nothing else in the program opens a connection; an architecture test keeps it so. Each
/// request has a connection of its own: what a server sends after its answer can never be taken for the next one. Thread safe.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    private readonly OutboundPolicy policy;
    private readonly TimeProvider clock;
    private readonly HttpMessageInvoker wire;
    private readonly AnswerReader answers;
    private readonly Lazy<HttpClient> client;

    public GuardedHttp(OutboundPolicy policy, TimeProvider clock)
        : this(policy, clock, new Dialer(policy, clock)) { }

    internal GuardedHttp(OutboundPolicy policy, TimeProvider clock, Dialer dialer)
    {
        this.policy = policy;
        this.clock = clock;
        answers = new AnswerReader(policy.Limits, clock);
        client = new Lazy<HttpClient>(() =>
            new HttpClient(new GuardedHandler(this)) { Timeout = Timeout.InfiniteTimeSpan }
        );
        wire = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                ConnectCallback = dialer.DialAsync,
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                Credentials = null,
                PreAuthenticate = false,
                AutomaticDecompression = DecompressionMethods.None,
                MaxResponseHeadersLength = policy.Limits.MaxHeaderKibibytes,
                MaxResponseDrainSize = 0,
                PooledConnectionLifetime = TimeSpan.Zero,
                ActivityHeadersPropagator = null,
            }
        );
    }

    public void Dispose()
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
        wire.Dispose();
        answers.Dispose();
    }

    /// <summary>A sentence when <paramref name="address"/> may not be fetched, as far as can be told without the network; null when it may.</summary>
    public string? CheckAddress(string address) =>
        WebAddress.Read(address, policy) is null ? Refusal.Sentence(address, policy) : null;

    /// <summary>Whether <paramref name="address"/> is of a name that <see cref="OutboundPolicy.ReservedHosts"/> serves here.</summary>
    public bool IsReserved(Uri address) => policy.Reserves(address.Host);

    /// <summary>
    /// Fetches a document, following redirects. Everything a publisher can do wrong is an outcome; only
    /// <paramref name="cancel"/> and faults of this program throw.
    /// </summary>
    public async Task<FetchOutcome> GetAsync(FetchRequest request, CancellationToken cancel)
    {
        using var deadline = new FetchDeadline(policy.Limits, clock, cancel)
        {
            Trace = request.Trace,
            MaxBodyBytes = request.Large ? policy.Limits.MaxLargeBodyBytes : policy.Limits.MaxBodyBytes,
        };
        var at = request.Address;
        try
        {
            at = Allowed(request.Address);
            Uri? permanent = null;
            var stillPermanent = true;
            for (var hop = 0; ; hop++)
            {
                using var message = Message.Get(at, request, policy, sameDocument: hop == 0);
                request.Trace?.Sending(message);
                using var response = await SendAsync(message, deadline);
                request.Trace?.Received(response);
                if (!Redirects.Is(response.StatusCode))
                {
                    return await answers.ReadAsync(response, message, permanent, deadline);
                }
                var next = Redirects.Next(at, response, hop, policy);
                stillPermanent &= Redirects.IsPermanent(response.StatusCode);
                permanent = stillPermanent ? next : permanent;
                at = next;
            }
        }
        catch (Exception e) when (Failures.Outcome(e, at, deadline, cancel) is { } failed)
        {
            return failed;
        }
        finally
        {
            request.Trace?.End();
        }
    }

    /// <summary>
    /// Sends <paramref name="body"/>. Any 2xx is <see cref="FetchOutcome.Fresh"/>; redirects are not followed, so that headers
    /// with secrets go to <paramref name="address"/> and nowhere else.
    /// </summary>
    /// <exception cref="ArgumentException">A header cannot be sent: a line break in it, or a name that is none.</exception>
    public async Task<FetchOutcome> PostAsync(
        Uri address,
        byte[] body,
        string contentType,
        IReadOnlyDictionary<string, string> headers,
        CancellationToken cancel
    )
    {
        using var deadline = new FetchDeadline(policy.Limits, clock, cancel);
        using var message = Message.Post(address, body, contentType, headers, policy);
        try
        {
            message.RequestUri = Allowed(address);
            using var response = await SendAsync(message, deadline);
            return await answers.ReadAsync(response, message, permanent: null, deadline);
        }
        catch (Exception e) when (Failures.Outcome(e, address, deadline, cancel) is { } failed)
        {
            return failed;
        }
    }

    /// <summary>
    /// For a library that wants a client: what it gets and posts goes out here, of its headers only Authorization and Accept. It
    /// lives as long as this.
    /// </summary>
    public HttpClient Client => client.Value;

    private Uri Allowed(Uri address) =>
        WebAddress.Read(address.OriginalString, policy)
        ?? throw new FetchFailedException(FetchFailure.Refused, Refusal.Sentence(address.OriginalString, policy));

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, FetchDeadline deadline)
    {
        message.Options.Set(FetchDeadline.Key, deadline);
        return await wire.SendAsync(message, deadline.Token);
    }
}
