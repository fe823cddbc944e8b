using CyberInsights.Net;

namespace CyberInsights.Deliver.Returns;

/// <summary>Where mails that cannot be delivered come back to, and how we learn of them.</summary>
public sealed record ReturnSettings
{
    /// <summary>The mailbox they go to, each at an address of its own below it (<c>returns+token@…</c>); null: to the sender's address.</summary>
    public MailAddress? Address { get; init; }

    /// <summary>The server from which that mailbox is read (IMAP); null: it is not.</summary>
    public MailServer? Mailbox { get; init; }

    /// <summary>Signs what is posted to <c>/mail/returns</c>; null: nothing is taken there.</summary>
    public string? Secret { get; init; }
}
