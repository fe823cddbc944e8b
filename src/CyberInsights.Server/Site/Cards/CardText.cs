using SkiaSharp;

namespace CyberInsights.Server.Site.Cards;

/// <summary>A text set into lines of one size: the greatest of some at which it fits, or the smallest, cut at a word and with an ellipsis.</summary>
internal sealed class CardText
{
    private const float Space = 0.24f;

    // Pixels by which a letter may reach over the end of its line, as italics and swashes do.
    private const float Overhang = 4;

    private readonly IReadOnlyList<IReadOnlyList<CardWord>> lines;
    private readonly float room;
    private readonly bool rightToLeft;

    private CardText(IReadOnlyList<IReadOnlyList<CardWord>> lines, float size, float room, bool rightToLeft)
    {
        this.lines = lines;
        this.room = room;
        this.rightToLeft = rightToLeft;
        Size = size;
    }

    /// <summary>In pixels.</summary>
    internal float Size { get; }

    /// <summary>Of the widest line, in pixels.</summary>
    internal float Width => lines.Count == 0 ? 0 : lines.Max(WidthOf) * Size;

    /// <param name="text">Drawable by the face.</param>
    /// <param name="sizes">In pixels, the greatest first.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="maxLines">At each of the sizes.</param>
    internal static CardText Fit(
        string text,
        CardFace face,
        bool rightToLeft,
        float width,
        params ReadOnlySpan<(float Size, int MaxLines)> sizes
    )
    {
        var words = CardWord.Of(text, face, rightToLeft);
        foreach (var (size, maxLines) in sizes)
        {
            var lines = Wrap(words, width / size);
            if (lines.Count <= maxLines && lines.All(l => WidthOf(l) <= width / size))
            {
                return new CardText(lines, size, width, rightToLeft);
            }
        }
        var (least, most) = sizes[^1];
        var kept = Wrap(words, width / least).Take(most).ToList();
        kept[^1] = Cut(kept[^1], CardWord.Of("…", face, rightToLeft)[0], width / least);
        return new CardText(kept, least, width, rightToLeft);
    }

    /// <summary>Draws with the first baseline at <paramref name="y"/>; <paramref name="x"/> is where the lines begin: their left end, in a text from right to left their right end.</summary>
    internal void Draw(SKCanvas canvas, float x, float y, float lineHeight, SKPaint paint)
    {
        canvas.Save();
        // Some single glyphs are wider than a card.
        canvas.ClipRect(
            SKRect.Create(rightToLeft ? x - room - Overhang : x - Overhang, 0, room + 2 * Overhang, ShareCard.Height)
        );
        foreach (var line in lines)
        {
            var at = rightToLeft ? x - WidthOf(line) * Size : x;
            foreach (var (word, gap) in Visual(line))
            {
                at += gap * Size;
                foreach (var run in word.Runs)
                {
                    run.Font.Draw(canvas, run, Size, at, y, paint);
                    at += run.Width * Size;
                }
            }
            y += lineHeight * Size;
        }
        canvas.Restore();
    }

    private static List<IReadOnlyList<CardWord>> Wrap(IReadOnlyList<CardWord> words, float width)
    {
        var lines = new List<IReadOnlyList<CardWord>>();
        var line = new List<CardWord>();
        foreach (var word in words)
        {
            if (line.Count > 0 && WidthOf(line) + Gap(word) + word.Width > width)
            {
                lines.Add(line);
                line = [];
            }
            line.Add(word);
        }
        lines.Add(line);
        return lines;
    }

    private static List<CardWord> Cut(IReadOnlyList<CardWord> line, CardWord ellipsis, float width)
    {
        var kept = line.ToList();
        var end = ellipsis with { Spaced = false };
        while (kept.Count > 1 && WidthOf(kept) + end.Width > width)
        {
            kept.RemoveAt(kept.Count - 1);
        }
        kept.Add(end);
        return kept;
    }

    // From left to right: runs of one direction keep their order inside, and stand in the order of the whole (UAX 9, rule L2).
    private IEnumerable<(CardWord Word, float Gap)> Visual(IReadOnlyList<CardWord> line)
    {
        var runs = new List<List<CardWord>>();
        foreach (var word in line)
        {
            if (runs.Count == 0 || runs[^1][^1].RightToLeft != word.RightToLeft)
            {
                runs.Add([]);
            }
            runs[^1].Add(word);
        }
        var order = rightToLeft ? runs.AsEnumerable().Reverse().ToList() : runs;
        for (var r = 0; r < order.Count; r++)
        {
            var between = r == 0 ? 0 : Gap((rightToLeft ? order[r - 1] : order[r])[0]);
            var words = order[r][0].RightToLeft ? order[r].AsEnumerable().Reverse().ToList() : order[r];
            for (var w = 0; w < words.Count; w++)
            {
                yield return (words[w], w == 0 ? between : Gap(words[w].RightToLeft ? words[w - 1] : words[w]));
            }
        }
    }

    private static float WidthOf(IReadOnlyList<CardWord> line) => line.Sum(w => w.Width) + line.Skip(1).Sum(Gap);

    private static float Gap(CardWord word) => word.Spaced ? Space : 0;
}
