namespace CyberInsights;

/// <summary>A dated, frozen selection that goes out together (newsletter, briefing).</summary>
public sealed record Edition
{
    public long Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Language { get; init; }

    /// <summary>JSON array of the event ids it holds, in order.</summary>
    public required string Items { get; init; }
    public required DateTimeOffset At { get; init; }
}
