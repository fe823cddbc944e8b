namespace CyberInsights.Deliver;

/// <summary>
/// What is said to one subscriber or to thousands, or to an address of its own, in their language. In <see cref="Text"/> and
/// <see cref="Html"/> the words of <see cref="ConfirmMark"/> and <see cref="ReaderMark"/> stand where each mail has the token of its reader,
/// those of <see cref="CodeMark"/> where one to an address has its code.
/// </summary>
public sealed record Mailing
{
    public const string ConfirmMark = "{confirm-token}";
    public const string ReaderMark = "{reader-token}";
    public const string CodeMark = "{code}";

    /// <summary>
    /// Who may get it: those who have not confirmed yet, or those who have. Whoever is in another state when it is sent gets nothing. Null: no
    /// subscriber, an address of its own.
    /// </summary>
    public SubscriberState? Audience { get; init; }
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

    /// <summary>Opens the pages for preferences and for leaving; null in a mail to no subscriber.</summary>
    public string? ReaderToken { get; init; }

    /// <summary>Confirms the sign-up, or is the code of a mail to no subscriber; null in mails to those who have confirmed.</summary>
    public string? Token { get; init; }

    /// <summary>0: no subscriber.</summary>
    public required SubscriberState Audience { get; init; }
    public required string Language { get; init; }
    public required string Sender { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required string Html { get; init; }
}
