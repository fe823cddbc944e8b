namespace CyberInsights.Server.Pictures;

/// <summary>What a picture may cost (OWASP ASVS 5.2.6).</summary>
internal static class PictureLimits
{
    /// <summary>Of the file that comes.</summary>
    internal const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Width or height.</summary>
    internal const int MaxSide = 8_000;

    /// <summary>Width times height: 100 MB once decoded, at four bytes each.</summary>
    internal const int MaxPixels = 25_000_000;

    /// <summary>Of all that comes back from the worker.</summary>
    internal const int MaxAnswerBytes = 16 * 1024 * 1024;

    /// <summary>What the worker may hold for a picture, beside <see cref="IdleBytes"/>.</summary>
    internal const long MaxWorkBytes = 128 * 1024 * 1024;

    /// <summary>What a worker holds without a picture: the runtime, the program and Skia, shared pages included; 59 MB measured.</summary>
    internal const long IdleBytes = 64 * 1024 * 1024;

    /// <summary>From the start of the worker to its last byte.</summary>
    internal static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    /// <summary>The sizes made, pixels; the last is the widest of all.</summary>
    internal static IReadOnlyList<int> Widths { get; } = [480, 960, 1440];
}
