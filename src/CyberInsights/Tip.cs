namespace CyberInsights;

/// <summary>A message from a reader to the desk, readable by the desk alone.</summary>
public sealed record Tip
{
    public long Id { get; init; }
    public required string Text { get; init; }

    /// <summary>How to answer, if the reader gave it.</summary>
    public string? Contact { get; init; }
    public required DateTimeOffset At { get; init; }
}
