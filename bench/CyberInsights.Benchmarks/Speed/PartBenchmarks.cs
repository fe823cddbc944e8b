using System.Text;
using BenchmarkDotNet.Attributes;
using CyberInsights.Extract.Feeds;
using CyberInsights.Extract.Pages;
using CyberInsights.Recognise;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>Single parts on the sample day's own texts.</summary>
[MemoryDiagnoser]
public class PartBenchmarks
{
    private readonly byte[] feed = Encoding.UTF8.GetBytes(Sample.Text("perimeter/2025-05-29T093000Z.xml"));
    private readonly byte[] page = Encoding.UTF8.GetBytes(
        Sample.Text("pages/signalwatch.example/2025/czech-china-charge.html")
    );
    private PageArticle article = null!;

    [GlobalSetup]
    public void Read() =>
        article = PageReader.Read(page, "text/html", new Uri("http://signalwatch.example/2025/czech-china-charge"));

    [Benchmark]
    public object? ReadFeed() => FeedReader.Read(feed, "application/xml", new Uri("http://perimeter.example/feed/"));

    [Benchmark]
    public object ReadPage() =>
        PageReader.Read(page, "text/html", new Uri("http://signalwatch.example/2025/czech-china-charge"));

    [Benchmark]
    public object RecogniseReport() => Recogniser.Read(article.Title ?? "", article.Text, "en");

    [Benchmark]
    public object ParseReport() => Parser.Shipped.Parse(article.Text);

    private static class Sample
    {
        internal static string Text(string path) =>
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", path));
    }
}
