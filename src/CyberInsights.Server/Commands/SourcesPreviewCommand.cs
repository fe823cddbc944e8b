using System.CommandLine;
using System.Globalization;
using CyberInsights.Extract;
using CyberInsights.Net;

namespace CyberInsights.Server.Commands;

/// <summary><c>sources preview</c>: what would be stored of a source, before anything is.</summary>
internal static class SourcesPreviewCommand
{
    private const int Shown = 10;
    private const int TextShown = 100;

    private static readonly string[] Kinds = ["feed", "page", "sitemap", "json"];

    internal static Command Create(TextWriter output, OutboundPolicy policy)
    {
        var name = new Argument<string>("KEY|ADDRESS") { Description = "A source's short name, or any web address." };
        var rule = new Option<string?>("--rule")
        {
            Description = "File with a rule for a page or JSON; tried instead of the source's own.",
        };
        var kind = new Option<string?>("--kind")
        {
            Description = "What the address is read as; told by the rule without it.",
        };
        kind.AcceptOnlyFromAmong(Kinds);
        var command = new Command(
            "preview",
            "Show the last ten items of a source as they would look, with what was odd. Nothing is stored."
        )
        {
            name,
            rule,
            kind,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                SourceKind? asked = result.GetValue(kind) is { } written ? Enum.Parse<SourceKind>(written, true) : null;
                var source = await SourceAsync(result.GetRequiredValue(name), cancel);
                source = source with { Kind = asked ?? source.Kind };
                if (result.GetValue(rule) is { } file)
                {
                    var how = await RuleFile.ReadAsync(file, asked, cancel);
                    source = source with { Kind = how.Kind, Rule = how.Rule };
                }
                using var http = new GuardedHttp(policy, TimeProvider.System);
                await output.WriteLineAsync(
                    Describe(await SourcePreview.FetchAsync(source, http, DateTimeOffset.UtcNow, Shown, cancel))
                );
                return 0;
            }
        );
        return command;
    }

    /// <summary>The source of that key, or one made up for that address.</summary>
    private static async Task<Source> SourceAsync(string name, CancellationToken cancel)
    {
        if (!name.Contains("://", StringComparison.Ordinal))
        {
            await using var desk = await SourceDesk.OpenAsync(cancel);
            if (await desk.Sources.GetAsync(name, cancel) is { } known)
            {
                return known;
            }
            if (!name.Contains('.', StringComparison.Ordinal))
            {
                throw new RefusalException(
                    RefusalKind.NotFound,
                    $"There is no source {name}: nothing was read. Give a key that `insights sources list` shows, or a web address."
                );
            }
            name = $"https://{name}";
        }
        return new Source
        {
            Key = "preview",
            Name = name,
            Address = name,
        };
    }

    private static string Describe(SourcePreview preview) =>
        string.Join(
            Environment.NewLine,
            preview
                .Newest.SelectMany(Lines)
                .Prepend(
                    $"{preview.Title ?? "(no title)"} ({preview.Format}), {preview.Items} items, the newest {preview.Newest.Count}:"
                )
                .Concat(preview.Warnings.Select(w => $"  ! {w}"))
        );

    private static string[] Lines(PreviewItem item) =>
        [
            $"  {Date(item)}  {(item.AddressOnly ? "(title and text come from its page)" : item.Title)}",
            $"      {item.Address}",
            $"      {item.Author ?? "no author"}, {item.Language}: {Beginning(item.Text)}",
        ];

    private static string Date(PreviewItem item) =>
        item.Precision switch
        {
            DatePrecision.Captured => "no date          ",
            DatePrecision.Day => item.PublishedAt.UtcDateTime.ToString(
                "yyyy-MM-dd       ",
                CultureInfo.InvariantCulture
            ),
            _ => item.PublishedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
        };

    private static string Beginning(string text) =>
        text.Length == 0 ? "(no text)"
        : text.Length <= TextShown ? text.ReplaceLineEndings(" ")
        : $"{text[..(char.IsHighSurrogate(text[TextShown - 1]) ? TextShown - 1 : TextShown)].ReplaceLineEndings(" ")}…";
}
