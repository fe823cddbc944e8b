using System.Globalization;
using System.Text;

namespace CyberInsights.Server.Site.Cards;

/// <summary>A face of the look, as the font files of the scripts it is written in. Not thread safe.</summary>
internal sealed class CardFace : IDisposable
{
    // Signs that are told by their glyphs alone: kept, since Persian and others need them.
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    // Two marks on a letter are what Arabic and Vietnamese need; more are heaps of marks that grow out of the line.
    private const int MaxMarks = 2;

    private readonly IReadOnlyList<CardFont> fonts;

    private CardFace(IReadOnlyList<string> files) =>
        fonts = [.. files.Select(f => new CardFont(SiteFiles.Read($"fonts/{f}.woff")))];

    public void Dispose()
    {
        foreach (var font in fonts)
        {
            font.Dispose();
        }
    }

    /// <summary>For people: headlines and the name of the site.</summary>
    internal static CardFace Serif() =>
        new([
            "source-serif-4-latin-600-normal",
            "source-serif-4-latin-ext-600-normal",
            "noto-naskh-arabic-arabic-600-normal",
            "source-serif-4-cyrillic-600-normal",
            "source-serif-4-cyrillic-ext-600-normal",
            "source-serif-4-greek-600-normal",
            "source-serif-4-vietnamese-600-normal",
        ]);

    /// <summary>For the page itself: states, counts, stances.</summary>
    internal static CardFace Sans() =>
        new([
            "source-sans-3-latin-600-normal",
            "source-sans-3-latin-ext-600-normal",
            "noto-sans-arabic-arabic-600-normal",
            "source-sans-3-cyrillic-600-normal",
            "source-sans-3-greek-600-normal",
        ]);

    /// <summary>
    /// The text without what cannot be drawn: control and direction signs, signs of no font here, heaps of marks; one space where there were
    /// several. Empty when that is more than a third of its letters: such a text would mislead.
    /// </summary>
    /// <param name="maxCharacters">No more than this of the text is looked at.</param>
    internal string Drawable(string text, int maxCharacters)
    {
        var drawn = new StringBuilder();
        var (letters, lost, marks) = (0, 0, 0);
        foreach (var rune in (text.Length > maxCharacters ? text[..maxCharacters] : text).EnumerateRunes())
        {
            var kind = Rune.GetUnicodeCategory(rune);
            var mark = kind is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            marks = mark ? marks + 1 : 0;
            letters += Rune.IsLetter(rune) ? 1 : 0;
            if (Rune.IsWhiteSpace(rune) || kind == UnicodeCategory.Control)
            {
                drawn.Append(drawn.Length > 0 && drawn[^1] != ' ' ? " " : "");
            }
            else if (mark ? marks <= MaxMarks && drawn.Length > 0 && Has(rune) : Shown(rune, kind))
            {
                drawn.Append(rune);
            }
            else
            {
                lost += Rune.IsLetter(rune) ? 1 : 0;
            }
        }
        return lost * 3 > letters ? "" : drawn.ToString().TrimEnd();
    }

    /// <summary>The text, which is drawable, as runs from left to right.</summary>
    internal IReadOnlyList<CardRun> Shape(string text, bool rightToLeft)
    {
        var runs = new List<CardRun>();
        var piece = new StringBuilder();
        CardFont? font = null;
        foreach (var rune in text.EnumerateRunes())
        {
            var next =
                font is not null && font.Has(rune.Value) || rune.Value is Joiner or NonJoiner ? font : FontOf(rune);
            if (next is not null && font is not null && next != font)
            {
                runs.Add(font.Shape(piece.ToString(), rightToLeft));
                piece.Clear();
            }
            font = next ?? font;
            piece.Append(rune);
        }
        if (font is not null && piece.Length > 0)
        {
            runs.Add(font.Shape(piece.ToString(), rightToLeft));
        }
        if (rightToLeft)
        {
            runs.Reverse();
        }
        return runs;
    }

    private bool Shown(Rune rune, UnicodeCategory kind) =>
        rune.Value is Joiner or NonJoiner || (kind != UnicodeCategory.Format && Has(rune));

    private bool Has(Rune rune) => FontOf(rune) is not null;

    private CardFont? FontOf(Rune rune) => fonts.FirstOrDefault(f => f.Has(rune.Value));
}
