using System.Runtime.InteropServices;
using HarfBuzzSharp;
using SkiaSharp;

namespace CyberInsights.Server.Site.Cards;

/// <summary>
/// One font file. HarfBuzz shapes (joins Arabic letters, places marks), Skia draws. A file holds the letters of one script, so a text may need
/// several. Not thread safe.
/// </summary>
internal sealed class CardFont : IDisposable
{
    private readonly SKTypeface typeface;
    private readonly Font shaper;

    /// <param name="woff">WOFF 1.0; Skia unpacks it and hands its tables to HarfBuzz, which reads no WOFF itself.</param>
    internal CardFont(byte[] woff)
    {
        using var data = SKData.CreateCopy(woff);
        typeface =
            SKTypeface.FromData(data) ?? throw new InvalidOperationException("A font of this program cannot be read.");
        var face = new Face((_, tag) => Table(tag)) { UnitsPerEm = typeface.UnitsPerEm };
        shaper = new Font(face);
        shaper.SetScale(typeface.UnitsPerEm, typeface.UnitsPerEm);
        shaper.SetFunctionsOpenType();
    }

    public void Dispose()
    {
        shaper.Dispose();
        typeface.Dispose();
    }

    internal bool Has(int rune) => shaper.TryGetGlyph(rune, out _);

    /// <summary>The text as glyphs, from left to right whatever its direction.</summary>
    internal CardRun Shape(string text, bool rightToLeft)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        buffer.Direction = rightToLeft ? HarfBuzzSharp.Direction.RightToLeft : HarfBuzzSharp.Direction.LeftToRight;
        shaper.Shape(buffer);
        var glyphs = buffer.GetGlyphInfoSpan();
        var places = buffer.GetGlyphPositionSpan();
        var em = (float)typeface.UnitsPerEm;
        var ids = new ushort[glyphs.Length];
        var points = new SKPoint[glyphs.Length];
        var width = 0f;
        for (var i = 0; i < glyphs.Length; i++)
        {
            ids[i] = (ushort)glyphs[i].Codepoint;
            points[i] = new SKPoint(width + places[i].XOffset / em, -places[i].YOffset / em);
            width += places[i].XAdvance / em;
        }
        return new CardRun(this, ids, points, width);
    }

    internal void Draw(SKCanvas canvas, CardRun run, float size, float x, float y, SKPaint paint)
    {
        if (run.Glyphs.Length == 0)
        {
            return;
        }
        using var font = new SKFont(typeface, size)
        {
            Edging = SKFontEdging.Antialias,
            Hinting = SKFontHinting.None,
            Subpixel = true,
        };
        using var blob = new SKTextBlobBuilder();
        blob.AddPositionedRun(run.Glyphs, font, [.. run.Points.Select(p => new SKPoint(p.X * size, p.Y * size))]);
        using var text = blob.Build();
        canvas.DrawText(text, x, y, paint);
    }

    private Blob Table(Tag tag)
    {
        if (!typeface.TryGetTableData(tag, out var table))
        {
            return Blob.Empty;
        }
        var copy = Marshal.AllocHGlobal(table.Length);
        Marshal.Copy(table, 0, copy, table.Length);
        return new Blob(copy, table.Length, MemoryMode.ReadOnly, () => Marshal.FreeHGlobal(copy));
    }
}

/// <summary>Glyphs of one font with their places from the left end of the baseline, and the width of all; in em.</summary>
internal sealed record CardRun(CardFont Font, ushort[] Glyphs, SKPoint[] Points, float Width);
