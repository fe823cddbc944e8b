namespace CyberInsights;

/// <summary>How much of an article was wrong.</summary>
public enum CorrectionKind
{
    /// <summary>Something was wrong and is put right.</summary>
    Correction = 1,

    /// <summary>Nothing was wrong, but it could be misread.</summary>
    Clarification = 2,

    /// <summary>The article as a whole does not hold.</summary>
    Retraction = 3,
}

/// <summary>What the desk put right in an article, for everyone to read.</summary>
public sealed record Correction
{
    public required CorrectionKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What it said and what it says now, in the language of the article.</summary>
    public required string Text { get; init; }
}
