using CyberInsights.Net;

namespace CyberInsights.Capture;

/// <summary>What came of one fetch, ready to be stored.</summary>
internal sealed record Fetched(FetchOutcome Outcome, PackedBody? Body, DateTimeOffset At)
{
    internal NewSnapshot Snapshot(long sourceId, long? pageOf, FetchOutcome.Fresh fresh, PackedBody body) =>
        new()
        {
            SourceId = sourceId,
            Address = fresh.FinalAddress.AbsoluteUri,
            PageOf = pageOf,
            FetchedAt = At,
            Status = fresh.Status,
            ContentType = fresh.ContentType,
            Body = body,
        };
}
