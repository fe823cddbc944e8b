using System.Text.RegularExpressions;
using CyberInsights.Edit;
using Markdig.Syntax;

namespace CyberInsights.Publish.Checking;

/// <summary>What a text gives as the words of somebody else: what stands between quotation marks, and blocks set off as quotations.</summary>
internal static partial class QuotedPassages
{
    // Shorter ones are titles and words that somebody stands back from.
    private const int Shortest = 20;

    internal static IReadOnlyList<string> Of(MarkdownDocument text)
    {
        var passages = new List<string>();
        foreach (var paragraph in text.Descendants<LeafBlock>().Where(b => b.Inline is not null))
        {
            var words = ArticleText.Plain(paragraph.Inline!);
            var marked = Marked.Matches(words).Select(m => m.Groups.Values.Skip(1).First(g => g.Success).Value);
            passages.AddRange(
                paragraph.Parent is QuoteBlock && !Marked.IsMatch(words) && !words.StartsWith('—')
                    ? [words.Trim()]
                    : marked
            );
        }
        return [.. passages.Where(p => p.Length >= Shortest).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The text with one kind of space and of marks, so that only words and their order count.</summary>
    internal static string Plain(string text) =>
        Spaces
            .Replace(
                string.Concat(
                    text.Select(c =>
                        c switch
                        {
                            '“' or '”' or '„' or '«' or '»' => '"',
                            '’' or '‘' => '\'',
                            _ => c,
                        }
                    )
                ),
                " "
            )
            .Trim(' ', '.', ',', '"', '…');

    [GeneratedRegex("“([^“”]+)”|„([^“”„]+)[“”]|«\\s?([^«»]+?)\\s?»|\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Marked { get; }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces { get; }
}
