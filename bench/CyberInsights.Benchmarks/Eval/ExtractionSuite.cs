using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// How much of a page's article is found, and how little else: 4-gram F1 over whole articles, F over marked segments, and the share
/// of pages whose title, day and author are exactly the expected ones (white space and case apart) where one is expected.
/// </summary>
internal static partial class ExtractionSuite
{
    /// <summary>One page: its bytes, where it came from, and what is known about it.</summary>
    private sealed record Page(string Id, Func<byte[]> Body, Uri? Address)
    {
        public string? Article { get; init; }
        public string[]? With { get; init; }
        public string[] Without { get; init; } = [];
        public string? Title { get; init; }
        public string? Date { get; init; }
        public string? Author { get; init; }
    }

    public static Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var root = Directory.Exists(Path.Combine(data, "extraction")) ? Path.Combine(data, "extraction") : data;
        var pages = Readability(root).Concat(GroundTruth(root)).Concat(Trafilatura(root)).ToList();
        return Task.FromResult(pages.Count == 0 ? null : Measure(pages, cancel));
    }

    /// <summary>The errors of one half of the pages may be read while rules are made; the other half tells what the rules are worth.</summary>
    private static JsonObject Measure(List<Page> pages, CancellationToken cancel)
    {
        var all = new ExtractionScore();
        var (seen, unseen) = (new ExtractionScore(), new ExtractionScore());
        var verbose = Environment.GetEnvironmentVariable("EVAL_PAGES") is { Length: > 0 };
        foreach (var page in pages)
        {
            cancel.ThrowIfCancellationRequested();
            var body = page.Body();
            var watch = Stopwatch.StartNew();
            var read = PageReader.Read(body, null, page.Address);
            var ms = watch.Elapsed.TotalMilliseconds;
            foreach (var score in (ExtractionScore[])[all, MayBeSeen(page) ? seen : unseen])
                Add(score, page, read, ms);
            if (verbose && MayBeSeen(page))
                Console.WriteLine(Line(page, read, ms));
        }
        Console.WriteLine($"half whose errors may be read: {seen.ToJson().ToJsonString()}");
        Console.WriteLine($"half whose errors are not read: {unseen.ToJson().ToJsonString()}");
        Console.WriteLine(all.Speed());
        return all.ToJson();
    }

    // By hash, so that neither the order of the pages nor a new page moves another one to the other half.
    private static bool MayBeSeen(Page page) => (SHA256.HashData(Encoding.UTF8.GetBytes(page.Id))[0] & 1) == 0;

    private static void Add(ExtractionScore score, Page page, PageArticle read, double ms)
    {
        score.AddTime(page.Id, ms);
        if (read.Wall is not null)
            score.Walls++;
        if (page.Article is not null)
            score.AddArticle(page.Article, read.Text);
        if (page.With is not null)
            score.AddSegments(page.With, page.Without, read.Text);
        score.Titles.Add(page.Title, read.Title);
        score.Authors.Add(page.Author, read.Author);
        score.Dates.Add(page.Date, Day(read.Published, read.PublishedRaw));
    }

    // One page's own score, tab-separated, for looking at what goes wrong.
    private static string Line(Page page, PageArticle read, double ms)
    {
        var score = new ExtractionScore();
        Add(score, page, read, ms);
        return string.Join(
            '\t',
            page.Id,
            score.ToJson().ToJsonString(),
            $"{page.Title}|{read.Title}",
            $"{page.Author}|{read.Author}",
            $"{page.Date}|{read.PublishedRaw}",
            read.Wall?.Sentence,
            $"{ms:F0}"
        );
    }

    private static IEnumerable<Page> Readability(string root)
    {
        var folder = Path.Combine(root, "readability", "test", "test-pages");
        if (!Directory.Exists(folder))
            yield break;
        foreach (var page in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            using var known = JsonDocument.Parse(File.ReadAllText(Path.Combine(page, "expected-metadata.json")));
            var published = Text(known.RootElement, "publishedTime");
            yield return new Page(
                Path.GetFileName(page),
                () => File.ReadAllBytes(Path.Combine(page, "source.html")),
                new Uri("http://fakehost/test/page.html")
            )
            {
                Article = TextOf(File.ReadAllText(Path.Combine(page, "expected.html"))),
                Title = Text(known.RootElement, "title"),
                Author = Text(known.RootElement, "byline"),
                Date = Day(published is null ? null : CyberInsights.Text.Dates.Read(published)?.Moment, published),
            };
        }
    }

    private static IEnumerable<Page> GroundTruth(string root)
    {
        if (!Directory.Exists(root))
            yield break;
        foreach (
            var file in Directory
                .GetFiles(root, "ground-truth.json", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
        )
        {
            using var truth = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var entry in truth.RootElement.EnumerateObject())
            {
                var html = Path.Combine(Path.GetDirectoryName(file)!, "html", entry.Name + ".html.gz");
                if (File.Exists(html))
                    yield return new Page(entry.Name, () => Unzip(html), Address(Text(entry.Value, "url")))
                    {
                        Article = Text(entry.Value, "articleBody") ?? "",
                    };
            }
        }
    }

    private static IEnumerable<Page> Trafilatura(string root)
    {
        var folder = Path.Combine(root, "trafilatura", "tests");
        var file = Path.Combine(folder, "evaldata.json");
        if (!File.Exists(file))
            yield break;
        using var data = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var entry in data.RootElement.EnumerateObject())
        {
            var name = Text(entry.Value, "file")!;
            var html = ((string[])["cache", "eval"])
                .Select(f => Path.Combine(folder, f, name))
                .FirstOrDefault(File.Exists);
            if (html is null)
                continue;
            yield return new Page(name, () => File.ReadAllBytes(html), Address(entry.Name))
            {
                With = Strings(entry.Value, "with"),
                Without = Strings(entry.Value, "without"),
                Title = Text(entry.Value, "title"),
                Author = Text(entry.Value, "author"),
                Date = Text(entry.Value, "date"),
            };
        }
    }

    // The day as the page writes it; midnight in UTC is another day elsewhere.
    private static string? Day(DateTimeOffset? moment, string? raw) =>
        raw is { Length: >= 10 } && DateOnly.TryParseExact(raw[..10], "yyyy-MM-dd", out _)
            ? raw[..10]
            : moment?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string TextOf(string html) =>
        string.Join(
            ' ',
            new HtmlParser()
                .ParseDocument(Tag().Replace(html, " $0"))
                .Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );

    private static Uri? Address(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? uri
            : null;

    private static byte[] Unzip(string file)
    {
        using var zip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zip.CopyTo(plain);
        return plain.ToArray();
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { } text
        && text.Trim().Length > 0
            ? text
            : null;

    private static string[] Strings(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(v => v.GetString()!)] : [];

    // Words of neighbouring blocks must not grow together.
    [GeneratedRegex(
        "</?(?:p|div|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|section|figure|figcaption|pre|dt|dd|br)[ />]",
        RegexOptions.IgnoreCase,
        10_000
    )]
    private static partial Regex Tag();
}
