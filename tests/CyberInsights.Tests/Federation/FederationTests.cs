using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CyberInsights.Deliver;
using CyberInsights.Server.Site;
using CyberInsights.Tests.Publish.Reading;
using CyberInsights.Tests.Site;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Federation;

/// <summary>The site and a server of the fediverse, both on loopback; that server signs and verifies with code of its own.</summary>
public sealed partial class FederationTests
{
    [Fact]
    public async Task A_site_that_does_not_want_it_has_none_of_the_addresses()
    {
        await using var own = await OwnSite.StartAsync();
        foreach (
            var path in (string[])
                [
                    "/.well-known/webfinger?resource=acct:news@news.example",
                    "/.well-known/nodeinfo",
                    "/nodeinfo/2.1",
                    "/federation/actor",
                    "/federation/outbox",
                ]
        )
        {
            using var answer = await own.Http.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_account_is_found_by_its_name_and_says_where_it_is_followed()
    {
        using var finger = await http.GetAsync("/.well-known/webfinger?resource=acct:News@news.example", Cancel);
        var link = (await JsonAsync(finger)).GetProperty("links")[0];
        var actor = await GetAsync("/federation/actor");
        var again = await GetAsync("/federation/actor");
        var info = await GetAsync(
            new Uri(
                (await GetAsync("/.well-known/nodeinfo")).GetProperty("links")[0].GetProperty("href").GetString()!
            ).AbsolutePath
        );

        Assert.Equal("application/jrd+json", finger.Content.Headers.ContentType!.MediaType);
        Assert.Equal("*", finger.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(
            (Site, "application/activity+json"),
            (link.GetProperty("href").GetString(), link.GetProperty("type").GetString())
        );
        Assert.Equal(
            (Site, "news", "Service"),
            (
                actor.GetProperty("id").GetString(),
                actor.GetProperty("preferredUsername").GetString(),
                actor.GetProperty("type").GetString()
            )
        );
        Assert.Equal("https://news.example/federation/inbox", actor.GetProperty("inbox").GetString());
        Assert.Equal(actor.GetProperty("publicKey").GetRawText(), again.GetProperty("publicKey").GetRawText());
        Assert.Equal(
            ("2.1", "activitypub"),
            (info.GetProperty("version").GetString(), info.GetProperty("protocols")[0].GetString())
        );
    }

    [Theory]
    [InlineData("/.well-known/webfinger", HttpStatusCode.BadRequest)]
    [InlineData("/.well-known/webfinger?resource=acct:other@news.example", HttpStatusCode.NotFound)]
    [InlineData("/.well-known/webfinger?resource=acct:news@elsewhere.example", HttpStatusCode.NotFound)]
    [InlineData("/federation/articles/1", HttpStatusCode.NotFound)]
    [InlineData("/federation/people/1", HttpStatusCode.NotFound)]
    public async Task What_is_not_here_says_so(string path, HttpStatusCode expected)
    {
        using var answer = await http.GetAsync(path, Cancel);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Who_follows_is_told_so_and_then_of_new_articles_by_signed_messages()
    {
        using var taken = await SendAsync(Follow());
        await DrainAsync();
        var accept = JsonNode.Parse(received[0].Body)!;
        await PublishAsync("one");

        await DrainAsync();

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Equal(
            ("/users/ann/inbox", "Accept", "http://social.example/follows/1"),
            (received[0].Path, (string?)accept["type"], (string?)accept["object"]!["id"])
        );
        var (path, body, headers) = received[1];
        var create = JsonNode.Parse(body)!;
        Assert.Equal(("/inbox", "Create", Site), (path, (string?)create["type"], (string?)create["actor"]));
        var article = create["object"]!;
        Assert.Equal(
            ("Article", "one", "<p>one</p>"),
            ((string?)article["type"], (string?)article["name"], (string?)article["content"])
        );
        Assert.Equal("https://news.example/articles/one", (string?)article["url"]);
        foreach (var one in received)
        {
            await VerifyAsync(one.Path, one.Body, one.Headers);
        }
        Assert.StartsWith("application/activity+json", headers.ContentType.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, received.Count);
        Assert.Equal(1, (await GetAsync("/federation/followers")).GetProperty("totalItems").GetInt32());
    }

    [Fact]
    public async Task A_change_is_told_as_an_update_and_what_is_taken_back_as_a_deletion_of_which_a_tombstone_stays()
    {
        (await SendAsync(Follow())).Dispose();
        await PublishAsync("one");
        await DrainAsync();
        var id = (string)JsonNode.Parse(received[^1].Body)!["object"]!["id"]!;
        var before = await GetAsync(new Uri(id).AbsolutePath);
        clock.Advance(TimeSpan.FromMinutes(2));
        await ChangeAsync("update articles set revision = 2, title = 'Changed', changed_at = changed_at + 60000");
        await DrainAsync();
        var update = JsonNode.Parse(received[^1].Body)!;
        clock.Advance(TimeSpan.FromMinutes(2));
        await ChangeAsync("update articles set state = 4");
        await DrainAsync();
        var delete = JsonNode.Parse(received[^1].Body)!;
        await site.Services.GetRequiredService<SiteCache>().EvictAsync(Cancel);
        using var gone = await http.GetAsync(new Uri(id).AbsolutePath, Cancel);

        Assert.Equal("one", before.GetProperty("name").GetString());
        Assert.Equal(("Update", "Changed"), ((string?)update["type"], (string?)update["object"]!["name"]));
        Assert.Equal(
            ("Delete", "Tombstone", id),
            ((string?)delete["type"], (string?)delete["object"]!["type"], (string?)delete["object"]!["id"])
        );
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Equal(4, received.Count);
        Assert.Equal(0, (await GetAsync("/federation/outbox")).GetProperty("totalItems").GetInt32());
    }

    [Fact]
    public async Task An_event_of_the_front_page_is_a_note_with_its_state_and_its_page()
    {
        (await SendAsync(Follow())).Dispose();
        await GetAsync("/federation/actor");
        clock.Advance(TimeSpan.FromSeconds(20));
        await InventedDay.FillAsync(database);

        await DrainAsync();

        var notes = received
            .Select(r => JsonNode.Parse(r.Body)!["object"]!)
            .Where(o => (string?)o["type"] == "Note")
            .ToList();
        Assert.Equal(8, notes.Count);
        var lead = notes.Single(n => ((string)n["url"]!).EndsWith(InventedDay.LeadSlug, StringComparison.Ordinal));
        Assert.StartsWith("<p>Disputed: ", (string)lead["content"]!, StringComparison.Ordinal);
        Assert.Contains(
            $"<a href=\"https://news.example/events/{InventedDay.LeadSlug}\">",
            (string)lead["content"]!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_was_there_before_the_site_could_be_followed_is_told_to_nobody()
    {
        await new Seeds(database).ArticleAsync("old", "Old", "", "Ann", "<p>x</p>", clock.GetUtcNow().AddDays(-1));
        (await SendAsync(Follow())).Dispose();

        await DrainAsync();

        Assert.Single(received);
    }

    [Fact]
    public async Task The_outbox_has_pages_of_what_was_told()
    {
        await GetAsync("/federation/actor");
        for (var i = 0; i < 21; i++)
        {
            await PublishAsync($"a{i:00}");
            await DrainAsync();
        }

        var all = await GetAsync("/federation/outbox");
        var first = await GetAsync("/federation/outbox?page=1");
        var second = await GetAsync(new Uri(first.GetProperty("next").GetString()!).PathAndQuery);

        Assert.Equal(
            (21, "https://news.example/federation/outbox?page=1"),
            (all.GetProperty("totalItems").GetInt32(), all.GetProperty("first").GetString())
        );
        Assert.Equal(
            (20, 1),
            (first.GetProperty("orderedItems").GetArrayLength(), second.GetProperty("orderedItems").GetArrayLength())
        );
        Assert.Equal("a20", first.GetProperty("orderedItems")[0].GetProperty("object").GetProperty("name").GetString());
        Assert.False(second.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Who_unfollows_is_told_nothing_more()
    {
        (await SendAsync(Follow())).Dispose();
        using var undone = await SendAsync(
            new JsonObject
            {
                ["id"] = "http://social.example/undo/1",
                ["type"] = "Undo",
                ["actor"] = Ann,
                ["object"] = Follow(),
            }
        );
        await DrainAsync();
        await PublishAsync("one");

        await DrainAsync();

        Assert.Equal(HttpStatusCode.Accepted, undone.StatusCode);
        Assert.Single(received);
    }

    [Fact]
    public async Task A_message_that_is_sent_again_by_somebody_who_saw_it_does_nothing()
    {
        using var follow = Request(Follow());
        var copy = follow.Headers.ToList();
        (await http.SendAsync(follow, Cancel)).Dispose();
        (
            await SendAsync(
                new JsonObject
                {
                    ["id"] = "http://social.example/undo/1",
                    ["type"] = "Undo",
                    ["actor"] = Ann,
                    ["object"] = Follow(),
                }
            )
        ).Dispose();
        using var replay = Request(Follow());
        replay.Headers.Clear();
        foreach (var (name, values) in copy)
        {
            replay.Headers.TryAddWithoutValidation(name, values);
        }

        using var answer = await http.SendAsync(replay, Cancel);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(0, await database.FirstAsync<long>("select count(*) from followers", null, Cancel));
    }

    [Theory]
    [InlineData("Create")]
    [InlineData("Like")]
    [InlineData("Announce")]
    [InlineData("Delete")]
    public async Task Nothing_but_following_is_taken_and_nobody_is_asked_for_it(string type)
    {
        var message = Follow();
        message["type"] = type;

        using var refused = await SendAsync(message);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("can be followed", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Empty(asked);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("old")]
    [InlineData("early")]
    [InlineData("digest")]
    [InlineData("body")]
    [InlineData("uncovered")]
    [InlineData("target")]
    [InlineData("algorithm")]
    [InlineData("key")]
    [InlineData("other")]
    [InlineData("inbox")]
    [InlineData("owner")]
    [InlineData("nobody")]
    [InlineData("short")]
    public async Task What_is_not_signed_by_the_account_itself_within_the_hour_is_refused(string wrong)
    {
        using var stranger = RSA.Create(2048);
        using var small = RSA.Create(1024);
        var signer = wrong switch
        {
            "key" => stranger,
            "short" => small,
            _ => key,
        };
        account = wrong switch
        {
            "inbox" => path => With(Account(path), a => a["inbox"] = "http://victim.example/inbox"),
            "owner" => path => With(Account(path), a => a["publicKey"]!["owner"] = "http://social.example/users/bo"),
            "short" => path =>
                With(Account(path), a => a["publicKey"]!["publicKeyPem"] = small.ExportSubjectPublicKeyInfoPem()),
            "nobody" => _ => null,
            _ => Account,
        };
        var follow = Follow();
        if (wrong == "other")
        {
            follow["actor"] = "http://social.example/users/bo";
        }
        using var request = Request(
            follow,
            signer,
            clock.GetUtcNow()
                + (
                    wrong == "old" ? TimeSpan.FromMinutes(-61)
                    : wrong == "early" ? TimeSpan.FromMinutes(61)
                    : TimeSpan.Zero
                ),
            wrong == "uncovered" ? "(request-target) host date" : "(request-target) host date digest",
            wrong == "target" ? "/elsewhere" : "/federation/inbox",
            wrong == "algorithm" ? "hmac-sha256" : "rsa-sha256"
        );
        if (wrong == "none")
        {
            request.Headers.Remove("Signature");
        }
        if (wrong == "digest")
        {
            request.Headers.Remove("Digest");
            request.Headers.TryAddWithoutValidation(
                "Digest",
                $"SHA-256={Convert.ToBase64String(SHA256.HashData([1]))}"
            );
        }
        if (wrong == "body")
        {
            follow["id"] = "http://social.example/follows/2";
            request.Content = Json(follow);
        }

        using var refused = await http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(0, await database.FirstAsync<long>("select count(*) from followers", null, Cancel));
    }

    [Fact]
    public async Task A_key_at_an_address_of_its_own_is_that_of_the_account_that_says_so()
    {
        account = path =>
            path == "/users/ann/main-key"
                ? new JsonObject
                {
                    ["id"] = $"{Ann}/main-key",
                    ["publicKey"] = new JsonObject { ["id"] = $"{Ann}/main-key", ["owner"] = Ann },
                }
                : With(Account(path), a => a["publicKey"]!["id"] = $"{Ann}/main-key");
        using var request = Request(Follow(), keyId: $"{Ann}/main-key");

        using var taken = await http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
    }

    [Theory]
    [InlineData("", "application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("{", "application/activity+json", HttpStatusCode.Forbidden)]
    [InlineData("[]", "application/activity+json", HttpStatusCode.Forbidden)]
    [InlineData("{\"type\":7}", "application/ld+json", HttpStatusCode.Forbidden)]
    [InlineData("deep", "application/activity+json", HttpStatusCode.Forbidden)]
    [InlineData("long", "application/activity+json", HttpStatusCode.RequestEntityTooLarge)]
    public async Task What_is_no_message_is_refused(string text, string type, HttpStatusCode expected)
    {
        var content = text switch
        {
            "deep" => $"{{\"actor\":{new string('[', 20)}{new string(']', 20)}}}",
            "long" => new string(' ', (64 * 1024) + 1),
            _ => text,
        };

        using var refused = await http.PostAsync(
            "/federation/inbox",
            new StringContent(content, Encoding.UTF8, type),
            Cancel
        );

        Assert.Equal(expected, refused.StatusCode);
    }

    [Fact]
    public async Task What_failed_is_tried_again_eight_times_and_an_inbox_that_is_gone_is_forgotten()
    {
        (await SendAsync(Follow())).Dispose();
        await DrainAsync();
        received.Clear();
        status = StatusCodes.Status500InternalServerError;
        await PublishAsync("one");
        for (var i = 0; i < 10; i++)
        {
            await DrainAsync();
            clock.Advance(TimeSpan.FromMinutes(Math.Pow(4, i)));
        }
        var tries = received.Count;
        status = StatusCodes.Status410Gone;
        await PublishAsync("two");
        await DrainAsync();
        status = StatusCodes.Status202Accepted;
        await PublishAsync("three");
        await DrainAsync();

        Assert.Equal((Retry.MaxAttempts, tries + 1), (tries, received.Count));
        Assert.Equal(0, await database.FirstAsync<long>("select count(*) from activities", null, Cancel));
    }

    [Fact]
    public async Task A_server_sends_three_hundred_messages_an_hour()
    {
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "insert into form_uses (limit_key, since, uses) values (@key, @Now, @Most)",
                    new
                    {
                        key = FormLimit.InboxHostAnHour.KeyOf("social.example"),
                        t.Now,
                        FormLimit.InboxHostAnHour.Most,
                    },
                    Cancel
                ),
            Cancel
        );

        using var over = await SendAsync(Follow());

        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        Assert.Empty(asked);
    }
}
