namespace CyberInsights.Extract.Advisories;

/// <summary>What one document may hold. A deeper one is refused; beyond the others it is cut, with a warning where entries are lost.</summary>
internal static class AdvisoryLimits
{
    /// <summary>Values inside each other; this many are still read. Product trees of large vendors go to about 30.</summary>
    public const int Depth = 64;

    /// <summary>Entries of a catalogue, records of one answer.</summary>
    public const int Vulnerabilities = 20_000;

    /// <summary>Vulnerabilities told in the text of one advisory; all of them are stored.</summary>
    public const int Told = 50;

    /// <summary>Products of one advisory that are known by name.</summary>
    public const int Products = 50_000;

    /// <summary>Names in one list of vendors, products or affected versions.</summary>
    public const int Names = 8;

    /// <summary>Scores of one vulnerability in one document.</summary>
    public const int Scores = 16;

    /// <summary>References of one vulnerability in one record.</summary>
    public const int References = 32;

    /// <summary>Advisories taken from one reading of a list; the newest.</summary>
    public const int Listed = 500;

    /// <summary>Characters of a title, a name, a list of names.</summary>
    public const int Line = 500;

    /// <summary>Characters of a description or note.</summary>
    public const int Text = 8000;

    /// <summary>Characters of one advisory's text.</summary>
    public const int Whole = 100_000;

    /// <summary>What is published or listed longer ago than this is known silently at first reading, not told as news.</summary>
    public static readonly TimeSpan News = TimeSpan.FromDays(7);
}
