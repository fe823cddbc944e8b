using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CyberInsights.Capture;
using CyberInsights.Extract.Discovery;
using CyberInsights.Net;

namespace CyberInsights.Server.Commands;

/// <summary><c>sources find</c>: what can be read behind an address that a person pastes.</summary>
internal static class SourcesFindCommand
{
    private static readonly JsonSerializerOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static Command Create(TextWriter output, OutboundPolicy policy)
    {
        var address = new Argument<string>("ADDRESS")
        {
            Description =
                "Any address as a browser shows it: a site, a section, an article, a channel, a profile; a feed too.",
        };
        var json = new Option<bool>("--json") { Description = "One line of JSON." };
        var command = new Command("find", "Find the feeds of a site, the best first. Nothing is stored.")
        {
            address,
            json,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                using var http = new GuardedHttp(policy, TimeProvider.System);
                var finder = new FeedFinder(http, TimeProvider.System, new CaptureLimits());
                var found = await finder.FindAsync(result.GetRequiredValue(address), cancel);
                await output.WriteLineAsync(result.GetValue(json) ? Json(found) : Describe(found));
                return 0;
            }
        );
        return command;
    }

    private static string Describe(FoundFeeds found) =>
        string.Join(
            Environment.NewLine,
            found
                .Candidates.SelectMany(c =>
                    new[] { c.Address, $"    {c.Title ?? "(no title)"} ({c.Format}), {Content(c)}; {How(c)}" }
                )
                .Append(
                    $"Look closer with `insights sources preview ADDRESS`, take one with `insights sources add {found.Candidates[0].Address}`."
                )
        );

    private static string Content(FeedCandidate candidate) =>
        candidate.Items == 0
            ? "no items now"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{candidate.Items} items, newest {Moment(candidate.Newest)}, {Texts(candidate)}"
            );

    private static string Texts(FeedCandidate candidate) =>
        candidate.MedianText == 0 ? "headlines or addresses only: add with --full-text"
        : candidate.FullText ? $"full text (median {candidate.MedianText} characters)"
        : $"teasers (median {candidate.MedianText} characters): add with --full-text";

    private static string How(FeedCandidate candidate) =>
        candidate.Comments
            ? "what readers comment, not the site itself"
            : candidate.By switch
            {
                FoundBy.Given => "the address itself",
                FoundBy.Pattern => "where sites of this make keep it",
                FoundBy.Declared => "declared by the page",
                FoundBy.Link => "linked by a page",
                FoundBy.Sitemap => "a sitemap: what is recent in it is read from its pages",
                _ => "a usual place",
            };

    private static string Moment(DateTimeOffset? moment) =>
        moment?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "without a date";

    private static string Json(FoundFeeds found) =>
        new JsonObject
        {
            ["requests"] = found.Requests,
            ["candidates"] = new JsonArray([.. found.Candidates.Select(Json)]),
        }.ToJsonString(OneLine);

    private static JsonObject Json(FeedCandidate candidate) =>
        new()
        {
            ["address"] = candidate.Address,
            ["finalAddress"] = candidate.FinalAddress,
            ["format"] = candidate.Format,
            ["kind"] = candidate.Kind.ToString().ToLowerInvariant(),
            ["foundBy"] = candidate.By.ToString().ToLowerInvariant(),
            ["title"] = candidate.Title,
            ["language"] = candidate.Language,
            ["items"] = candidate.Items,
            ["newest"] = candidate
                .Newest?.ToUniversalTime()
                .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["medianText"] = candidate.MedianText,
            ["fullText"] = candidate.FullText,
            ["comments"] = candidate.Comments,
        };
}
