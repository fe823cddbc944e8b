using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site.Cards;

/// <summary>What the picture of a page shows where the page is shared; every word in the language of the page, but the title, which is as it was written.</summary>
internal sealed record ShareCard
{
    /// <summary>Pixels, as Open Graph readers show them uncut (1.91 : 1).</summary>
    internal const int Width = 1200;

    /// <inheritdoc cref="Width"/>
    internal const int Height = 630;

    public required string Title { get; init; }

    /// <summary>BCP 47, of <see cref="Title"/>.</summary>
    public required string TitleLanguage { get; init; }
    public required string SiteName { get; init; }

    /// <summary>Whether the page reads from right to left.</summary>
    public required bool RightToLeft { get; init; }

    /// <summary>What kind of page it is, or who wrote it; of an event the words of its state.</summary>
    public string Kick { get; init; } = "";

    /// <summary>Of an event.</summary>
    public EventState? State { get; init; }

    /// <summary>Each with its words, those of most weight first.</summary>
    public IReadOnlyList<(Stance Stance, string Words)> Stances { get; init; } = [];

    /// <summary>Outlets that tell of an event; 0 where none are counted.</summary>
    public int Outlets { get; init; }

    /// <summary>How many of them have an account of their own.</summary>
    public int Independent { get; init; }

    /// <summary>The line at the foot.</summary>
    public string Foot { get; init; } = "";

    /// <summary>Reports a slot of time, oldest first; empty: no line is drawn.</summary>
    public IReadOnlyList<int> Counts { get; init; } = [];

    /// <summary>The usual range of <see cref="Counts"/>; 0 to 0: none is known.</summary>
    public (double Low, double High) Usual { get; init; }
}
