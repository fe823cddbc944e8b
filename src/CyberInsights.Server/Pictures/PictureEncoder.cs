using CyberInsights.Edit;
using SkiaSharp;

namespace CyberInsights.Server.Pictures;

/// <summary>Decodes a picture and encodes it anew. Foreign bytes meet a decoder written in C++ here, so this runs in the worker process only.</summary>
internal static class PictureEncoder
{
    private const int Quality = 82;

    // Mipmaps, so that fine lines survive being made a fraction of their size.
    private static readonly SKSamplingOptions Sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>The first frame, upright, in each width; null when the file is damaged.</summary>
    internal static EncodedPicture? Encode(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return null;
        }
        using var image = Decode(codec);
        if (image is null)
        {
            return null;
        }
        var (width, height) = IsTurned(codec.EncodedOrigin)
            ? (codec.Info.Height, codec.Info.Width)
            : (codec.Info.Width, codec.Info.Height);
        var widest = Math.Min(width, PictureLimits.Widths[^1]);
        return new EncodedPicture([
            .. PictureLimits
                .Widths.Where(w => w < widest)
                .Append(widest)
                .Select(w =>
                    Draw(image, codec.EncodedOrigin, w, Math.Max(1, (int)Math.Round((double)height * w / width)))
                ),
        ]);
    }

    // A part of a picture is not the picture: null.
    private static SKImage? Decode(SKCodec codec)
    {
        var shape = new SKImageInfo(
            codec.Info.Width,
            codec.Info.Height,
            SKColorType.Rgba8888,
            SKAlphaType.Premul,
            SKColorSpace.CreateSrgb()
        );
        using var bitmap = new SKBitmap(shape);
        if (codec.GetPixels(shape, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            return null;
        }
        bitmap.SetImmutable();
        var image = SKImage.FromBitmap(bitmap);
        // Mipmaps of a large picture would take a third of it again.
        return Math.Min(shape.Width, shape.Height) > 2 * PictureLimits.Widths[^1] ? Half(image) : image;
    }

    private static SKImage Half(SKImage image)
    {
        using var whole = image;
        using var surface = SKSurface.Create(whole.Info.WithSize((whole.Width + 1) / 2, (whole.Height + 1) / 2));
        surface.Canvas.DrawImage(
            whole,
            new SKRect(0, 0, surface.Canvas.DeviceClipBounds.Width, surface.Canvas.DeviceClipBounds.Height),
            new SKSamplingOptions(SKFilterMode.Linear)
        );
        return surface.Snapshot();
    }

    private static bool IsTurned(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    private static PictureSize Draw(SKImage image, SKEncodedOrigin origin, int width, int height)
    {
        // Of no named colour space: browsers take it for sRGB, which it is, and no profile is written into the file.
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Concat(Upright(origin, width, height));
        var place = IsTurned(origin) ? new SKRect(0, 0, height, width) : new SKRect(0, 0, width, height);
        surface.Canvas.DrawImage(image, place, Sampling);
        using var drawn = surface.Snapshot();
        using var encoded = drawn.Encode(SKEncodedImageFormat.Webp, Quality);
        return new PictureSize(width, height, encoded.ToArray());
    }

    // Where the stored picture has to go to stand upright (Exif 3.0, 4.6.5, Orientation); width and height are those it then has.
    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) =>
        origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1),
            _ => SKMatrix.Identity,
        };
}
