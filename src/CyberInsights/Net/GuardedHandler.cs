using System.Net;
using System.Net.Http.Headers;

namespace CyberInsights.Net;

/// <summary>
/// Lets a library's client get and post through <see cref="GuardedHttp"/>, with all that holds there: what it gets may be redirected, what it
/// posts never. A failure without a status is an <see cref="HttpRequestException"/> with its sentence.
/// </summary>
internal sealed class GuardedHandler(GuardedHttp http) : HttpMessageHandler
{
    private const string Accept = "Accept";

    private static readonly string[] Passed = ["Authorization", Accept];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var headers = request
            .Headers.NonValidated.Where(h => Passed.Contains(h.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return await OutcomeAsync(request, headers, cancel) switch
        {
            FetchOutcome.Fresh fresh => Answer(fresh),
            FetchOutcome.Throttled throttled => new HttpResponseMessage((HttpStatusCode)throttled.Status),
            FetchOutcome.Failed { Status: { } status } => new HttpResponseMessage((HttpStatusCode)status),
            FetchOutcome.Gone => new HttpResponseMessage(HttpStatusCode.Gone),
            FetchOutcome.Failed failed => throw new HttpRequestException(failed.Sentence),
            _ => throw new HttpRequestException("It answered with nothing new."),
        };
    }

    private async Task<FetchOutcome> OutcomeAsync(
        HttpRequestMessage request,
        Dictionary<string, string> headers,
        CancellationToken cancel
    )
    {
        if (request.Method == HttpMethod.Get && request.Content is null)
        {
            headers.Remove(Accept, out var accept);
            return await http.GetAsync(
                new FetchRequest
                {
                    Address = request.RequestUri!,
                    Accept = accept ?? "application/json",
                    Headers = headers,
                },
                cancel
            );
        }
        if (request.Method == HttpMethod.Post && request.Content is { Headers.ContentType: { } type } content)
        {
            var body = await content.ReadAsByteArrayAsync(cancel);
            return await http.PostAsync(request.RequestUri!, body, type.ToString(), headers, cancel);
        }
        throw new NotSupportedException($"Only GET, and POST with a typed body, go this way, not {request.Method}.");
    }

    private static HttpResponseMessage Answer(FetchOutcome.Fresh fresh)
    {
        var content = new ByteArrayContent(fresh.Body);
        if (MediaTypeHeaderValue.TryParse(fresh.ContentType, out var type))
        {
            content.Headers.ContentType = type;
        }
        return new HttpResponseMessage((HttpStatusCode)fresh.Status) { Content = content };
    }
}
