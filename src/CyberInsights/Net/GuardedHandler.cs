using System.Net;
using System.Net.Http.Headers;

namespace CyberInsights.Net;

/// <summary>Lets a library's client post through <see cref="GuardedHttp"/>; a failure without a status is an <see cref="HttpRequestException"/> with its sentence.</summary>
internal sealed class GuardedHandler(GuardedHttp http) : HttpMessageHandler
{
    private static readonly string[] Passed = ["Authorization", "Accept"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (request.Method != HttpMethod.Post || request.Content is null)
        {
            throw new NotSupportedException($"Only POST goes this way, not {request.Method}.");
        }
        var headers = request
            .Headers.NonValidated.Where(h => Passed.Contains(h.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(h => h.Key, h => h.Value.ToString());
        var body = await request.Content.ReadAsByteArrayAsync(cancel);
        return await http.PostAsync(request.RequestUri!, body, "application/json", headers, cancel) switch
        {
            FetchOutcome.Fresh fresh => Answer(fresh),
            FetchOutcome.Throttled throttled => new HttpResponseMessage((HttpStatusCode)throttled.Status),
            FetchOutcome.Failed { Status: { } status } => new HttpResponseMessage((HttpStatusCode)status),
            FetchOutcome.Gone => new HttpResponseMessage(HttpStatusCode.Gone),
            FetchOutcome.Failed failed => throw new HttpRequestException(failed.Sentence),
            _ => throw new HttpRequestException("It answered with nothing new."),
        };
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
