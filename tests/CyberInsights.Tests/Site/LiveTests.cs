using System.Net;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Live;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CyberInsights.Tests.Site;

public sealed class LiveTests : IAsyncLifetime
{
    private OwnSite site = null!;
    private long lead;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site = await OwnSite.StartAsync();
        await InventedDay.FillAsync(site.Database);
        lead = await site.Database.FirstAsync<long>(
            "select id from events where slug = @slug",
            new { slug = InventedDay.LeadSlug },
            Cancel
        );
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task An_open_page_is_told_what_was_published_since_it_was_made()
    {
        var page = await PageTests.ParseAsync(await site.TextAsync($"/events/{InventedDay.LeadSlug}"));
        using var stream = await OpenAsync(page.QuerySelector("[data-live]")!.GetAttribute("data-live")!);
        Assert.Equal("event: beat", await stream.ReadLineAsync(Cancel));

        await PublishAsync(ChangeKind.StatementAdded, ChangeKind.StatementAdded, ChangeKind.NumberRevised);

        Assert.Equal("2 new statements, 1 other change", await NewsAsync(stream));
        site.Clock.Advance(TimeSpan.FromSeconds(3));
        await PublishAsync(ChangeKind.StatementAdded);
        Assert.Equal("3 new statements, 1 other change", await NewsAsync(stream));
    }

    [Fact]
    public async Task A_stream_speaks_the_language_of_its_page_and_counts_from_the_change_it_names()
    {
        var changes = site.Services.GetRequiredService<LiveChanges>();
        var before = await changes.NewestAsync(Cancel);
        await PublishAsync(ChangeKind.ReportAdded, ChangeKind.ReportAdded, ChangeKind.NumberRevised);

        using var all = await OpenAsync($"/ar/live?after={before}");
        using var other = await OpenAsync($"/live?event=another&after={before}");

        Assert.Equal("تقريران جديدان", await NewsAsync(all));
        Assert.Equal(new LiveCount(), changes.Count(before, "another"));
        Assert.Equal(new LiveCount(), changes.Count(await changes.NewestAsync(Cancel), null));
    }

    [Fact]
    public async Task An_empty_newsroom_tells_of_its_first_change()
    {
        await using var empty = await OwnSite.StartAsync();
        var changes = empty.Services.GetRequiredService<LiveChanges>();
        Assert.Equal(0, await changes.NewestAsync(Cancel));

        await InventedDay.FillAsync(empty.Database);
        await changes.ReadAsync(Cancel);

        Assert.Equal(1, changes.Count(0, null).Events);
    }

    [Fact]
    public async Task A_stream_is_never_packed_or_kept_and_says_when_to_come_again()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/live");
        request.Headers.Add("Accept-Encoding", "br, gzip");
        using var answer = await site.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("br", answer.Content.Headers.ContentEncoding);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(["no"], answer.Headers.GetValues("X-Accel-Buffering"));
        Assert.Equal(["event: beat", "data: ", "retry: 10000"], await LinesAsync(stream, 3));
    }

    [Theory]
    [InlineData("/live?after=soon")]
    [InlineData("/live?after=99999999999999999999")]
    public async Task A_number_that_is_none_is_refused(string path)
    {
        using var answer = await site.Http.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Twenty_streams_of_one_address_are_open_and_one_more_is_refused_until_one_ends()
    {
        var streams = new List<StreamReader>();
        for (var i = 0; i < LiveStreams.MaxOfOneAddress; i++)
        {
            streams.Add(await OpenAsync("/live"));
        }

        using var refused = await site.Http.GetAsync("/live", Cancel);
        using var neighbour = await OpenAsync("/live", "192.0.2.7");
        streams[0].Dispose();
        await UntilOpenAsync(LiveStreams.MaxOfOneAddress);
        using var again = await OpenAsync("/live");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        streams.ForEach(s => s.Dispose());
    }

    [Fact]
    public void There_is_room_for_a_number_of_streams_in_all()
    {
        var streams = site.Services.GetRequiredService<LiveStreams>();
        var places = Enumerable
            .Range(0, LiveStreams.MaxInAll)
            .Select(i => streams.Enter(new IPAddress([10, 0, (byte)(i / 250), (byte)(i % 250)])))
            .ToList();

        Assert.DoesNotContain(null, places);
        Assert.Null(streams.Enter(IPAddress.Parse("10.1.0.1")));
        places[0]!.Dispose();
        places[0]!.Dispose();
        Assert.Equal(LiveStreams.MaxInAll - 1, streams.Open);
        Assert.NotNull(streams.Enter(IPAddress.Parse("10.1.0.1")));
    }

    [Fact]
    public async Task Hundreds_of_streams_cost_little_and_end_when_the_program_stops()
    {
        const int Streams = 400;
        const long BytesOfOne = 60_000;
        using (await OpenAsync("/live", "192.0.2.200")) { }
        await UntilOpenAsync(0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var open = new List<StreamReader>();
        for (var i = 0; i < Streams; i++)
        {
            var stream = await OpenAsync("/live?after=1", $"192.0.2.{i / LiveStreams.MaxOfOneAddress}");
            Assert.Equal("event: beat", await stream.ReadLineAsync(Cancel));
            open.Add(stream);
        }

        // Both ends of every connection are in this process.
        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / Streams, 0, BytesOfOne);
        await PublishAsync(ChangeKind.Opened);
        foreach (var stream in open)
        {
            Assert.Equal("1 new event", await NewsAsync(stream));
        }
        site.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        foreach (var stream in open)
        {
            await stream.ReadToEndAsync(Cancel);
            stream.Dispose();
        }
    }

    [Fact]
    public async Task A_publication_costs_one_reading_and_what_is_remembered_has_an_end()
    {
        var changes = site.Services.GetRequiredService<LiveChanges>();
        var before = await changes.NewestAsync(Cancel);
        await PublishAsync([.. Enumerable.Repeat(ChangeKind.StatementAdded, 1 + LiveChanges.Remembered)]);

        Assert.Equal(LiveChanges.Remembered, changes.Count(before, InventedDay.LeadSlug).Statements);
        var known = await changes.NewestAsync(Cancel);
        await site.ChangeAsync("delete from dossier_changes");
        Assert.Equal(known, await changes.NewestAsync(Cancel));
    }

    [Theory]
    [InlineData("203.0.113.9", "192.0.2.1", "203.0.113.9")]
    [InlineData("127.0.0.1", null, "127.0.0.1")]
    [InlineData("127.0.0.1", "198.51.100.4, 192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:10.0.0.2", "192.0.2.1", "192.0.2.1")]
    [InlineData("127.0.0.1", "nobody", "127.0.0.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", null, "2001:db8:1:2::")]
    public void A_stream_is_counted_for_the_reader_and_not_for_the_proxy_of_the_house(
        string peer,
        string? forwarded,
        string reader
    )
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        http.Request.Headers["X-Forwarded-For"] = forwarded;

        Assert.Equal(IPAddress.Parse(reader), LiveEndpoint.ReaderOf(http));
    }

    private async Task PublishAsync(params ChangeKind[] kinds)
    {
        await site.Database.WriteAsync(
            t =>
                t.InsertAsync(
                    "dossier_changes (id, event_id, kind, text, report_id, statement_id, at)",
                    [.. kinds.Select(kind => (object?[])[t.NextId(), lead, kind, "", null, null, t.Now])],
                    "",
                    Cancel
                ),
            Cancel
        );
        await site.Services.GetRequiredService<LiveChanges>().ReadAsync(Cancel);
    }

    private async Task<StreamReader> OpenAsync(string path, string? reader = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", reader);
        var answer = await site.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
    }

    private async Task UntilOpenAsync(int count)
    {
        var streams = site.Services.GetRequiredService<LiveStreams>();
        while (streams.Open != count)
        {
            await Task.Delay(10, Cancel);
        }
    }

    private static async Task<string> NewsAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync(Cancel) != "event: news") { }
        return (await stream.ReadLineAsync(Cancel))!["data: ".Length..];
    }

    private static async Task<string[]> LinesAsync(StreamReader stream, int count)
    {
        var lines = new string[count];
        for (var i = 0; i < count; i++)
        {
            lines[i] = (await stream.ReadLineAsync(Cancel))!;
        }
        return lines;
    }
}
