using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Site;

public sealed partial class HostileTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/search")]
    [InlineData("/ar/search")]
    public async Task No_search_however_odd_is_a_failure(string path)
    {
        foreach (var query in Queries())
        {
            using var answer = await site.GetAsync(
                $"{path}?q={Escape(query)}&kind=event&kind=nonsense&page=-3&order=%00"
            );

            Assert.True(
                answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest,
                $"{query[..Math.Min(40, query.Length)]}: {answer.StatusCode}"
            );
            var page = await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));
            Assert.Empty(page.QuerySelectorAll($"{PageTests.ForeignScript}, img"));
            Assert.NotEqual("", page.QuerySelector("main .sum")!.TextContent);
        }
    }

    [Fact]
    public async Task A_search_that_cannot_be_done_says_what_to_do()
    {
        Assert.Contains("no word in this", await site.HtmlAsync("/search?q=%2B%2B"), StringComparison.Ordinal);
        Assert.Contains(
            "at least one word to find",
            await site.HtmlAsync("/search?q=-karsk"),
            StringComparison.Ordinal
        );
        using var answer = await site.GetAsync($"/search?q={new string('a', 257)}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "at most 256 characters",
            await answer.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Hostile_texts_are_shown_as_text_on_every_page_and_in_every_feed()
    {
        await using var own = await OwnSite.StartAsync();
        var paths = await FillAsync(new Seeds(own.Database));

        foreach (var path in paths)
        {
            using var answer = await own.Http.GetAsync(path, Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, path);
            if (
                path.EndsWith(".json", StringComparison.Ordinal) || path.StartsWith("/oembed", StringComparison.Ordinal)
            )
            {
                JsonDocument.Parse(text).Dispose();
            }
            else if (
                path.EndsWith(".xml", StringComparison.Ordinal) || path.EndsWith(".opml", StringComparison.Ordinal)
            )
            {
                System.Xml.Linq.XDocument.Parse(text);
            }
            else
            {
                var page = await PageTests.ParseAsync(text);
                Assert.Empty(
                    page.QuerySelectorAll(
                        $"{PageTests.ForeignScript}, img, [onload], [onerror], iframe, [href^='javascript']"
                    )
                );
                Assert.All(
                    page.QuerySelectorAll("script[type='application/ld+json']"),
                    data => JsonDocument.Parse(data.TextContent).Dispose()
                );
            }
        }
    }

    private static async Task<IReadOnlyList<string>> FillAsync(Seeds seeds)
    {
        var topic = await seeds.TopicAsync("attacks", "<img src=x onerror=hx()>", 1);
        var source = await seeds.SourceAsync("\"><script>hx()</script>");
        var actor = await seeds.EntityAsync(
            EntityKind.Actor,
            "bad",
            "</title><svg onload=hx()>",
            null,
            ("<b>", "'\"><i>")
        );
        var paths = new List<string>
        {
            "/",
            "/ar",
            "/topics/attacks",
            "/entities/bad",
            "/search?q=hx",
            "/corrections",
            "/feed.xml",
            "/atom.xml",
            "/feed.json",
            "/feeds.opml",
            "/sitemaps/news.xml",
            "/topics/attacks/atom.xml",
            "/entities/bad/feed.json",
        };
        foreach (var (title, number) in Titles().Select((t, i) => (t, i)))
        {
            var report = await seeds.ReportAsync(
                source,
                title,
                $"{title} says “{title}”.",
                InventedDay.Now.AddHours(-number),
                address: "javascript:hx()"
            );
            await seeds.StatementAsync(
                report,
                Stance.Accuse,
                title,
                report.Text,
                title.Trim().Length > 0 ? title : null,
                title,
                "<>",
                actor,
                title,
                actor
            );
            var id = await seeds.EventAsync(
                $"event-{number}",
                title,
                EventState.Disputed,
                [report],
                [topic],
                [actor],
                [(report, report.Text)],
                1,
                1,
                number
            );
            await seeds.ChangeAsync(id, ChangeKind.Corrected, InventedDay.Now, title);
            await seeds.ArticleAsync(
                $"article-{number}",
                title,
                title,
                title,
                "<p>x</p>",
                InventedDay.Now.AddHours(-1),
                id
            );
            paths.AddRange([
                $"/events/event-{number}",
                $"/events/event-{number}/feed.xml",
                $"/oembed?url=https://news.example/events/event-{number}",
                $"/articles/article-{number}",
            ]);
        }
        return paths;
    }

    private static IEnumerable<string> Queries() =>
        Lines("search/queries.jsonl")
            .Select(json =>
                json.GetProperty("q_escaped") is { ValueKind: JsonValueKind.String } written
                    ? Unescape(written.GetString()!)
                    : Repeat(json.GetProperty("q_repeat"))
            );

    // A request line of more than 8 KB is refused before any code of ours; this much arrives.
    private static string Repeat(JsonElement repeat)
    {
        var head = repeat.GetProperty("head").GetString()!;
        var length = Math.Min(2_000, repeat.GetProperty("len").GetInt32());
        return string.Concat(Enumerable.Repeat(head, length / head.Length + 1))[..length];
    }

    internal static IEnumerable<string> Titles() =>
        Lines("text/titles.jsonl")
            .Where(json =>
                json.TryGetProperty("input_escaped", out var input) && input.ValueKind == JsonValueKind.String
            )
            .Select(json => Unescape(json.GetProperty("input_escaped").GetString()!))
            .Select(t => t.Length > 2_000 ? t[..2_000] : t);

    private static IEnumerable<JsonElement> Lines(string file) =>
        Checkout
            .Text("tests/CyberInsights.Tests/Hostile", file)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement);

    // Half a surrogate pair cannot be written in UTF-8; it goes as the three bytes it would have.
    private static string Escape(string query) =>
        query is [var only] && char.IsSurrogate(only) ? "%ED%A0%80" : Uri.EscapeDataString(query);

    // Python's unicode_escape: \xNN, \uNNNN, \UNNNNNNNN, \r, \n, \\.
    private static string Unescape(string text) =>
        Escapes.Replace(
            text,
            m =>
                m.Value[1] switch
                {
                    'r' => "\r",
                    'n' => "\n",
                    't' => "\t",
                    '\\' => "\\",
                    'U' => char.ConvertFromUtf32(Convert.ToInt32(m.Value[2..], 16)),
                    _ => ((char)Convert.ToInt32(m.Value[2..], 16)).ToString(),
                }
        );

    [GeneratedRegex(@"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[rnt\\])", RegexOptions.None, 1000)]
    private static partial Regex Escapes { get; }
}
