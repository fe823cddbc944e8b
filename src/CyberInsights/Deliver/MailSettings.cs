using CyberInsights.Net;

namespace CyberInsights.Deliver;

/// <summary>Which server takes our mail, and in whose name it goes out.</summary>
public sealed record MailSettings
{
    public required MailServer Server { get; init; }
    public required MailAddress From { get; init; }

    /// <summary>Null: answers go to <see cref="From"/>.</summary>
    public MailAddress? ReplyTo { get; init; }

    /// <summary>Who answers for the mails, in one line at their end; null: the address of the site alone.</summary>
    public string? Imprint { get; init; }
}
