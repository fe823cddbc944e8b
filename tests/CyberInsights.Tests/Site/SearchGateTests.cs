using System.Net;
using CyberInsights.Server.Site;
using Microsoft.AspNetCore.Http;

namespace CyberInsights.Tests.Site;

public sealed class SearchGateTests
{
    [Fact]
    public async Task A_third_search_of_a_client_waits_a_second_for_its_turn_and_others_do_not()
    {
        var gate = new SearchGate();
        var ends = new TaskCompletionSource<string>();
        var first = gate.SearchAsync(From("203.0.113.7"), _ => ends.Task);
        var second = gate.SearchAsync(From("203.0.113.7"), _ => ends.Task);

        var third = await gate.SearchAsync(From("203.0.113.7"), _ => Task.FromResult("found"));
        var other = await gate.SearchAsync(From("203.0.113.8"), _ => Task.FromResult("found"));
        ends.SetResult("late");
        var again = (
            await first,
            await second,
            await gate.SearchAsync(From("203.0.113.7"), _ => Task.FromResult("found"))
        );

        Assert.Null(third);
        Assert.Equal("found", other);
        Assert.Equal(("late", "late", "found"), again);
    }

    [Fact]
    public async Task A_search_that_is_stopped_is_no_failure()
    {
        var answer = await new SearchGate().SearchAsync<string>(
            From("203.0.113.7"),
            _ => throw new OperationCanceledException()
        );

        Assert.Null(answer);
    }

    private static DefaultHttpContext From(string address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return http;
    }
}
