using System.CommandLine;
using System.Globalization;
using CyberInsights.Extract;
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
        var test = await SourceTest.RunAsync(source, http, clock, cancel);
        foreach (var hop in test.Hops)
        {
            await output.WriteLineAsync(Describe(hop));
        }
        var fresh = test.Outcome.OrRefuse();
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{fresh.Body.Length:N0} bytes from {fresh.FinalAddress}")
        );
        await output.WriteLineAsync(
            test.Advisory is { } advisory ? AdvisoryLines.Of(source.Key, advisory)
            : test.Feed is { } feed ? Describe(feed, test.LeftOut)
            : $"This is not a feed but something else (a page, an error, a login): nothing would be taken from it. {test.Refusal?.Sentence} Check the address of the source."
        );
        await output.WriteLineAsync("Nothing was stored.");
    }

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

    private static string Describe(Feed feed, IReadOnlyList<(string Title, string Reason)> leftOut)
    {
        var newest = feed.Items.MaxBy(i => i.Published ?? DateTimeOffset.MinValue);
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
