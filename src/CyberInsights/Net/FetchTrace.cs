using System.Globalization;

namespace CyberInsights.Net;

/// <summary>One request of a fetch and its answer, for a person to look at; every text is on one line and bounded, and secrets are masked.</summary>
public sealed class FetchHop
{
    internal FetchHop(string requestLine, IReadOnlyList<string> sent) => (RequestLine, Sent) = (requestLine, sent);

    public string RequestLine { get; }

    /// <summary>Headers as they were sent, <c>Name: value</c>.</summary>
    public IReadOnlyList<string> Sent { get; }

    /// <summary>Null when no answer came.</summary>
    public string? StatusLine { get; internal set; }

    /// <summary>Headers as they came.</summary>
    public IReadOnlyList<string> Received { get; internal set; } = [];

    /// <summary>How long each part took, in order: looking up and connecting, secure connection, headers, body.</summary>
    public IReadOnlyList<(string Part, TimeSpan Time)> Times => times;

    private readonly List<(string Part, TimeSpan Time)> times = [];

    internal void Took(string part, TimeSpan time) => times.Add((part, time));
}

/// <summary>Collects everything that is sent and comes in one fetch, redirects included. For one fetch; not thread safe.</summary>
public sealed class FetchTrace(TimeProvider clock)
{
    private const int MaxValue = 300;

    private readonly List<FetchHop> hops = [];
    private string? part;
    private long partBegan;

    public IReadOnlyList<FetchHop> Hops => hops;

    internal void Sending(HttpRequestMessage message)
    {
        End();
        var address = message.RequestUri!;
        hops.Add(
            new FetchHop(
                OneLine.Of($"{message.Method} {Secrets.Masked(address.PathAndQuery)} HTTP/{message.Version}", MaxValue),
                [$"Host: {OneLine.Of(address.Authority)}", .. Lines(message.Headers)]
            )
        );
        Enter("connect");
    }

    internal void Received(HttpResponseMessage response)
    {
        var hop = hops[^1];
        hop.StatusLine = OneLine.Of(
            string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/{response.Version} {(int)response.StatusCode} {response.ReasonPhrase}"
            )
        );
        hop.Received = [.. Lines(response.Headers), .. Lines(response.Content.Headers)];
    }

    /// <summary>The part that went on until now has ended, and another begins.</summary>
    internal void Enter(string next)
    {
        if (part == next || hops.Count == 0)
        {
            return;
        }
        End();
        (part, partBegan) = (next, clock.GetTimestamp());
    }

    internal void End()
    {
        if (part is not null)
        {
            hops[^1].Took(part, clock.GetElapsedTime(partBegan));
            part = null;
        }
    }

    private static IEnumerable<string> Lines(System.Net.Http.Headers.HttpHeaders headers) =>
        headers.NonValidated.SelectMany(h =>
            h.Value.Select(v => $"{OneLine.Of(h.Key)}: {OneLine.Of(Secrets.Masked(h.Key, v), MaxValue)}")
        );
}
