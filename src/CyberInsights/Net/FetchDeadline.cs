namespace CyberInsights.Net;

/// <summary>The bounds of one fetch: its size, and its clock with a limit for the step at hand and one for the whole, whichever comes first.</summary>
internal sealed class FetchDeadline : IDisposable
{
    private readonly OutboundLimits limits;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource timer;
    private readonly CancellationTokenSource linked;
    private readonly long startedAt;
    private string step = "";
    private TimeSpan stepLimit;
    private int bytesInWindow;

    internal FetchDeadline(OutboundLimits limits, TimeProvider clock, CancellationToken cancel)
    {
        this.limits = limits;
        this.clock = clock;
        MaxBodyBytes = limits.MaxBodyBytes;
        startedAt = clock.GetTimestamp();
        timer = new CancellationTokenSource(limits.Total, clock);
        linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        Token = linked.Token;
        Whole();
    }

    /// <summary>How a request carries its deadline to the connection it causes.</summary>
    internal static HttpRequestOptionsKey<FetchDeadline> Key { get; } = new(nameof(FetchDeadline));

    internal CancellationToken Token { get; }

    /// <summary>Bytes of the body after decoding, and bytes on the wire.</summary>
    internal int MaxBodyBytes { get; init; }

    /// <summary>Told of each step as it begins; null: nobody is.</summary>
    internal FetchTrace? Trace { get; init; }

    internal bool Expired => timer.IsCancellationRequested;

    /// <summary>What ran out, as the end of a sentence: "took longer than 10 s to send its headers".</summary>
    internal string WhatRanOut => $"took longer than {stepLimit.TotalSeconds:0.#} s {step}";

    /// <summary>Only the total counts: the step has limits of its own.</summary>
    internal void Whole() => Enter("in all", limits.Total);

    internal void Tls()
    {
        Trace?.Enter("secure connection");
        Enter("to agree on a secure connection", limits.Tls);
    }

    internal void Headers()
    {
        Trace?.Enter("headers");
        Enter("to send its headers", limits.Headers);
    }

    internal void Body()
    {
        Trace?.Enter("body");
        bytesInWindow = 0;
        Enter($"for {limits.MinBytesPerWindow} bytes of its answer", limits.RateWindow);
    }

    /// <summary>A window of the rate floor ends early when its bytes have come, so a fast answer never waits for one.</summary>
    internal void Received(int bytes)
    {
        bytesInWindow += bytes;
        if (bytesInWindow >= limits.MinBytesPerWindow)
        {
            Body();
        }
    }

    public void Dispose()
    {
        linked.Dispose();
        timer.Dispose();
    }

    private void Enter(string name, TimeSpan limit)
    {
        var left = limits.Total - clock.GetElapsedTime(startedAt);
        (step, stepLimit) = limit < left ? (name, limit) : ("in all", limits.Total);
        if (!timer.IsCancellationRequested)
        {
            timer.CancelAfter(
                limit < left ? limit
                : left > TimeSpan.Zero ? left
                : TimeSpan.Zero
            );
        }
    }
}
