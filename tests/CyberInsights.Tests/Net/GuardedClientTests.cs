using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

/// <summary>The client that libraries are given: it goes the guarded way and no other.</summary>
public sealed class GuardedClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_library_gets_documents_from_the_address_that_the_operator_set()
    {
        await using var server = new RawServer(x =>
            x.Path == "/moved" ? x.RedirectAsync("/there") : x.OkAsync($"at {x.Path}")
        );
        using var http = Trusting(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, At(server, "/moved"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
        request.Headers.Add("Cookie", "a=b");

        using var answer = await http.Client.SendAsync(request, Cancel);

        Assert.Equal("at /there", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("application/rss+xml", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Accept: application/json\r\n", server.Heads[0], StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer secret\r\n", server.Heads[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", server.Heads[1], StringComparison.Ordinal);
        Assert.DoesNotContain(server.Heads, h => h.Contains("Cookie", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_goes_out_as_a_form_and_is_led_nowhere_else()
    {
        var body = "";
        await using var server = new RawServer(async x =>
        {
            var bytes = new byte[3];
            await x.Stream.ReadExactlyAsync(bytes, x.Stop);
            body = Encoding.ASCII.GetString(bytes);
            await x.RedirectAsync("/there", "307 Temporary Redirect");
        });
        using var http = Trusting(server);

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("a", "1")]);
        using var answer = await http.Client.PostAsync(At(server, "/token"), form, Cancel);

        Assert.Equal((HttpStatusCode.TemporaryRedirect, 1), (answer.StatusCode, server.Connections));
        Assert.Equal("a=1", body);
        Assert.Contains(
            "Content-Type: application/x-www-form-urlencoded\r\n",
            server.Heads[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Beside_the_address_that_the_operator_set_nothing_of_this_network_is_reached()
    {
        await using var inner = new RawServer(x => x.OkAsync("inside"));
        await using var server = new RawServer(x => x.RedirectAsync(At(inner, "/").AbsoluteUri));
        using var http = Trusting(server);
        using var form = new FormUrlEncodedContent([]);

        foreach (
            var reach in new Func<Task>[]
            {
                () => http.Client.GetAsync(At(server, "/"), Cancel),
                () => http.Client.GetAsync(At(inner, "/"), Cancel),
                () => http.Client.PostAsync(At(inner, "/"), form, Cancel),
                () => http.Client.GetAsync(new Uri("http://169.254.169.254/latest"), Cancel),
            }
        )
        {
            var failure = await Assert.ThrowsAsync<HttpRequestException>(reach);
            Assert.Contains("nothing was fetched", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, inner.Connections);
    }

    [Fact]
    public async Task An_answer_is_bounded_in_size_and_time()
    {
        var limits = Outbound.Hasty with { MaxBodyBytes = 100 };
        await using var server = new RawServer(x =>
            x.Path == "/slow" ? x.SilenceAsync() : x.OkAsync(new string('x', 101))
        );
        using var http = Trusting(server, limits);

        await Assert.ThrowsAsync<HttpRequestException>(() => http.Client.GetAsync(At(server, "/large"), Cancel));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.Client.GetAsync(At(server, "/slow"), Cancel));
    }

    [Fact]
    public async Task Other_methods_and_bodies_without_a_type_do_not_go_out()
    {
        await using var server = new RawServer(x => x.OkAsync("hello"));
        using var http = Trusting(server);
        using var bare = new ByteArrayContent([1]);

        await Assert.ThrowsAsync<NotSupportedException>(() => http.Client.DeleteAsync(At(server, "/"), Cancel));
        await Assert.ThrowsAsync<NotSupportedException>(() => http.Client.PostAsync(At(server, "/"), bare, Cancel));
        Assert.Equal(0, server.Connections);
    }

    private static Uri At(RawServer server, string path) => new($"http://{server.Endpoint}{path}");

    private static GuardedHttp Trusting(RawServer server, OutboundLimits? limits = null) =>
        new(new OutboundPolicy { Trusted = At(server, "/"), Limits = limits ?? new() }, TimeProvider.System);
}
