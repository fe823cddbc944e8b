using System.Diagnostics;
using System.Globalization;
using CyberInsights.Extract.Pages;
using CyberInsights.Recognise;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>How many full-length articles are understood in a second by all cores: the sample day's English pages, put together to 500 words.</summary>
internal static class RecogniseSpeed
{
    private const int Words = 500;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    internal static void Run()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var articles = Articles();
        Understand(articles, Long / 2);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        var (read, time) = Understand(articles, Long);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"recognising: {read / time.TotalSeconds:0} articles/s of {Words} words on {Environment.ProcessorCount} cores; lists and models hold {held / 1e6:0} MB"
            )
        );
    }

    private static (int Read, TimeSpan Time) Understand(List<PageArticle> articles, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var read = 0;
        Parallel.For(
            0,
            Environment.ProcessorCount,
            core =>
            {
                for (var i = core; watch.Elapsed < time; i++)
                {
                    var article = articles[i % articles.Count];
                    _ = Recogniser.Read(article.Title ?? "", article.Text, "en");
                    Interlocked.Increment(ref read);
                }
            }
        );
        return (read, watch.Elapsed);
    }

    private static List<PageArticle> Articles()
    {
        var pages = Directory
            .EnumerateFiles(
                Path.Combine(AppContext.BaseDirectory, "samples", "pages"),
                "*.html",
                SearchOption.AllDirectories
            )
            .Order(StringComparer.Ordinal)
            .Select(f => PageReader.Read(File.ReadAllBytes(f), "text/html", new Uri("http://sample.example/")))
            .Where(p => p.Language is null or "en")
            .ToList();
        var articles = new List<PageArticle>();
        for (var i = 0; i < pages.Count; i++)
        {
            var text = pages[i].Text;
            for (var more = i + 1; Count(text) < Words; more++)
            {
                text = $"{text}\n\n{pages[more % pages.Count].Text}";
            }
            var words = text.Split(' ');
            articles.Add(pages[i] with { Text = string.Join(' ', words.Take(Words)) });
        }
        return articles;
    }

    private static int Count(string text) => text.Split(' ').Length;
}
