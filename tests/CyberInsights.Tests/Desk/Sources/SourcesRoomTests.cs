using System.Net;
using System.Text;
using CyberInsights.Capture;
using CyberInsights.Edit;
using CyberInsights.Net;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Desk.Sources;
using CyberInsights.Tests.Net;
using CyberInsights.Tests.Site;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Desk.Sources;

public sealed class SourcesRoomTests
{
    private const string Feed =
        "<rss version=\"2.0\"><channel><title>Invented Post</title><item><title>Ransomware at the port</title><link>http://post.example/1</link><description>Ships wait.</description><pubDate>Wed, 28 May 2025 10:00:00 GMT</pubDate></item><item><title>Goal in the last minute</title><link>http://post.example/2</link></item></channel></rss>";

    private const string Page =
        "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss\"></head><body>Post</body></html>";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sources_are_paused_together_and_brought_back_by_undoing_it()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);

        var paused = await client.SubmitAsync(
            "/desk/sources?state=Active",
            "/desk/sources",
            ("do", "pause"),
            ("key", "s1"),
            ("key", "s2")
        );
        var after = paused.Headers.Location!.OriginalString;
        var states = (await StateAsync(site, "s1"), await StateAsync(site, "s2"), await StateAsync(site, "s3"));
        var undone = await client.SubmitAsync(after, "/desk/sources", ("do", "undo"));

        Assert.Equal(HttpStatusCode.SeeOther, paused.StatusCode);
        Assert.StartsWith("/desk/sources?state=Active&done=", after, StringComparison.Ordinal);
        Assert.Equal((SourceState.Paused, SourceState.Paused, SourceState.Active), states);
        Assert.Equal(HttpStatusCode.SeeOther, undone.StatusCode);
        Assert.Equal(SourceState.Active, await StateAsync(site, "s1"));
        Assert.Equal(SourceState.Active, await StateAsync(site, "s2"));
        var log = await LogAsync(site);
        Assert.Equal(["source.resume", "source.resume", "source.pause", "source.pause"], log.Select(e => e.Action));
        Assert.Equal(log.Skip(2).Select(e => e.Id).Order(), log.Take(2).Select(e => e.Undoes!.Value).Order());
        Assert.All(log, e => Assert.Equal("Editor of the desk", e.Member));
    }

    [Fact]
    public async Task A_button_of_a_row_acts_on_that_row_alone_and_nothing_chosen_is_refused()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);

        await client.SubmitAsync("/desk/sources", "/desk/sources", ("one", "pause:s3"), ("key", "s1"));
        var nothing = await client.SubmitAsync("/desk/sources", "/desk/sources", ("do", "pause"));

        Assert.Equal(SourceState.Paused, await StateAsync(site, "s3"));
        Assert.Equal(SourceState.Active, await StateAsync(site, "s1"));
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
    }

    [Fact]
    public async Task The_list_is_sifted_by_state_words_and_need()
    {
        await using var site = await DeskSite.StartAsync();
        await Store(site).SetStateAsync("s2", SourceState.Paused, Cancel);
        await site.Database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update sources set failures = 5, last_error = 'It broke.' where key = 's4'",
                    null,
                    Cancel
                ),
            Cancel
        );
        using var client = await site.ClientAsync(DeskRole.Editor);

        Assert.Equal(["s2"], await KeysAsync("?state=Paused"));
        Assert.Equal(["s4"], await KeysAsync("?needs=1"));
        Assert.Equal(["s3"], await KeysAsync("?q=central+wire"));
        Assert.Empty(await KeysAsync("?label=nothing"));
        Assert.Equal(9, (await KeysAsync("")).Count);

        async Task<List<string>> KeysAsync(string query) =>
            [
                .. (await client.PageAsync($"/desk/sources{query}"))
                    .QuerySelectorAll(".desk-sources [name=key]")
                    .Select(i => i.GetAttribute("value")!),
            ];
    }

    [Fact]
    public async Task A_list_in_OPML_adds_nothing_before_it_was_shown()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var before = (await Store(site).AllAsync(Cancel)).Count;
        const string opml =
            "<opml version=\"2.0\"><body><outline text=\"Press\"><outline text=\"Post\" xmlUrl=\"https://post.example/feed\"/><outline text=\"Known\" xmlUrl=\"https://s1.example/feed.xml\"/><outline text=\"Inside\" xmlUrl=\"http://127.0.0.1/feed\"/></outline></body></opml>";

        var shown = await SendAsync(client, opml);
        var page = await PageTests.ParseAsync(await shown.Content.ReadAsStringAsync(Cancel));
        var between = (await Store(site).AllAsync(Cancel)).Count;
        var list = page.QuerySelector("input[name=list]")!.GetAttribute("value")!;
        var added = await SendAsync(client, list, "list");

        Assert.Contains(
            "https://post.example/feed",
            page.QuerySelector("tbody")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not an http or https address",
            page.QuerySelector("ul.list")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(before, between);
        Assert.Equal(HttpStatusCode.SeeOther, added.StatusCode);
        var source = await Store(site).FindAsync("post-example", Cancel);
        Assert.Equal(["press"], source.Labels!);
        Assert.Equal("source.add", Assert.Single(await LogAsync(site)).Action);
        Assert.Contains(
            "xmlUrl=\"https://post.example/feed\"",
            await client.Http.GetStringAsync("/desk/sources/list.opml", Cancel),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Fields_are_changed_with_what_was_before_in_the_log_and_changed_back_by_undoing_it()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var before = await Store(site).FindAsync("s1", Cancel);

        var saved = await SaveAsync(
            client,
            ("name", "Другое имя"),
            ("exclude", "goal\r\nsport"),
            ("labels", "Press, local")
        );
        var changed = await Store(site).FindAsync("s1", Cancel);
        var entry = Assert.Single(await LogAsync(site));
        var same = await SaveAsync(
            client,
            ("name", "Другое имя"),
            ("exclude", "goal\r\nsport"),
            ("labels", "Press, local")
        );
        var bad = await SaveAsync(client, ("name", "Другое имя"), ("country", "Nowhere"));
        var undone = await client.SubmitAsync(
            "/desk/sources/s1",
            "/desk/sources/s1",
            ("do", "undo"),
            ("entry", $"{entry.Id}")
        );
        var again = await client.SubmitAsync(
            "/desk/sources/s1",
            "/desk/sources/s1",
            ("do", "undo"),
            ("entry", $"{entry.Id}")
        );

        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal(("Другое имя", "goal\nsport"), (changed.Name, changed.ExcludeRules));
        Assert.Equal(["local", "press"], changed.Labels!);
        Assert.Equal(("source.change", "as agreed"), (entry.Action, entry.Reason));
        Assert.Contains($"\"before\":{{\"name\":\"{before.Name}\"", entry.Detail, StringComparison.Ordinal);
        Assert.Contains("\"after\":{\"name\":\"Другое имя\"", entry.Detail, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, same.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, undone.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        var back = await Store(site).FindAsync("s1", Cancel);
        Assert.Equal((before.Name, before.ExcludeRules, before.Address), (back.Name, back.ExcludeRules, back.Address));
        Assert.Empty(back.Labels!);
    }

    [Fact]
    public async Task A_change_that_was_changed_again_is_not_taken_back()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        await SaveAsync(client, ("name", "Second name"));
        var entry = Assert.Single(await LogAsync(site));
        await SaveAsync(client, ("name", "Third name"));

        var refused = await client.SubmitAsync(
            "/desk/sources/s1",
            "/desk/sources/s1",
            ("do", "undo"),
            ("entry", $"{entry.Id}")
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("Third name", (await Store(site).FindAsync("s1", Cancel)).Name);
    }

    [Fact]
    public async Task Rules_are_tried_on_what_came_last_before_they_are_saved()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        var source = await Store(site).FindAsync("s1", Cancel);
        await site.Database.WriteAsync(
            t =>
                SnapshotStore.AddAsync(
                    t,
                    new NewSnapshot
                    {
                        SourceId = source.Id,
                        Address = source.Address,
                        FetchedAt = t.Now,
                        ContentType = "application/rss+xml",
                        Body = PackedBody.Pack(Encoding.UTF8.GetBytes(Feed)),
                    },
                    Cancel
                ),
            Cancel
        );

        var tried = await SaveAsync(client, ("do", "preview"), ("exclude", "goal"));
        var page = await LookAsync(client, tried);

        Assert.Contains(
            "Goal in the last minute",
            page.QuerySelector(".note ul")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Ransomware", page.QuerySelector(".note ul")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("goal", page.QuerySelector("#exclude")!.TextContent.Trim());
        Assert.Null((await Store(site).FindAsync("s1", Cancel)).ExcludeRules);
        Assert.Empty(await LogAsync(site));
    }

    [Fact]
    public async Task A_source_is_deleted_only_when_its_key_is_typed()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);

        var wrong = await client.SubmitAsync("/desk/sources/s1", "/desk/sources/s1", ("do", "delete"), ("typed", "s2"));
        var still = await client.GetAsync("/desk/sources/s1");
        var deleted = await client.SubmitAsync(
            "/desk/sources/s1",
            "/desk/sources/s1",
            ("do", "delete"),
            ("typed", "s1"),
            ("reason", "gone")
        );
        var gone = await client.GetAsync("/desk/sources/s1");

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        var entry = Assert.Single(await LogAsync(site));
        Assert.Equal(("source.delete", "s1", "gone"), (entry.Action, entry.SubjectKey, entry.Reason));
    }

    [Fact]
    public async Task A_test_shows_the_whole_exchange_without_its_secrets_and_stores_nothing()
    {
        var requests = 0;
        await using var server = new RawServer(x =>
        {
            Interlocked.Increment(ref requests);
            return x.Path.StartsWith("/feed", StringComparison.Ordinal)
                ? x.RedirectAsync("/rss")
                : x.OkAsync(Feed, "Set-Cookie: visit=hush2\r\n");
        });
        await using var site = await DeskSite.StartAsync(
            outbound: new OutboundPolicy { ReservedHosts = server.Endpoint }
        );
        await Store(site)
            .SaveAsync([Some.Source("post") with { Address = "http://post.example/feed?token=hush1" }], Cancel);
        using var client = await site.ClientAsync(DeskRole.Editor);

        var answer = await client.SubmitAsync("/desk/sources/post", "/desk/sources/post", ("do", "test"));
        var asked = requests;
        var page = await LookAsync(client, answer);
        var again = await LookAsync(client, answer);
        using var other = await site.ClientAsync(DeskRole.Administrator);

        // A reload shows the same and fetches nothing, and nobody else sees it.
        Assert.Equal(2, asked);
        Assert.Equal(asked, requests);
        Assert.NotNull(again.QuerySelector(".exchange"));
        Assert.Null((await LookAsync(other, answer)).QuerySelector(".exchange"));
        var exchange = string.Join('\n', page.QuerySelectorAll(".exchange").Select(p => p.TextContent));
        Assert.Contains("> GET /feed?token=*** HTTP/1.1", exchange, StringComparison.Ordinal);
        Assert.Contains("< Location: /rss", exchange, StringComparison.Ordinal);
        Assert.Contains("< Set-Cookie: ***", exchange, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", exchange, StringComparison.Ordinal);
        Assert.Contains("Invented Post", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await LogAsync(site));
    }

    [Fact]
    public async Task A_pasted_address_becomes_a_source_after_it_was_looked_at()
    {
        await using var server = new RawServer(x =>
            x.Path == "/rss" ? x.OkAsync(Feed)
            : x.Path == "/"
                ? x.SendAsync(
                    $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {Page.Length}\r\n\r\n{Page}"
                )
            : x.SendAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        );
        await using var site = await DeskSite.StartAsync(
            outbound: new OutboundPolicy { ReservedHosts = server.Endpoint }
        );
        using var client = await site.ClientAsync(DeskRole.Editor);
        const string room = NewSourcePages.Address;

        var found = await LookAsync(
            client,
            await client.SubmitAsync(room, room, ("do", "find"), ("pasted", "http://post.example/"))
        );
        var address = found.QuerySelector("input[name=address]")!.GetAttribute("value")!;
        var looked = await LookAsync(
            client,
            await client.SubmitAsync(room, room, ("do", "preview"), ("address", address), ("kind", "feed"))
        );
        var nothing = await Store(site).GetAsync("post-example", Cancel);
        var fields = Fields(
            ("do", "add"),
            ("name", looked.QuerySelector("#name")!.GetAttribute("value")!),
            ("address", address),
            ("wanted", "post")
        );
        var odd = await client.SubmitAsync(room, room, [.. fields.Where(f => f.Item1 != "do"), ("do", "append")]);
        var none = (await Store(site).AllAsync(Cancel)).Count(s => s.Address == address);
        var added = await client.SubmitAsync(room, room, fields);
        var twice = await client.SubmitAsync(room, room, fields);
        var inside = await client.SubmitAsync(room, room, ("do", "find"), ("pasted", "http://127.0.0.1/"));

        Assert.Contains("Ransomware at the port", looked.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Null(nothing);
        Assert.Equal((HttpStatusCode.BadRequest, 0), (odd.StatusCode, none));
        Assert.Equal("/desk/sources/post", added.Headers.Location!.OriginalString);
        Assert.Equal("Invented Post", (await Store(site).FindAsync("post", Cancel)).Name);
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        Assert.Contains(
            "is read already, as post",
            await twice.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
        Assert.True(inside.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest, $"{inside.StatusCode}");
        Assert.Equal("source.add", Assert.Single(await LogAsync(site)).Action);
    }

    [Fact]
    public async Task The_room_looks_right_everywhere()
    {
        await using var site = await DeskSite.StartAsync();
        // Called like a page of the room could be.
        await Store(site).SaveAsync([Some.Source("new")], Cancel);
        await site
            .Services.GetRequiredService<SourceDeeds>()
            .SetStateAsync(Member.Program, ["s1"], SourceState.Paused, Cancel);
        var entry = Assert.Single(await LogAsync(site));

        await DeskLooks.CheckAsync(
            site,
            DeskRole.Editor,
            $"/desk/sources?done={entry.Id}",
            "/desk/sources/s1",
            NewSourcePages.Address
        );
    }

    internal static SourceStore Store(DeskSite site) => site.Services.GetRequiredService<SourceStore>();

    private static async Task<SourceState> StateAsync(DeskSite site, string key) =>
        (await Store(site).FindAsync(key, Cancel)).State;

    internal static Task<IReadOnlyList<AuditEntry>> LogAsync(DeskSite site) =>
        site.Services.GetRequiredService<AuditLog>().ReadAsync(new AuditFilter { Subject = "source" }, 0, 50, Cancel);

    // The page that a form which looks at something leads to.
    internal static async Task<AngleSharp.Dom.IDocument> LookAsync(DeskClient client, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return await client.PageAsync(answer.Headers.Location!.OriginalString);
    }

    // The form of a source as it is filled in when it is opened, with what is changed in it.
    private static Task<HttpResponseMessage> SaveAsync(
        DeskClient client,
        params (string Name, string Value)[] changed
    ) =>
        client.SubmitAsync(
            "/desk/sources/s1",
            "/desk/sources/s1",
            Fields([("do", "save"), ("reason", "as agreed"), ("name", "One"), .. changed])
        );

    internal static (string, string)[] Fields(params (string Name, string Value)[] changed) =>
        [
            .. new[] { ("language", "en"), ("reliability", "3"), ("relevance", "all"), ("watch-edits", "on") }
                .Concat(changed)
                .GroupBy(f => f.Item1)
                .Select(g => g.Last()),
        ];

    private static async Task<HttpResponseMessage> SendAsync(DeskClient client, string text, string? field = null)
    {
        var token = (await client.PageAsync("/desk/sources"))
            .QuerySelector("input[name=token]")!
            .GetAttribute("value")!;
        using var form = new MultipartFormDataContent { { new StringContent(token), "token" } };
        if (field is null)
        {
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "list.opml");
        }
        else
        {
            form.Add(new StringContent(text), field);
        }
        return await client.Http.PostAsync("/desk/sources/list.opml", form, Cancel);
    }
}
