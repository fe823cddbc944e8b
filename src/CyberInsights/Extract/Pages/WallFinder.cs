using System.Reflection;
using System.Text;
using AngleSharp.Html.Dom;
using CyberInsights.Text;

namespace CyberInsights.Extract.Pages;

/// <summary>
/// Tells pages that show a wall in place of their article, by the words of a list (<c>Lists/walls.tsv</c>) and by what the page
/// says of itself. A long text is an article whatever stands around it: only short ones are looked at. Thread safe.
/// </summary>
internal static class WallFinder
{
    // In characters. Walls with the beginning of an article above them were seen to have up to a thousand.
    private const int LongText = 1500;

    // Of its letters, a title that is a wall's has more than the half in common with the sign; an article's title says more.
    private const double MostOfTitle = 0.6;

    private static readonly string[] TitleParts = [" | ", " - ", " \u2013 ", " \u2014 ", " :: ", " \u00B7 "];

    private static readonly IReadOnlyList<Sign> Signs = ReadList();

    /// <summary>Null when the page shows what it is for, or nothing tells otherwise.</summary>
    /// <param name="document">Null when only the text was read.</param>
    public static PageWall? Find(IHtmlDocument? document, JsonLd? ld, PageArticle article)
    {
        if (article.Text.Length >= LongText)
            return null;
        return InTitle(article.Title)
            ?? (document?.Title is { } window ? InTitle(window) : null)
            ?? InText(article.Text)
            ?? (ld?.Free == false ? new PageWall(WallKind.Subscription, "isAccessibleForFree: false") : null)
            ?? (document?.Body is { } body ? OnPage(PageNode.Of(body).PlainText()) : null);
    }

    private static PageWall? InTitle(string? title)
    {
        if (title is null)
            return null;
        foreach (var part in title.Split(TitleParts, StringSplitOptions.TrimEntries))
        {
            var words = new FoldedWords(part);
            var letters = Titles.Bare(part).Length;
            var found = Signs.FirstOrDefault(s =>
                s.Place == Place.Title && words.Contains(s.Phrase) && s.Letters >= MostOfTitle * letters
            );
            if (found is not null)
                return found.Wall;
        }
        return null;
    }

    private static PageWall? InText(string text)
    {
        var paragraphs = text.Split("\n\n").Select(p => (Words: new FoldedWords(p), p.Length)).ToList();
        var telling = Signs.FirstOrDefault(s => s.Place == Place.Text && paragraphs.Exists(p => s.IsIn(p.Words)));
        if (telling is not null)
            return telling.Wall;
        foreach (var kind in Signs.Where(s => s.Place == Place.Half).GroupBy(s => s.Wall.Kind))
        {
            var with = paragraphs.Where(p => kind.Any(s => s.IsIn(p.Words))).ToList();
            if (with.Count > 0 && 2 * with.Sum(p => p.Length) >= paragraphs.Sum(p => p.Length))
                return kind.First(s => s.IsIn(with[0].Words)).Wall;
        }
        return null;
    }

    private static PageWall? OnPage(string shown)
    {
        var words = new FoldedWords(shown);
        return Signs.FirstOrDefault(s => s.Place == Place.Page && s.IsIn(words))?.Wall;
    }

    private static List<Sign> ReadList()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("field/walls.tsv")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var signs = new List<Sign>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var fields = line.Split('\t');
            var (kind, place) = (Enum.Parse<WallKind>(fields[0]), Enum.Parse<Place>(fields[1]));
            signs.AddRange(
                fields[2]
                    .Split('|')
                    .Select(words => new Sign(
                        new PageWall(kind, words),
                        place,
                        FoldedWords.Phrase(words)!,
                        Titles.Bare(words).Length
                    ))
            );
        }
        return signs;
    }

    private enum Place
    {
        /// <summary>In a part of the title, of which it is most.</summary>
        Title,

        /// <summary>In the text that was found for the article.</summary>
        Text,

        /// <summary>In paragraphs that make up half of that text or more.</summary>
        Half,

        /// <summary>Anywhere on the page.</summary>
        Page,
    }

    private sealed record Sign(PageWall Wall, Place Place, string Phrase, int Letters)
    {
        internal bool IsIn(FoldedWords words) => words.Contains(Phrase);
    }
}
