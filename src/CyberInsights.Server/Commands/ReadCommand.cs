using System.CommandLine;
using System.Globalization;
using CyberInsights.Extract;
using CyberInsights.Extract.Advisories;
using CyberInsights.Extract.Feeds;
using CyberInsights.Extract.Pages;
using CyberInsights.Net;

namespace CyberInsights.Server.Commands;

internal static class ReadCommand
{
    internal static Command Create(TextWriter output, TextWriter errors, OutboundPolicy policy)
    {
        var inputs = new Argument<string[]>("FILE|URL")
        {
            Description =
                "Files or web addresses of feeds, sitemaps, pages, KEV catalogues, CSAF advisories and CVE records.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each." };
        var rule = new Option<string?>("--rule")
        {
            Description = "File with a rule by which lists of items are read from pages or JSON.",
        };
        var command = new Command(
            "read",
            "Show what capture and extract make of feeds, sitemaps, pages, JSON and advisories. Nothing is stored."
        )
        {
            inputs,
            json,
            rule,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                using var http = new GuardedHttp(policy, TimeProvider.System);
                var how = result.GetValue(rule) is { } file ? await RuleFile.ReadAsync(file, null, cancel) : null;
                var code = 0;
                foreach (var input in result.GetRequiredValue(inputs))
                {
                    try
                    {
                        var document = await Document.OpenAsync(input, http, cancel);
                        await ShowAsync(document, how, result.GetValue(json), output);
                    }
                    catch (RefusalException e)
                    {
                        // The others are still read.
                        await errors.WriteLineAsync(e.Message);
                        code = CommandLine.ExitCode(e.Kind);
                    }
                }
                return code;
            }
        );
        return command;
    }

    private static async Task ShowAsync(Document document, ReadingRule? how, bool json, TextWriter output)
    {
        if (how is null && AdvisoryReader.Find(document.Body) is { } advisory)
        {
            await output.WriteLineAsync(
                json ? AdvisoryJson.WriteLine(advisory) : AdvisoryLines.Of(document.Name, advisory)
            );
            return;
        }
        var feed = how is null
            ? FeedReader.Read(document.Body, document.ContentType, document.Address)
            : ByRule(document, how);
        var page = feed is null ? PageReader.Read(document.Body, document.ContentType, document.Address) : null;
        if (page is { Text.Length: 0 })
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{document.Name} is neither a feed nor a page with a text: nothing was read. Give the address of a feed (RSS, Atom, JSON Feed), a sitemap or an article."
            );
        }
        if (json)
        {
            await output.WriteLineAsync(feed is null ? PageJson.Write(page!) : FeedJson.WriteLine(feed));
        }
        else
        {
            await output.WriteLineAsync(feed is null ? Describe(page!) : Describe(document.Name, feed));
        }
    }

    private static Feed ByRule(Document document, ReadingRule how) =>
        ListReader.Read(
            document.Body,
            document.ContentType,
            document.Address,
            how,
            DateTimeOffset.UtcNow,
            out var refusal
        )
        ?? throw new RefusalException(
            RefusalKind.BadInput,
            $"{document.Name} cannot be read by the rule: {refusal!.Sentence} Give a document of the kind that the rule is for."
        );

    private static string Describe(string name, Feed feed) =>
        string.Join(
            Environment.NewLine,
            feed.Items.Select(i =>
                    $"  {Moment(i.Published)}  {i.Title ?? "(no title)"}{Environment.NewLine}      {i.Link ?? i.Id}"
                )
                .Prepend($"{feed.Title ?? name} ({feed.Kind}, {feed.Items.Count} items)")
                .Concat(feed.Parts.Select(p => $"  {Moment(p.Changed)}  {p.Address}"))
                .Concat(feed.Warnings.Select(w => $"  ! {w}"))
        );

    private static string Describe(PageArticle page) =>
        string.Join(
            Environment.NewLine,
            page.Title ?? "(no title)",
            $"{page.Author ?? "no author"}, {Moment(page.Published)}, {page.Language ?? "no language"}",
            page.Wall is null ? "" : $"The page {page.Wall.Sentence}: a report would keep the words of its feed.",
            page.Text
        );

    private static string Moment(DateTimeOffset? moment) =>
        moment?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "no date          ";
}
