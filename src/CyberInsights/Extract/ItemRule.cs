using System.Text.RegularExpressions;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract;

/// <summary>
/// One line of a source's include or exclude rules: words, or a <c>/pattern/</c>, looked for in title and text or, after a prefix,
/// in <c>title:</c>, <c>category:</c>, <c>url:</c> or <c>author:</c> alone.
/// </summary>
internal sealed record ItemRule
{
    /// <summary>In characters.</summary>
    private const int MaxLength = 500;

    // A pattern is written by the operator, but the texts it meets are not: no text may make it run long (RegexOptions.NonBacktracking).
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly string[] Parts = ["title", "category", "url", "author"];

    private ItemRule() { }

    /// <summary>As a person wrote it.</summary>
    internal required string Written { get; init; }

    /// <summary>title, category, url or author; empty: title and text.</summary>
    private string Part { get; init; } = "";
    private string Needle { get; init; } = "";
    private Regex? Pattern { get; init; }

    /// <exception cref="RefusalException">It is no rule.</exception>
    internal static ItemRule Parse(string line)
    {
        if (line.Length > MaxLength)
        {
            throw Refuse(line, $"has more than {MaxLength} characters");
        }
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var part =
            colon > 0
                ? Parts.FirstOrDefault(p => line.AsSpan(0, colon).Trim().Equals(p, StringComparison.OrdinalIgnoreCase))
                : null;
        var rest = (part is null ? line : line[(colon + 1)..]).Trim();
        var rule = new ItemRule { Written = line, Part = part ?? "" };
        if (
            rest.Length > 2
            && rest[0] == '/'
            && rest[^1] == '/'
            && (part != "url" || rest[1..^1].Any(c => !IsPathCharacter(c)))
        )
        {
            return rule with { Pattern = PatternOf(rest[1..^1], line) };
        }
        return rule with
        {
            // In an address every character counts.
            Needle = (part == "url" ? rest.ToLowerInvariant() : FoldedWords.Phrase(rest)) is { Length: > 0 } needle
                ? needle
                : throw Refuse(line, "has no word in it"),
        };
    }

    /// <summary>Null when it took too long to tell.</summary>
    internal bool? Fits(ItemText item)
    {
        try
        {
            return Pattern is null ? Contains(item) : Raw(item).Any(Pattern.IsMatch);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private bool Contains(ItemText item) =>
        Part switch
        {
            "" => item.Words.Contains(Needle),
            "title" => item.TitleWords.Contains(Needle),
            "url" => item.Address.Contains(Needle, StringComparison.OrdinalIgnoreCase),
            _ => Raw(item).Any(text => new FoldedWords(text).Contains(Needle)),
        };

    private IEnumerable<string> Raw(ItemText item) =>
        Part switch
        {
            "" => [$"{item.Title}\n{item.Text}"],
            "title" => [item.Title],
            "url" => [item.Address],
            "category" => item.Categories,
            _ => item.Authors,
        };

    // "url: /sponsored/" is a part of a path, not a pattern.
    private static bool IsPathCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '/' or '.' or '~';

    private static Regex PatternOf(string pattern, string line)
    {
        try
        {
            return new Regex(
                pattern,
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
                Patience
            );
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw Refuse(line, "is no pattern that can be used (look-around and references back cannot)");
        }
    }

    private static RefusalException Refuse(string line, string what) =>
        new(
            RefusalKind.BadInput,
            $"The rule \"{(line.Length > 80 ? $"{line[..80]}…" : line)}\" {what}: nothing was changed. Write words, title: words, category: words, url: part of an address, author: words, or a /pattern/."
        );
}

/// <summary>What the rules of a source look at in an item.</summary>
internal sealed class ItemText(string title, string text, string address, string? language, FeedItem item)
{
    private readonly Lazy<FoldedWords> titleWords = new(() => new FoldedWords(title));
    private readonly Lazy<FoldedWords> words = new(() => new FoldedWords($"{title}\n{text}"));

    internal string Title => title;
    internal string Text => text;
    internal string Address => address;
    internal string? Language => language;
    internal IReadOnlyList<string> Categories => item.Categories;
    internal IReadOnlyList<string> Authors => item.Authors;
    internal FoldedWords TitleWords => titleWords.Value;
    internal FoldedWords Words => words.Value;
}
