namespace CyberInsights.Net;

/// <summary>Says in one sentence what went wrong with a fetch.</summary>
internal static class Failures
{
    /// <summary>Null for what is not a failure of the fetch: the caller's own cancellation, and faults of this program.</summary>
    internal static FetchOutcome.Failed? Outcome(Exception e, Uri at, FetchDeadline deadline, CancellationToken cancel)
    {
        var place = OneLine.Of(at.IsAbsoluteUri ? at.AbsoluteUri : at.OriginalString);
        if (Find<FetchFailedException>(e) is { } known)
        {
            return known.LacksAddress
                ? known.Outcome with
                {
                    Sentence = $"{place} {known.Outcome.Sentence}",
                }
                : known.Outcome;
        }
        if (cancel.IsCancellationRequested)
        {
            return null;
        }
        if (deadline.Expired)
        {
            return new FetchOutcome.Failed(
                $"{place} {deadline.WhatRanOut}: reading was stopped and nothing kept. It is tried again by itself.",
                FetchFailure.Timeout
            );
        }
        return e switch
        {
            HttpRequestException http => Broken(http.HttpRequestError, place),
            HttpIOException io => Broken(io.HttpRequestError, place),
            IOException => Broken(HttpRequestError.ResponseEnded, place),
            _ => null,
        };
    }

    private static FetchOutcome.Failed Broken(HttpRequestError error, string place) =>
        error switch
        {
            HttpRequestError.ResponseEnded => new FetchOutcome.Failed(
                $"{place} ended its answer before it was complete: nothing was kept. It is tried again by itself.",
                FetchFailure.Truncated
            ),
            HttpRequestError.ConfigurationLimitExceeded => new FetchOutcome.Failed(
                $"{place} sent more headers than are read: nothing was kept. Tell the publisher if it stays so.",
                FetchFailure.Protocol
            ),
            _ => new FetchOutcome.Failed(
                $"{place} did not answer as a web server does: nothing was kept. Look whether the address still works.",
                FetchFailure.Protocol
            ),
        };

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        while (e is not null and not T)
        {
            e = e.InnerException;
        }
        return e as T;
    }
}
