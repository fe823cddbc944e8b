namespace CyberInsights;

/// <summary>A standing subject that gathers events: a section of the site (IPTC Media Topics).</summary>
public sealed record Topic
{
    public required long Id { get; init; }

    /// <summary>The part of its address: <c>/topics/{slug}</c>.</summary>
    public required string Slug { get; init; }
    public required string Name { get; init; }

    /// <summary>Its place in the navigation, from 1.</summary>
    public int Position { get; init; }
}
