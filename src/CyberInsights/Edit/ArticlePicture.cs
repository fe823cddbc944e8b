namespace CyberInsights.Edit;

/// <summary>A picture of an article: a file beside the text, and what is said of it.</summary>
public sealed record ArticlePicture
{
    /// <summary>The name of the file, without a folder.</summary>
    public required string File { get; init; }

    /// <summary>What it shows, for whoever cannot see it.</summary>
    public required string Alt { get; init; }
    public string Caption { get; init; } = "";

    /// <summary>Who made it.</summary>
    public string Credit { get; init; } = "";
    public string Licence { get; init; } = "";

    /// <summary>Where the licence is; empty or an http address.</summary>
    public string LicenceAddress { get; init; } = "";

    /// <summary>Stands above the text.</summary>
    public bool Leads { get; init; }

    /// <summary>Null until it was encoded.</summary>
    public EncodedPicture? Encoded { get; init; }
}

/// <summary>A picture in our own encoding, WebP, in some widths; nothing of the bytes that came is in it.</summary>
/// <param name="Sizes">The widest last; at least one.</param>
public sealed record EncodedPicture(IReadOnlyList<PictureSize> Sizes)
{
    public PictureSize Widest => Sizes[^1];

    /// <summary>SHA-256 of the widest, 64 hexadecimal digits: its address.</summary>
    public string Hash { get; } =
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Sizes[^1].Body));
}

/// <summary>A picture in one width.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Body">WebP.</param>
public sealed record PictureSize(int Width, int Height, byte[] Body);
