using System.Globalization;
using System.Text.RegularExpressions;
using CyberInsights.Extract.Pages;
using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CyberInsights.Edit;

/// <summary>
/// The Markdown of an article, taken apart. What stands alone in its paragraph is put in: <c>{{event: slug}}</c>, <c>{{statement: id}}</c>,
/// <c>{{trend: slug}}</c>, a link to <c>/events/slug</c>, a picture <c>![alt](file "caption")</c>; and a chart (<see cref="ChartText"/>).
/// </summary>
internal static partial class ArticleText
{
    // Raw HTML in Markdown is shown as text: an article is written by people, but people paste.
    private static readonly MarkdownPipeline Markup = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseFootnotes()
        .Build();

    /// <summary>In order; no two stretches of markup follow each other.</summary>
    /// <exception cref="RefusalException">Quotations or lists stand within each other without end.</exception>
    internal static IReadOnlyList<ArticlePart> Parts(string markdown)
    {
        var parts = new List<ArticlePart>();
        var stretch = new List<Block>();
        foreach (var block in Parse(markdown))
        {
            if (PutIn(block) is not { } part)
            {
                stretch.Add(block);
                continue;
            }
            Close(stretch, parts);
            parts.Add(part);
        }
        Close(stretch, parts);
        return parts;
    }

    /// <summary>The whole as sanitised markup, for where nothing can be put in: feeds, mail, search.</summary>
    internal static string Html(IEnumerable<ArticlePart> parts) =>
        string.Join(
            '\n',
            parts.Select(p =>
                p.Kind == ArticlePartKind.Markup ? p.Text
                : p.Kind == ArticlePartKind.Chart ? ChartText.Html(ChartText.Read(p.Text, out _)!)
                : p.Kind == ArticlePartKind.Heading ? $"<h2>{System.Net.WebUtility.HtmlEncode(p.Text)}</h2>"
                : ""
            )
        );

    /// <summary>The pictures of a text; one that does not stand alone has no place in <see cref="Parts"/>.</summary>
    internal static IEnumerable<(ArticlePicture Picture, bool Alone)> Pictures(string markdown) =>
        Parse(markdown)
            .Descendants<LinkInline>()
            .Where(link => link.IsImage)
            .Select(link =>
                (
                    new ArticlePicture
                    {
                        File = link.Url ?? "",
                        Alt = Plain(link).Trim(),
                        Caption = link.Title?.Trim() ?? "",
                    },
                    link.Parent?.ParentBlock is ParagraphBlock { Parent: MarkdownDocument } paragraph
                        && Only(paragraph) == link
                )
            );

    /// <summary>What stands in the blocks that are to be charts; one within a list or quotation has no place in <see cref="Parts"/>.</summary>
    internal static IEnumerable<(string Written, bool Alone)> Charts(string markdown) =>
        Parse(markdown)
            .Descendants<FencedCodeBlock>()
            .Where(b => b.Info == ChartText.Name)
            .Select(b => (b.Lines.ToString(), b.Parent is MarkdownDocument));

    /// <summary>The text as it was taken apart, for those who look into it.</summary>
    /// <inheritdoc cref="Parts"/>
    internal static MarkdownDocument Parse(string markdown)
    {
        try
        {
            return Markdown.Parse(markdown, Markup);
        }
        // The parser has a limit of its own, so that no text can exhaust the stack.
        catch (ArgumentException e)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                "In this text, quotations or lists stand more than a hundred deep within each other, so it cannot be shown. Take some of the signs at the beginning of lines out.",
                e
            );
        }
    }

    private static void Close(List<Block> stretch, List<ArticlePart> parts)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        Markup.Setup(renderer);
        foreach (var block in stretch)
        {
            renderer.Render(block);
        }
        stretch.Clear();
        // The parser escapes raw HTML but lets any link through; what is shown passes the same gate as foreign markup.
        var html = Sanitiser.Clean(writer.ToString(), null).Html;
        if (html.Length > 0)
        {
            parts.Add(new ArticlePart { Kind = ArticlePartKind.Markup, Text = html });
        }
    }

    private static ArticlePart? PutIn(Block block) =>
        block switch
        {
            FencedCodeBlock { Info: ChartText.Name } fenced when fenced.Lines.ToString() is var chart =>
            // What is no chart stays as it was written, and a check says why.
            ChartText.Read(chart, out _)
                is null
                ? null
                : Part(ArticlePartKind.Chart, chart),
            HeadingBlock { Level: 2, Inline: { } words } => Part(ArticlePartKind.Heading, Plain(words).Trim()),
            ParagraphBlock paragraph when Only(paragraph) is { } link => OfLink(link),
            ParagraphBlock { Inline: { } words } when words.All(i => i is LiteralInline) => OfLine(Plain(words)),
            _ => null,
        };

    private static ArticlePart? OfLink(LinkInline link) =>
        link.IsImage ? Part(ArticlePartKind.Picture, link.Url ?? "")
        : EventAddress.Match(link.Url ?? "") is { Success: true } address
            ? Part(ArticlePartKind.Event, address.Groups[1].Value)
        : null;

    private static ArticlePart? OfLine(string line) =>
        Line.Match(line) is not { Success: true } match ? null
        : match.Groups["event"] is { Success: true } slug ? Part(ArticlePartKind.Event, slug.Value)
        : match.Groups["trend"] is { Success: true } subject ? Part(ArticlePartKind.Trend, subject.Value)
        : Part(ArticlePartKind.Statement, match.Groups["statement"].Value);

    private static ArticlePart Part(ArticlePartKind kind, string text) => new() { Kind = kind, Text = text };

    private static LinkInline? Only(ParagraphBlock paragraph) =>
        paragraph.Inline is { FirstChild: LinkInline link } words && words.LastChild == link ? link : null;

    internal static string Plain(ContainerInline words) =>
        string.Concat(
            words
                .Descendants()
                .Select(i =>
                    i switch
                    {
                        LiteralInline literal => literal.Content.ToString(),
                        CodeInline code => code.Content,
                        LineBreakInline => " ",
                        _ => "",
                    }
                )
        );

    [GeneratedRegex(@"^/events/([a-z0-9-]{1,200})$", RegexOptions.None, 1000)]
    private static partial Regex EventAddress { get; }

    [GeneratedRegex(
        @"^\s*\{\{\s*(event:\s*(?<event>[\p{L}\p{Nd}-]{1,200})|trend:\s*(?<trend>[\p{L}\p{Nd}-]{1,200})|statement:\s*(?<statement>[0-9]{1,18}))\s*\}\}\s*$",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Line { get; }
}
