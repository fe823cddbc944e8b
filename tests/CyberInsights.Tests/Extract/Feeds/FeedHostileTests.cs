using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using CyberInsights.Extract.Feeds;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Tests.Extract.Feeds;

/// <summary>The payloads of Hostile/feeds against what <c>expected.json</c> beside them demands of reading.</summary>
public sealed class FeedHostileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Hostile", "feeds");
    private static readonly Uri Address = new("https://feed.example/feed.xml");

    private static readonly Dictionary<string, JsonElement> Expectations = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(Folder, "expected.json")))
        .RootElement.GetProperty("files")
        .EnumerateArray()
        .ToDictionary(e => e.GetProperty("file").GetString()!, e => e.GetProperty("expect"));

    public static TheoryData<string> Files => [.. Expectations.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_read_or_refused_as_demanded(string file)
    {
        var expect = Expectations[file];
        var feed = Read(file, out var refusal);

        switch (expect.GetProperty("parse").GetString())
        {
            case "reject":
                Assert.Equal(expect.GetProperty("error_code").GetString(), refusal?.Code);
                break;
            case "partial":
                Assert.True(feed!.Partial);
                Assert.InRange(feed.Items.Count, expect.GetProperty("items_min").GetInt32(), int.MaxValue);
                break;
            case "ok":
                Assert.Equal(expect.GetProperty("items").GetInt32(), feed?.Items.Count);
                break;
            default:
                Assert.True(feed is not null || refusal is not null);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Its_fields_are_as_demanded(string file)
    {
        var expect = Expectations[file];
        var items = Read(file, out _)?.Items ?? [];
        var first = items.Count > 0 ? items[0] : null;

        If(expect, "title", title => Assert.Equal(title.GetString(), first?.Title));
        If(
            expect,
            "title_contains",
            part => Assert.Contains(part.GetString()!, first?.Title, StringComparison.Ordinal)
        );
        If(
            expect,
            "title_regex",
            pattern =>
                Assert.Matches(
                    new Regex(pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)),
                    first!.Title!
                )
        );
        If(expect, "title_max_chars", max => Assert.InRange(first!.Title!.Length, 1, max.GetInt32()));
        If(expect, "link", link => Assert.Equal(link.GetString(), first?.Link));
        If(
            expect,
            "guid_max_bytes",
            max => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(first!.Id!), 1, max.GetInt32())
        );
        If(expect, "tags_max", max => Assert.InRange(first!.Categories.Count, 1, max.GetInt32()));
        If(expect, "language", language => Assert.Equal(language.GetString(), Read(file, out _)!.Language));
        If(
            expect,
            "plain_text_author",
            _ => Assert.All(first!.Authors, author => Assert.DoesNotMatch(@"[\r\n<>]", author))
        );
        If(expect, "plain_text_title", _ => Assert.DoesNotContain("<b>", first!.Title, StringComparison.Ordinal));
        If(
            expect,
            "forbid_text",
            parts =>
                Assert.All(
                    parts.EnumerateArray(),
                    part => Assert.DoesNotContain(part.GetString()!, first?.Title ?? "", StringComparison.Ordinal)
                )
        );
        If(
            expect,
            "forbid_codepoints",
            _ =>
                Assert.All(
                    items,
                    item => Assert.DoesNotMatch("[\u202A-\u202E\u2066-\u2069\u200B\uFEFF]|\uDB40", item.Title!)
                )
        );
        If(
            expect,
            "must_contain_escaped",
            part => Assert.Contains(part.GetString()!, first!.Content, StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_address_in_it_is_of_the_web(string file)
    {
        var items = Read(file, out _)?.Items ?? [];
        var addresses = items
            .SelectMany(item => item.Enclosures.Select(e => e.Address).Append(item.Link!).Append(item.Image!))
            .Where(address => address is not null);

        Assert.All(
            addresses,
            address =>
            {
                var uri = new Uri(address);
                Assert.True(uri.Scheme is "http" or "https");
                Assert.Equal("", uri.UserInfo);
                Assert.DoesNotMatch(@"[\r\n]", address);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_active_is_left_in_what_would_be_shown(string file)
    {
        foreach (
            var html in (Read(file, out _)?.Items ?? [])
                .SelectMany(item => new[] { item.Summary, item.Content })
                .Where(html => html is not null)
        )
        {
            var clean = Sanitiser.Clean(html!, Address).Html;
            Assert.DoesNotMatch(
                @"<(script|svg|iframe|object|style)\b|<[^>]+\son\w+\s*=|<[^>]+=\s*[""']?\s*javascript:",
                clean
            );
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_takes_a_bounded_time(string file)
    {
        if (!Expectations[file].TryGetProperty("max_ms", out var limit))
        {
            return;
        }

        Read("f008_bare_ampersand.xml", out _);
        var watch = Stopwatch.StartNew();
        Read(file, out _);

        Assert.InRange(watch.ElapsedMilliseconds, 0, limit.GetInt32());
    }

    [Fact]
    public void Hostile_links_cost_the_link_and_not_the_item()
    {
        var links = Read("f022_hostile_links.xml", out _)!.Items.ToDictionary(item => item.Id!, item => item.Link);

        Assert.All(["l0", "l1", "l2", "l8", "l10", "l11"], id => Assert.Null(links[id]));
        Assert.Equal("https://evil.invalid/x", links["l3"]);
        Assert.Equal("https://feed.example/rel/path", links["l4"]);
        Assert.Equal("https://feed.example/ws", links["l5"]);
        Assert.Equal("https://feed.example/UP", links["l7"]);
        Assert.Equal("https://feed.example/x", links["l9"]);
    }

    [Fact]
    public void A_hostile_file_is_dropped_and_an_impossible_length_is_none()
    {
        var file = Assert.Single(Read("f024_enclosure_hostile.xml", out _)!.Items[0].Enclosures);

        Assert.Equal(new Enclosure("https://feed.example/a.mp3", "audio/mpeg", null), file);
    }

    [Fact]
    public void Of_twelve_odd_dates_those_that_exist_are_read()
    {
        var items = Read("f020_bad_dates_mixed.xml", out _)!.Items;

        Assert.Equal(
            ["d4", "d5", "d6", "d11"],
            items.Where(item => item.Published is not null).Select(item => item.Id)
        );
        Assert.All(
            items.Where(item => item.Published is null),
            item => Assert.Equal(DatePrecision.Captured, item.PublishedPrecision)
        );
    }

    [Fact]
    public void A_hebrew_title_stays_as_it_is() =>
        Assert.Equal("שלום legit RTL title", Read("f050_bidi_titles.xml", out _)!.Items[2].Title);

    [Fact]
    public void Split_cdata_is_joined_before_anyone_looks_at_it()
    {
        var item = Read("f026_nested_cdata_xss.xml", out _)!.Items[0];

        Assert.Equal("<p>ok</p>]]><script>hx(1)</script>", item.Summary);
        Assert.Equal("<![CDATA[<img src=https://feed.example/x onerror=hx(1)>", item.Content);
    }

    private static Feed? Read(string file, out FeedRefusal? refusal) =>
        FeedReader.Read(File.ReadAllBytes(Path.Combine(Folder, file)), null, Address, out refusal);

    private static void If(JsonElement expect, string name, Action<JsonElement> check)
    {
        if (expect.TryGetProperty(name, out var value))
        {
            check(value);
        }
    }
}
