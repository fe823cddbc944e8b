using System.Diagnostics;

namespace CyberInsights.Extract.Pages;

/// <summary>What a page may show in place of its article; the numbers are stored.</summary>
public enum WallKind
{
    /// <summary>A question whether cookies and tracking are accepted.</summary>
    Consent = 1,

    /// <summary>An offer to subscribe or register in order to read on.</summary>
    Subscription = 2,

    /// <summary>A check whether the reader is a person.</summary>
    BotCheck = 3,

    /// <summary>An error, sent as if it were the page.</summary>
    Error = 4,
}

/// <summary>A page showed something else than its article.</summary>
/// <param name="Sign">What tells it: the words of the list that were found, or the name of the mark in the page.</param>
public sealed record PageWall(WallKind Kind, string Sign)
{
    /// <summary>For a person, to be read after "the page": <c>asks for a subscription ("subscribe to continue reading")</c>.</summary>
    public string Sentence =>
        Kind switch
        {
            WallKind.Consent => $"asks for consent to cookies (\"{Sign}\")",
            WallKind.Subscription => $"asks for a subscription (\"{Sign}\")",
            WallKind.BotCheck => $"checks whether its reader is a person (\"{Sign}\")",
            WallKind.Error => $"shows an error (\"{Sign}\")",
            _ => throw new UnreachableException(),
        };
}
