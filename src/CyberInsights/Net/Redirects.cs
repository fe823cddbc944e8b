using System.Net;

namespace CyberInsights.Net;

/// <summary>Where a redirect leads, and whether one may go there.</summary>
internal static class Redirects
{
    internal static bool Is(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    internal static bool IsPermanent(HttpStatusCode status) => (int)status is 301 or 308;

    /// <exception cref="FetchFailedException">One too many, no usable target, a target that is not allowed, or from https to http.</exception>
    internal static Uri Next(Uri from, HttpResponseMessage response, int followed, OutboundPolicy policy)
    {
        if (followed >= policy.Limits.MaxRedirects)
        {
            throw FetchFailedException.Answer(
                FetchFailure.Redirect,
                $"sends on from address to address more than {policy.Limits.MaxRedirects} times: nothing was read. Give the address where the document is.",
                (int)response.StatusCode
            );
        }
        var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : "";
        if (location.Trim().Length == 0)
        {
            throw FetchFailedException.Answer(
                FetchFailure.Redirect,
                $"sends on ({(int)response.StatusCode}) without saying where: nothing was read. Tell the publisher, or give another address.",
                (int)response.StatusCode
            );
        }
        var next =
            location.Contains('\\', StringComparison.Ordinal) || !Uri.TryCreate(from, location, out var target)
                ? null
                : WebAddress.Read(target, policy);
        if (next is null)
        {
            throw new FetchFailedException(
                FetchFailure.Refused,
                $"{OneLine.Of(from)} sends on to an address that may not be fetched. {Refusal.Sentence(location, policy)}"
            );
        }
        if (from.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)
        {
            throw new FetchFailedException(
                FetchFailure.Refused,
                $"{OneLine.Of(from)} sends on from https to plain http, where anyone on the way could change the text: nothing was read. Give an https address."
            );
        }
        return next;
    }
}
