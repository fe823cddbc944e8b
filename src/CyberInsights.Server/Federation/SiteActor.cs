using System.Text;
using System.Text.Json.Nodes;
using CyberInsights.Server.Feeds;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Federation;

/// <summary>The account as which the site can be followed (W3C ActivityPub), with its addresses. It publishes, and shows nobody's posts.</summary>
internal sealed class SiteActor(CurrentSettings current)
{
    internal const string ContentType = "application/activity+json; charset=utf-8";
    internal const string Public = "https://www.w3.org/ns/activitystreams#Public";
    internal const string Context = "https://www.w3.org/ns/activitystreams";

    /// <summary>Before the at sign of the account's name.</summary>
    internal const string User = "news";

    internal const string Place = "/federation";

    internal string Id => Absolute($"{Place}/actor");
    internal string KeyId => $"{Id}#main-key";
    internal string Inbox => Absolute($"{Place}/inbox");
    internal string Outbox => Absolute($"{Place}/outbox");
    internal string Followers => Absolute($"{Place}/followers");

    /// <summary><c>news@news.example</c></summary>
    internal string Account => AccountOf(current.Now);

    internal static string AccountOf(SiteSettings settings) => $"{User}@{settings.BaseAddress.Authority}";

    internal string Absolute(string path) => new Uri(current.Now.BaseAddress, path).AbsoluteUri;

    internal JsonObject Describe(string publicKeyPem, DateTimeOffset since) =>
        new()
        {
            ["@context"] = new JsonArray(Context, "https://w3id.org/security/v1"),
            ["id"] = Id,
            ["type"] = "Service",
            ["preferredUsername"] = User,
            ["name"] = PageContext.NameIn(Language.Default, current.Now),
            ["summary"] =
                $"<p>{System.Net.WebUtility.HtmlEncode(PageContext.AboutIn(Language.Default, current.Now))}</p>",
            ["url"] = Absolute("/"),
            ["published"] = Posts.Iso(since),
            ["manuallyApprovesFollowers"] = false,
            ["discoverable"] = true,
            ["inbox"] = Inbox,
            ["outbox"] = Outbox,
            ["followers"] = Followers,
            ["endpoints"] = new JsonObject { ["sharedInbox"] = Inbox },
            ["icon"] = new JsonObject
            {
                ["type"] = "Image",
                ["mediaType"] = "image/png",
                ["url"] = Absolute(SiteFiles.Address("icon-512.png")),
            },
            ["publicKey"] = new JsonObject
            {
                ["id"] = KeyId,
                ["owner"] = Id,
                ["publicKeyPem"] = publicKeyPem,
            },
        };

    /// <summary>Where the account is (RFC 7033).</summary>
    internal JsonObject WebFinger() =>
        new()
        {
            ["subject"] = $"acct:{Account}",
            ["aliases"] = new JsonArray(Id),
            ["links"] = new JsonArray(
                new JsonObject
                {
                    ["rel"] = "self",
                    ["type"] = "application/activity+json",
                    ["href"] = Id,
                },
                new JsonObject
                {
                    ["rel"] = "http://webfinger.net/rel/profile-page",
                    ["type"] = "text/html",
                    ["href"] = Absolute("/"),
                }
            ),
        };

    /// <summary>Whether somebody asks for the account: by its name, or by its address.</summary>
    internal bool IsAskedFor(string resource) =>
        resource.Equals($"acct:{Account}", StringComparison.OrdinalIgnoreCase) || resource == Id;

    /// <summary>What the server is (nodeinfo.diaspora.software, version 2.1).</summary>
    internal static JsonObject NodeInfo(long posts) =>
        new()
        {
            ["version"] = "2.1",
            ["software"] = new JsonObject { ["name"] = "cybersecurity-insights", ["version"] = "0.1.0" },
            ["protocols"] = new JsonArray("activitypub"),
            ["services"] = new JsonObject
            {
                ["inbound"] = new JsonArray(),
                ["outbound"] = new JsonArray("atom1.0", "rss2.0"),
            },
            ["openRegistrations"] = false,
            ["usage"] = new JsonObject
            {
                ["users"] = new JsonObject { ["total"] = 1 },
                ["localPosts"] = posts,
            },
            ["metadata"] = new JsonObject(),
        };

    internal static BodyResult Answer(
        JsonNode json,
        string contentType = ContentType,
        int status = StatusCodes.Status200OK
    ) => new(Body.Of(Encoding.UTF8.GetBytes(json.ToJsonString()), contentType)) { Status = status, CrossOrigin = true };
}
