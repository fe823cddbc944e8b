using System.Net;
using System.Text;
using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

/// <summary>Shorthands for fetching from loopback.</summary>
internal static class Outbound
{
    /// <summary>Limits whose times a test can wait for.</summary>
    internal static OutboundLimits Hasty { get; } =
        new()
        {
            Connect = TimeSpan.FromSeconds(0.5),
            Tls = TimeSpan.FromSeconds(0.5),
            Headers = TimeSpan.FromSeconds(0.5),
            RateWindow = TimeSpan.FromSeconds(0.5),
            Total = TimeSpan.FromSeconds(2),
        };

    internal static GuardedHttp To(IPEndPoint endpoint, OutboundLimits? limits = null) =>
        new(new OutboundPolicy { ReservedHosts = endpoint, Limits = limits ?? new() }, TimeProvider.System);

    internal static Task<FetchOutcome> GetAsync(this GuardedHttp http, string address) =>
        http.GetAsync(new FetchRequest { Address = new Uri(address) }, TestContext.Current.CancellationToken);

    /// <summary>Fetches <c>http://pub.example/feed</c> from <paramref name="server"/>.</summary>
    internal static async Task<FetchOutcome> FetchAsync(this RawServer server, OutboundLimits? limits = null)
    {
        using var http = To(server.Endpoint, limits);
        return await http.GetAsync("http://pub.example/feed");
    }

    internal static string Text(this FetchOutcome outcome) =>
        Encoding.UTF8.GetString(Assert.IsType<FetchOutcome.Fresh>(outcome).Body);

    /// <summary>Asserts a failure of one kind that is told in one line of bounded length, with what it means and what to do.</summary>
    internal static FetchOutcome.Failed FailsWith(this FetchOutcome outcome, FetchFailure why)
    {
        var failed = Assert.IsType<FetchOutcome.Failed>(outcome);
        Assert.True(why == failed.Why, $"expected {why}, got {failed.Why}: {failed.Sentence}");
        Assert.InRange(failed.Sentence.Length, 40, 900);
        Assert.DoesNotContain(failed.Sentence, char.IsControl);
        Assert.EndsWith(".", failed.Sentence, StringComparison.Ordinal);
        Assert.Contains(": ", failed.Sentence, StringComparison.Ordinal);
        return failed;
    }
}
