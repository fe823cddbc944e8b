using System.Net;
using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

/// <summary>Which addresses are fetched, with a name server and a network that a test controls.</summary>
public sealed class AddressTests
{
    private static readonly IPAddress Public = IPAddress.Parse("1.1.1.1");

    public static IEnumerable<TheoryDataRow<string, string>> Blocked => Rows("ssrf_block.tsv");

    public static IEnumerable<TheoryDataRow<string, string>> Allowed => Rows("ssrf_allow.tsv");

    [Theory]
    [MemberData(nameof(Blocked))]
    public async Task A_dangerous_address_causes_no_connection_and_always_the_same_sentence(string address, string why)
    {
        var network = new Network();
        using var http = network.Http();

        var outcome = Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? await http.GetAsync(new FetchRequest { Address = uri }, TestContext.Current.CancellationToken)
            : new FetchOutcome.Failed(http.CheckAddress(address)!, FetchFailure.Refused);

        if (
            !why.StartsWith("first answer public", StringComparison.Ordinal)
            && !why.StartsWith("A public", StringComparison.Ordinal)
        )
        {
            Assert.Empty(network.Connected);
        }
        Assert.DoesNotContain(network.Connected, e => !PublicAddress.Allows(e.Address));
        var failed = outcome.FailsWith(FetchFailure.Refused);
        Assert.Contains("is not an address on the public internet", failed.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/v1/other", true)]
    [InlineData("https://127.0.0.1:{0}/v1", false)]
    [InlineData("http://localhost:{0}/v1", false)]
    [InlineData("http://127.0.0.2:{0}/v1", false)]
    [InlineData("http://user@127.0.0.1:{0}/v1", false)]
    [InlineData("http://127.0.0.1:1/v1", false)]
    public async Task What_the_operator_trusts_lets_in_its_scheme_host_and_port_and_nothing_else(
        string address,
        bool reached
    )
    {
        await using var server = new RawServer(x => x.OkAsync("answer"));
        var port = server.Endpoint.Port;
        using var http = new GuardedHttp(
            new OutboundPolicy { Trusted = new Uri($"http://127.0.0.1:{port}/v1") },
            TimeProvider.System
        );

        var outcome = await http.GetAsync(address.Replace("{0}", $"{port}", StringComparison.Ordinal));

        Assert.Equal(reached, outcome is FetchOutcome.Fresh);
        Assert.Equal(reached ? 1 : 0, server.Connections);
        if (!reached)
        {
            outcome.FailsWith(FetchFailure.Refused);
        }
    }

    [Fact]
    public async Task A_library_may_get_and_post_alone_and_takes_along_two_headers()
    {
        await using var server = new RawServer(x => x.OkAsync("answer"));
        using var http = new GuardedHttp(
            new OutboundPolicy { Trusted = new Uri($"http://{server.Endpoint}/") },
            TimeProvider.System
        );
        var client = http.Client;
        client.DefaultRequestHeaders.Add("Authorization", "Bearer secret");
        client.DefaultRequestHeaders.Add("X-Other", "1");
        var address = new Uri($"http://{server.Endpoint}/");
        var cancel = TestContext.Current.CancellationToken;

        using var answer = await client.PostAsync(address, new StringContent("{}"), cancel);

        Assert.Equal("answer", await answer.Content.ReadAsStringAsync(cancel));
        Assert.Contains("Authorization: Bearer secret", server.Heads[0], StringComparison.Ordinal);
        Assert.DoesNotContain("X-Other", server.Heads[0], StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(() => client.DeleteAsync(address, cancel));
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public async Task A_public_address_is_connected_to(string address, string why)
    {
        var network = new Network();
        using var http = network.Http();

        await http.GetAsync(address);

        Assert.Null(http.CheckAddress(address));
        Assert.True(network.Connected.Count > 0, why);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_and_the_address_that_was_checked_is_the_one_connected_to()
    {
        var answers = new Queue<IPAddress[]>([
            [Public],
            [IPAddress.Loopback],
            [IPAddress.Loopback],
        ]);
        var network = new Network { Answer = _ => answers.Dequeue() };
        using var http = network.Http();

        await http.GetAsync("http://rebind.example/");

        Assert.Equal([new IPEndPoint(Public, 80)], network.Connected);
        Assert.Equal(2, answers.Count);
    }

    [Fact]
    public async Task Of_a_mixed_answer_only_the_public_addresses_are_tried()
    {
        var network = new Network
        {
            Answer = _ => [IPAddress.IPv6Loopback, IPAddress.Parse("::ffff:10.0.0.1"), Public],
        };
        using var http = network.Http();

        await http.GetAsync("http://mixed.example/");

        Assert.Equal([new IPEndPoint(Public, 80)], network.Connected);
    }

    [Fact]
    public async Task Of_five_hundred_addresses_four_are_tried()
    {
        var network = new Network
        {
            Answer = _ =>
                [.. Enumerable.Range(0, 500).Select(i => new IPAddress([1, 1, (byte)(i / 250), (byte)(i % 250)]))],
        };
        using var http = network.Http();

        var outcome = await http.GetAsync("http://many.example/");

        outcome.FailsWith(FetchFailure.Connection);
        Assert.Equal(4, network.Connected.Count);
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_told_in_the_words_of_any_refused_address()
    {
        var network = new Network { Answer = _ => [IPAddress.Parse("10.0.0.1")] };
        using var http = network.Http();

        var inside = await http.GetAsync("http://inside.example/");
        var literal = await http.GetAsync("http://10.0.0.1/");

        Assert.Equal(
            inside.FailsWith(FetchFailure.Refused).Sentence.Replace("inside.example", "X", StringComparison.Ordinal),
            literal.FailsWith(FetchFailure.Refused).Sentence.Replace("http://10.0.0.1/", "X", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_name_without_an_address_and_a_name_server_that_fails_are_told_apart()
    {
        var gone = new Network { Answer = _ => throw new System.Net.Sockets.SocketException(11001) };
        var failing = new Network { Answer = _ => throw new System.Net.Sockets.SocketException(11002) };
        using var first = gone.Http();
        using var second = failing.Http();

        var none = (await first.GetAsync("http://none.example/")).FailsWith(FetchFailure.Name);
        var later = (await second.GetAsync("http://later.example/")).FailsWith(FetchFailure.Name);

        Assert.StartsWith("There is no host none.example", none.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("later.example cannot be looked up now", later.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reserved_names_go_to_their_server_and_no_name_server_is_asked()
    {
        await using var server = new RawServer(x => x.OkAsync("hello"));
        var network = new Network();
        using var http = network.Http(new OutboundPolicy { ReservedHosts = server.Endpoint });

        await http.GetAsync("http://pub.example/");
        var secure = await http.GetAsync("https://pub.example/");

        Assert.Equal([server.Endpoint], network.Connected);
        Assert.Empty(network.Asked);
        Assert.Contains("over http only", secure.FailsWith(FetchFailure.Refused).Sentence, StringComparison.Ordinal);
        Assert.True(http.IsReserved(new Uri("http://a.example/")));
        Assert.False(http.IsReserved(new Uri("http://example/")));
        Assert.False(http.IsReserved(new Uri("http://example.org/")));
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void An_address_may_have_2048_characters(int characters, bool allowed)
    {
        using var http = new Network().Http();

        var address = "http://pub.example/".PadRight(characters, 'a');

        Assert.Equal(allowed, http.CheckAddress(address) is null);
    }

    [Fact]
    public void The_sentence_about_a_refused_address_is_one_bounded_line_whatever_the_address_holds()
    {
        using var http = new Network().Http();

        var sentence = http.CheckAddress("http://127.0.0.1/\r\nINFO all is well \u202e" + new string('x', 5000));

        Assert.NotNull(sentence);
        Assert.True(sentence.Length < 500);
        Assert.DoesNotContain(sentence, c => char.IsControl(c) || c == '\u202e');
    }

    private static IEnumerable<TheoryDataRow<string, string>> Rows(string file) =>
        from line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Hostile", "urls", file))
        let cells = line.Split('\t')
        select new TheoryDataRow<string, string>(cells[0], cells[2]);

    /// <summary>A network in which nothing accepts a connection, and a name server that answers as the tables say.</summary>
    private sealed class Network
    {
        internal List<string> Asked { get; } = [];

        internal List<IPEndPoint> Connected { get; } = [];

        internal Func<string, IPAddress[]> Answer { get; init; } =
            host =>
                host switch
                {
                    "127.0.0.1.nip.io" => [IPAddress.Loopback],
                    _ when host.EndsWith("pub.example", StringComparison.Ordinal) => [Public],
                    _ when host.EndsWith(".example", StringComparison.Ordinal) => [Public],
                    _ => [IPAddress.Loopback],
                };

        internal GuardedHttp Http(OutboundPolicy? policy = null)
        {
            policy ??= new OutboundPolicy();
            return new GuardedHttp(
                policy,
                TimeProvider.System,
                new Dialer(policy, TimeProvider.System)
                {
                    Resolve = (host, _) =>
                    {
                        Asked.Add(host);
                        return Task.Run(() => Answer(host));
                    },
                    Connect = (endpoint, _) =>
                    {
                        Connected.Add(endpoint);
                        throw new System.Net.Sockets.SocketException(10061);
                    },
                }
            );
        }
    }
}
