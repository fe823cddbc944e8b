using System.CommandLine;
using System.Globalization;
using CyberInsights.Extract;
using CyberInsights.Extract.Advisories;
using CyberInsights.Extract.Feeds;
using CyberInsights.Net;

namespace CyberInsights.Server.Commands;

internal static class SourceTestCommand
{
    private const int LeftOutShown = 10;

    internal static Command Create(TextWriter output)
    {
        var key = SourcesCommand.Key();
        var command = new Command(
            "test",
            "Fetch a source once, now, and show the whole exchange: what was sent, each redirect, what came back, how long each part took, and what is read in it. Nothing is stored."
        )
        {
            key,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var desk = await SourceDesk.OpenAsync(cancel);
                var source = await desk.Sources.FindAsync(result.GetRequiredValue(key), cancel);
                await ShowAsync(source, desk.Http, TimeProvider.System, output, cancel);
                return 0;
            }
        );
        return command;
    }

    /// <exception cref="RefusalException">The fetch failed; what was exchanged until then has been shown.</exception>
    internal static async Task ShowAsync(
        Source source,
        GuardedHttp http,
        TimeProvider clock,
        TextWriter output,
        CancellationToken cancel
    )
    {
        var trace = new FetchTrace(clock);
        var outcome = await http.GetAsync(
            new FetchRequest { Address = new Uri(source.Address), Trace = trace },
            cancel
        );
        foreach (var hop in trace.Hops)
        {
            await output.WriteLineAsync(Describe(hop));
        }
        var fresh = Document.FreshOf(outcome);
        var now = clock.GetUtcNow();
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{fresh.Body.Length:N0} bytes from {fresh.FinalAddress}")
        );
        await output.WriteLineAsync(Describe(source, fresh, now));
        await output.WriteLineAsync("Nothing was stored.");
    }

    private static string Describe(Source source, FetchOutcome.Fresh fresh, DateTimeOffset at) =>
        AdvisoryReader.Find(fresh.Body) is { } advisory ? AdvisoryLines.Of(source.Key, advisory)
        : ListReader.Read(
            fresh.Body,
            fresh.ContentType,
            fresh.FinalAddress,
            new ReadingRule(source.Kind, source.Rule),
            at,
            out var refusal
        )
            is { } feed
            ? Describe(source, feed, at)
        : $"This is not a feed but something else (a page, an error, a login): nothing would be taken from it. {refusal?.Sentence} Check the address of the source.";

    private static string Describe(FetchHop hop)
    {
        var times = hop.Times.Select(t =>
            string.Create(CultureInfo.InvariantCulture, $"{t.Part} {t.Time.TotalMilliseconds:0} ms")
        );
        return string.Join(
            Environment.NewLine,
            [
                $"> {hop.RequestLine}",
                .. hop.Sent.Select(h => $"> {h}"),
                $"< {hop.StatusLine ?? "(no answer)"}",
                .. hop.Received.Select(h => $"< {h}"),
                $"  {string.Join(", ", times)}",
                "",
            ]
        );
    }

    private static string Describe(Source source, Feed feed, DateTimeOffset at)
    {
        var newest = feed.Items.MaxBy(i => i.Published ?? DateTimeOffset.MinValue);
        var leftOut = ItemRules.Of(source)?.LeftOut(source, feed, at) ?? [];
        return string.Join(
            Environment.NewLine,
            [
                $"Read as {feed.Kind}: {feed.Title ?? "(no title)"}, {feed.Items.Count} items",
                .. newest is null
                    ? Array.Empty<string>()
                    :
                    [
                        $"Newest: {newest.Published?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "(no date)"} {newest.Title}",
                    ],
                .. feed.Warnings.Select(w => $"! {w}"),
                .. leftOut.Count == 0 ? Array.Empty<string>() : [$"{leftOut.Count} of them would be left out:"],
                .. leftOut.Take(LeftOutShown).Select(i => $"  {i.Title}: {i.Reason}"),
            ]
        );
    }
}
