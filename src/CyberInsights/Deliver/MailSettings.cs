using CyberInsights.Deliver.Editions;
using CyberInsights.Deliver.Returns;
using CyberInsights.Net;

namespace CyberInsights.Deliver;

/// <summary>Which server takes our mail, how fast, and in whose name it goes out.</summary>
public sealed record MailSettings
{
    public required MailServer Server { get; init; }
    public required MailAddress From { get; init; }

    /// <summary>Null: answers go to <see cref="From"/>.</summary>
    public MailAddress? ReplyTo { get; init; }

    /// <summary>Who answers for the mails, in one line at their end; null: the address of the site alone.</summary>
    public string? Imprint { get; init; }

    /// <summary>Connections to the server at once, 1 to 20.</summary>
    public int Lines { get; init; } = 12;

    /// <summary>Mails a minute at most; null: as many as the server takes.</summary>
    public int? PerMinute { get; init; }

    /// <summary>Null: mails are not signed here.</summary>
    public DkimSettings? Dkim { get; init; }
    public ReturnSettings Returns { get; init; } = new();
    public EditionSchedule Schedule { get; init; } = new();
}
