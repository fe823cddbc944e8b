using CyberInsights.Server.Site.Parts;
using SkiaSharp;

namespace CyberInsights.Server.Site.Cards;

/// <summary>
/// Draws a card in the look of the pages, by day: name over a rule, state, headline, who takes which stance, and on a bar of account paper the
/// outlets and the line of reports. Not thread safe: fonts are shared.
/// </summary>
internal sealed class CardDrawing : IDisposable
{
    private const float Margin = 64;
    private const float Inner = ShareCard.Width - 2 * Margin;
    private const float FootTop = 524;
    private const float FootMiddle = (FootTop + ShareCard.Height) / 2;
    private const float SparkWidth = 300;
    private const float Latin = 1.14f;
    private const float Arabic = 1.42f;
    private const int MaxTitle = 400;
    private const int MaxLabel = 80;
    private const int MaxDots = 20;

    // Plain areas pack best as they are (a card: 74 KB in 42 ms; with Skia's own choice of filters 96 KB in 99 ms).
    private static readonly SKPngEncoderOptions Flat = new(SKPngEncoderFilterFlags.None, 6);

    // The colours of Assets/tokens.css by day.
    private static readonly SKColor Paper = SKColor.Parse("fcfdfb");
    private static readonly SKColor Bar = SKColor.Parse("eef4ef");
    private static readonly SKColor Band = SKColor.Parse("c8d4cc");
    private static readonly SKColor Ink = SKColor.Parse("13201b");
    private static readonly SKColor Ink2 = SKColor.Parse("42504a");

    private readonly CardFace serif = CardFace.Serif();
    private readonly CardFace sans = CardFace.Sans();

    public void Dispose()
    {
        serif.Dispose();
        sans.Dispose();
    }

    /// <summary>The card as PNG.</summary>
    internal byte[] Draw(ShareCard card)
    {
        using var surface = SKSurface.Create(
            new SKImageInfo(ShareCard.Width, ShareCard.Height, SKColorType.Rgba8888, SKAlphaType.Opaque)
        );
        var canvas = surface.Canvas;
        canvas.Clear(Paper);
        Head(canvas, card);
        var top = Kick(canvas, card);
        var bottom = card.Stances.Count > 0 ? Stances(canvas, card) : FootTop - 16;
        Title(canvas, card, top, bottom);
        Foot(canvas, card);
        using var pixels = surface.PeekPixels();
        using var png = pixels.Encode(Flat);
        return png!.ToArray();
    }

    private void Head(SKCanvas canvas, ShareCard card)
    {
        using var ink = Fill(Ink);
        Shape(canvas, Shapes.Plates["disputed"], Start(card, 0, 60), 48, 2, ink);
        var name = Line(card.SiteName, serif, card.RightToLeft, 36, Inner - 90);
        name.Draw(canvas, Start(card, 80), 77, Latin, ink);
        canvas.DrawRect(Margin, 104, Inner, 3, ink);
    }

    // Returns where what stands below may begin.
    private float Kick(SKCanvas canvas, ShareCard card)
    {
        const float baseline = 160;
        using var ink = Fill(Ink);
        var x = 0f;
        if (card.State is { } state)
        {
            Shape(canvas, Shapes.Plates[state.Key()], Start(card, 0, 45), baseline - 22, 1.5f, ink);
            x = 61;
        }
        if (card.Kick.Length > 0)
        {
            Line(card.Kick, sans, card.RightToLeft, 30, Inner - x).Draw(canvas, Start(card, x), baseline, Latin, ink);
        }
        return card.State is null && card.Kick.Length == 0 ? 128 : 190;
    }

    private void Title(SKCanvas canvas, ShareCard card, float top, float bottom)
    {
        var rightToLeft = Language.DirectionOf(card.TitleLanguage) == "rtl";
        var drawable = serif.Drawable(card.Title, MaxTitle);
        // A headline in letters that no font here has would be holes: the name of the site stands for it.
        var text = drawable.Length > 0 ? drawable : serif.Drawable(card.SiteName, MaxTitle);
        rightToLeft = drawable.Length > 0 ? rightToLeft : card.RightToLeft;
        var leading = rightToLeft ? Arabic : Latin;
        var room = bottom - top;
        (float, int)[] sizes = [.. new[] { 96f, 84, 74, 66, 58, 50, 44 }.Select(s => (s, (int)(room / (s * leading))))];
        var title = CardText.Fit(text, serif, rightToLeft, Inner, sizes);
        using var ink = Fill(Ink);
        var baseline = top + title.Size * (leading / 2 + 0.36f);
        title.Draw(canvas, rightToLeft ? Margin + Inner : Margin, baseline, leading, ink);
    }

    // Returns its upper end.
    private float Stances(SKCanvas canvas, ShareCard card)
    {
        const float baseline = 496;
        using var grey = Fill(Ink2);
        var x = 0f;
        foreach (var (stance, words) in card.Stances)
        {
            var text = Line(words, sans, card.RightToLeft, 27, Inner);
            if (x + 36 + text.Width > Inner)
            {
                break;
            }
            using var colour = Fill(ColourOf(stance));
            Shape(
                canvas,
                Shapes.Marks[stance.Class()],
                Start(card, x, 24),
                baseline - 22,
                1.5f,
                colour,
                mirrored: card.RightToLeft && stance.Points()
            );
            text.Draw(canvas, Start(card, x + 34), baseline, Latin, grey);
            x += 34 + text.Width + 36;
        }
        return 460;
    }

    private void Foot(SKCanvas canvas, ShareCard card)
    {
        using var bar = Fill(Bar);
        using var ink = Fill(Ink2);
        canvas.DrawRect(0, FootTop, ShareCard.Width, ShareCard.Height - FootTop, bar);
        var x = 0f;
        if (card.Outlets is > 0 and <= MaxDots)
        {
            Dots(canvas, card, ink);
            x = card.Outlets * 24 + 12;
        }
        var room = Inner - x - (card.Counts.Count > 0 ? SparkWidth + 32 : 0);
        if (card.Foot.Length > 0)
        {
            Line(card.Foot, sans, card.RightToLeft, 29, room).Draw(canvas, Start(card, x), FootMiddle + 10, Latin, ink);
        }
        if (card.Counts.Count > 1)
        {
            Spark(canvas, card);
        }
    }

    // Full dots have an account of their own, rings rest on another's.
    private static void Dots(SKCanvas canvas, ShareCard card, SKPaint ink)
    {
        using var ring = new SKPaint
        {
            Color = Ink2,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 3,
        };
        for (var i = 0; i < card.Outlets; i++)
        {
            var full = i < card.Independent;
            canvas.DrawCircle(Start(card, i * 24 + 9), FootMiddle, full ? 9 : 7.5f, full ? ink : ring);
        }
    }

    private static void Spark(SKCanvas canvas, ShareCard card)
    {
        const float top = FootTop + 22;
        const float bottom = ShareCard.Height - 22;
        var most = Math.Max(1, Math.Max(card.Counts.Max(), card.Usual.High));
        float Y(double count) => (float)(bottom - (bottom - top) * count / most);
        // Time runs as the page reads.
        float X(int slot) => Start(card, Inner - SparkWidth + slot * (SparkWidth - 8) / (card.Counts.Count - 1));
        if (card.Usual.High > 0)
        {
            using var band = Fill(Band);
            canvas.DrawRect(
                SKRect.Create(
                    Math.Min(X(0), X(card.Counts.Count - 1)),
                    Y(card.Usual.High),
                    SparkWidth - 8,
                    Y(card.Usual.Low) - Y(card.Usual.High) + 1
                ),
                band
            );
        }
        using var builder = new SKPathBuilder();
        builder.MoveTo(X(0), Y(card.Counts[0]));
        for (var i = 1; i < card.Counts.Count; i++)
        {
            builder.LineTo(X(i), Y(card.Counts[i]));
        }
        using var path = builder.Detach();
        using var line = new SKPaint
        {
            Color = Ink,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 4,
            StrokeJoin = SKStrokeJoin.Round,
        };
        using var dot = Fill(Ink);
        canvas.DrawPath(path, line);
        canvas.DrawCircle(X(card.Counts.Count - 1), Y(card.Counts[^1]), 8, dot);
    }

    private static void Shape(
        SKCanvas canvas,
        string svg,
        float x,
        float y,
        float scale,
        SKPaint paint,
        bool mirrored = false
    )
    {
        using var path = SKPath.ParseSvgPathData(svg);
        path.FillType = SKPathFillType.EvenOdd;
        canvas.Save();
        canvas.Translate(mirrored ? x + Shapes.MarkSize * scale : x, y);
        canvas.Scale(mirrored ? -scale : scale, scale);
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }

    // One line, cut where it does not fit.
    private static CardText Line(string text, CardFace face, bool rightToLeft, float size, float width) =>
        CardText.Fit(face.Drawable(text, MaxLabel), face, rightToLeft, width, (size, 1));

    // Where something begins that is so many pixels from the edge at which the page begins to be read; with a width, its left end.
    private static float Start(ShareCard card, float offset, float width = 0) =>
        card.RightToLeft ? Margin + Inner - offset - width : Margin + offset;

    private static SKPaint Fill(SKColor colour) => new() { Color = colour, IsAntialias = true };

    private static SKColor ColourOf(Stance stance) =>
        stance switch
        {
            Stance.Accuse => SKColor.Parse("9c3f06"),
            Stance.Deny => SKColor.Parse("17589f"),
            Stance.Condemn => SKColor.Parse("93204f"),
            Stance.Support => SKColor.Parse("4a6306"),
            Stance.Demand => SKColor.Parse("5a47a6"),
            _ => Ink,
        };
}
