namespace CyberInsights;

/// <summary>A free word that the desk gives articles, under which they are found.</summary>
/// <param name="Slug">Of the name; spellings that differ in accents or case are one tag.</param>
/// <param name="Name">As the newest article has it.</param>
public sealed record ArticleTag(string Slug, string Name)
{
    /// <summary>The most tags that one article has.</summary>
    public const int Most = 10;

    /// <summary>The fewest and the most characters of a name, inclusive.</summary>
    public const int MinLength = 2;

    /// <inheritdoc cref="MinLength"/>
    public const int MaxLength = 40;
}
