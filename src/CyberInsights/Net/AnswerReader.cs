namespace CyberInsights.Net;

/// <summary>Turns an answer that is no redirect into an outcome.</summary>
internal sealed class AnswerReader(OutboundLimits limits, TimeProvider clock) : IDisposable
{
    private readonly BoundedBody bodies = new(limits);

    public void Dispose() => bodies.Dispose();

    internal async Task<FetchOutcome> ReadAsync(
        HttpResponseMessage response,
        HttpRequestMessage request,
        Uri? permanent,
        FetchDeadline deadline
    )
    {
        var status = (int)response.StatusCode;
        switch (status)
        {
            case 200 or 203:
            case 201 or 202 or 204 when request.Method == HttpMethod.Post:
                return await DocumentAsync(response, request, permanent, deadline);
            case 304 when Asked(request):
                return new FetchOutcome.NotModified(permanent) { MaxAge = MaxAge(response) };
            case 304:
                throw FetchFailedException.Answer(
                    FetchFailure.Protocol,
                    "says that nothing has changed (304) although it was asked for the whole document: nothing was read. It is tried again by itself.",
                    status
                );
            case 410:
                return new FetchOutcome.Gone($"{Host(request)} says that the document is gone for good (410).");
            case 429 or 503:
                return Throttled(response, request, status);
            default:
                throw FetchFailedException.Answer(
                    FetchFailure.Status,
                    $"answered with status {status}{Meaning(status)}: nothing was read. It is tried again by itself; look whether the address still works if it stays so.",
                    status
                );
        }
    }

    private async Task<FetchOutcome> DocumentAsync(
        HttpResponseMessage response,
        HttpRequestMessage request,
        Uri? permanent,
        FetchDeadline deadline
    )
    {
        var type = Header(response.Content.Headers, "Content-Type") is { } raw ? OneLine.Of(raw) : null;
        if (
            type is not null
            && (
                type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase)
                || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            throw FetchFailedException.Answer(
                FetchFailure.NotADocument,
                $"sends sound or film ({OneLine.Of(type, 60)}): nothing was read. Give the address of a feed or page."
            );
        }
        var body = await bodies.ReadAsync(response, deadline);
        if (body.Length == 0 && request.Method == HttpMethod.Get)
        {
            throw FetchFailedException.Answer(
                FetchFailure.NotADocument,
                "sent an empty answer: what was read before stays. It is tried again by itself."
            );
        }
        // A body that ends when the connection does may have been cut; without validators it is asked for whole next time.
        var complete =
            response.Content.Headers.ContentLength is not null || response.Headers.TransferEncodingChunked == true;
        return new FetchOutcome.Fresh(
            body,
            type,
            complete ? Message.Validator(Header(response.Headers, "ETag"), limits) : null,
            complete ? Message.Validator(Header(response.Content.Headers, "Last-Modified"), limits) : null,
            request.RequestUri!,
            permanent,
            (int)response.StatusCode
        )
        {
            MaxAge = MaxAge(response),
        };
    }

    private static TimeSpan? MaxAge(HttpResponseMessage response) =>
        response.Headers.CacheControl?.MaxAge
        ?? (response.Content.Headers.Expires - response.Headers.Date is { } time && time > TimeSpan.Zero ? time : null);

    private FetchOutcome.Throttled Throttled(HttpResponseMessage response, HttpRequestMessage request, int status)
    {
        var wait = RetryAfter.Read(Header(response.Headers, "Retry-After"), clock.GetUtcNow(), limits);
        var until = wait is { } time ? $" for {time.TotalMinutes:0} minutes" : "";
        return new FetchOutcome.Throttled(
            wait,
            $"{Host(request)} asks to be left alone{until} ({status}): nothing was read. It is tried again by itself after that.",
            status
        );
    }

    private static bool Asked(HttpRequestMessage request) =>
        request.Headers.NonValidated.Contains("If-None-Match")
        || request.Headers.NonValidated.Contains("If-Modified-Since");

    private static string Host(HttpRequestMessage request) => OneLine.Of(request.RequestUri!.IdnHost);

    // The typed properties throw or drop what is written oddly; the raw text is judged here.
    private static string? Header(System.Net.Http.Headers.HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static string Meaning(int status) =>
        status switch
        {
            401 or 407 => " (sign-in wanted, and none is ever sent)",
            403 => " (not allowed)",
            404 => " (not found)",
            >= 500 and < 600 => " (a fault on its side)",
            _ => "",
        };
}
