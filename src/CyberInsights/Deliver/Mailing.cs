namespace CyberInsights.Deliver;

/// <summary>
/// What is said to one subscriber or to thousands, in their language. In <see cref="Text"/> and <see cref="Html"/> the words of
/// <see cref="ConfirmMark"/> and <see cref="ReaderMark"/> stand where each mail has the token of its reader.
/// </summary>
public sealed record Mailing
{
    public const string ConfirmMark = "{confirm-token}";
    public const string ReaderMark = "{reader-token}";

    /// <summary>Who may get it: those who have not confirmed yet, or those who have. Whoever is in another state when it is sent gets nothing.</summary>
    public required SubscriberState Audience { get; init; }
    public required string Language { get; init; }

    /// <summary>The name of the site in that language, shown as the sender.</summary>
    public required string Sender { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required string Html { get; init; }
}

/// <summary>A mailing on its way to one reader.</summary>
internal sealed record Mail
{
    public required long Id { get; init; }
    public required int Attempts { get; init; }

    /// <summary>Null: a mail of its own, not of an edition.</summary>
    public long? EditionId { get; init; }
    public required string Address { get; init; }

    /// <summary>Opens the pages for preferences and for leaving.</summary>
    public required string ReaderToken { get; init; }

    /// <summary>Confirms the sign-up; null in mails to those who have.</summary>
    public string? ConfirmToken { get; init; }
    public required SubscriberState Audience { get; init; }
    public required string Language { get; init; }
    public required string Sender { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required string Html { get; init; }
}
