using System.Diagnostics;
using System.Globalization;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>How much full-text RSS is read in a second by one thread: decoding, markup, items.</summary>
internal static class ParseSpeed
{
    private const int Documents = 64;
    private const int Items = 40;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(6);

    internal static void Run()
    {
        var documents = Enumerable.Range(0, Documents).Select(number => FeedServer.Document(number, Items)).ToArray();
        Read(documents, Long / 2);
        var (bytes, time) = Read(documents, Long);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"parsing: {bytes / time.TotalSeconds / 1e6:0} MB/s of RSS with {Items} full texts a document, one thread"
            )
        );
    }

    private static (long Bytes, TimeSpan Time) Read(byte[][] documents, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var bytes = 0L;
        for (var i = 0; watch.Elapsed < time; i++)
        {
            var document = documents[i % documents.Length];
            if (FeedReader.Read(document, "application/rss+xml", new Uri("http://feed.example/"))?.Items.Count != Items)
            {
                throw new InvalidOperationException("The document was not read whole.");
            }
            bytes += document.Length;
        }
        return (bytes, watch.Elapsed);
    }
}
