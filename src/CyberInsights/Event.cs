namespace CyberInsights;

/// <summary>How sure the world is about an event; the numbers are stored.</summary>
public enum EventState
{
    /// <summary>Reports come in; nobody has settled it.</summary>
    Developing = 1,

    /// <summary>An accusation or claim stands against a denial.</summary>
    Disputed = 2,

    /// <summary>A victim or an authority confirms it.</summary>
    Confirmed = 3,

    /// <summary>Somebody claims or asserts it; nobody else has spoken.</summary>
    Claimed = 4,

    /// <summary>A victim or an authority says it did not happen.</summary>
    Refuted = 5,

    /// <summary>Nobody has settled it, and for a week nobody has told anything new. Never stored: pages show it in place of <see cref="Developing"/>.</summary>
    Quiet = 6,
}

/// <summary>Something that happened, told by one or more reports (STIX Incident, Grouping).</summary>
public sealed record Event
{
    public required long Id { get; init; }

    /// <summary>The part of its address: <c>/events/{slug}</c>; given once, never changed.</summary>
    public required string Slug { get; init; }
    public required DateTimeOffset FirstToldAt { get; init; }
    public required DateTimeOffset LastToldAt { get; init; }

    /// <summary>How many reports tell it.</summary>
    public int Reports { get; init; }
}
