namespace CyberInsights;

/// <summary>What a source did to a report after publication, the gravest that was found; the numbers are stored.</summary>
public enum SourceEditKind
{
    /// <summary>Spelling or punctuation.</summary>
    Typo = 1,

    /// <summary>Text came in, next to none went out.</summary>
    Addition = 2,

    /// <summary>Something is said in other words, and no other kind fits.</summary>
    Rewording = 3,

    /// <summary>Text went out, next to none came in.</summary>
    Removal = 4,

    /// <summary>A claim became weaker: a hedge came in, a strong word became a weaker one, a name went out of a sentence.</summary>
    Softening = 5,

    /// <summary>The report says itself that it was corrected.</summary>
    Correction = 6,
}

/// <summary>An edit by a source, with the passage that shows it best.</summary>
/// <param name="Was">The words before, with a few around them, at most <see cref="MaxPassage"/> characters; empty when nothing stood there.</param>
/// <param name="Became">The same after.</param>
public sealed record SourceEdit(SourceEditKind Kind, string Was, string Became)
{
    /// <summary>Short enough for an excerpt on a public page.</summary>
    public const int MaxPassage = 160;
}
