using MimeKit;

namespace CyberInsights.Deliver.Returns;

/// <summary>What a mail that came back says; the numbers are stored, the graver the higher.</summary>
public enum ReturnKind
{
    /// <summary>Could not be delivered this time: full, too large, refused for what it is.</summary>
    Soft = 1,

    /// <summary>There is no such mailbox.</summary>
    Hard = 2,

    /// <summary>The reader called it unwanted.</summary>
    Complaint = 3,
}

/// <summary>A delivery status notification (RFC 3464) or a complaint (RFC 5965), as far as it matters here.</summary>
/// <param name="Names">Where the token of the mail may stand.</param>
internal sealed record ReturnNotice(ReturnKind Kind, IReadOnlyList<string> Names)
{
    // Headers by which mail servers keep the address that a mail was sent to.
    private static readonly string[] Recipients = ["To", "Delivered-To", "X-Original-To", "Envelope-To"];

    /// <summary>Null when <paramref name="message"/> is neither, or tells of nothing that failed: out of office, delayed, delivered.</summary>
    internal static ReturnNotice? Read(MimeMessage message)
    {
        var parts = message.BodyParts.ToList();
        var kind =
            parts.OfType<MessageFeedbackReport>().FirstOrDefault() is { } complaint ? OfComplaint(complaint)
            : parts.OfType<MessageDeliveryStatus>().FirstOrDefault() is { } status ? OfStatus(status)
            : null;
        return kind is { } known ? new ReturnNotice(known, [.. NamesIn(message, parts)]) : null;
    }

    private static ReturnKind? OfComplaint(MessageFeedbackReport report) =>
        report.Fields["Feedback-Type"]?.Trim().ToLowerInvariant() is null or "not-spam" ? null : ReturnKind.Complaint;

    // The first group is about the message, each further one about a recipient; ours have one.
    private static ReturnKind? OfStatus(MessageDeliveryStatus status)
    {
        var failed = status
            .StatusGroups.Skip(1)
            .Where(g => "failed".Equals(g["Action"]?.Trim(), StringComparison.OrdinalIgnoreCase))
            .Select(g => g["Status"]?.Trim() ?? "")
            .ToList();
        return failed.Count == 0 ? null
            : failed.All(IsForGood) ? ReturnKind.Hard
            : ReturnKind.Soft;
    }

    // RFC 3463: class 5 lasts, but only subject 1 (address) and 2.1 (mailbox disabled) are about there being no reader; a full mailbox, a
    // refused text or a server in trouble are not. A status without a subject (5.0.0) says no more than that it failed.
    private static bool IsForGood(string status) =>
        status.Split(' ')[0].Split('.') is ["5", var subject, var detail]
        && (subject == "1" || (subject, detail) is ("2", "1") or ("0", "0"));

    private static IEnumerable<string> NamesIn(MimeMessage message, IReadOnlyList<MimeEntity> parts)
    {
        foreach (
            var header in message.Headers.Where(h => Recipients.Contains(h.Field, StringComparer.OrdinalIgnoreCase))
        )
        {
            yield return header.Value;
        }
        foreach (var part in parts)
        {
            if (part is MessagePart { Message: { } original })
            {
                yield return original.MessageId ?? "";
                yield return original.Headers[HeaderId.ReturnPath] ?? "";
            }
            else if (part is TextPart { ContentType.MediaSubtype: "rfc822-headers" } headers)
            {
                // Only the beginning: these are the headers of one of our mails.
                yield return headers.Text[..Math.Min(headers.Text.Length, 20_000)];
            }
        }
    }
}
