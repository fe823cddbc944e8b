using System.Text;
using MimeKit;

namespace CyberInsights.Tests.Deliver.Returns;

/// <summary>Mails as mail servers send them back.</summary>
internal static class SomeReturns
{
    /// <summary>A delivery status notification (RFC 3464).</summary>
    /// <param name="to">The return path of the mail that failed.</param>
    /// <param name="messageId">Of the mail that failed; null: its headers are not given back.</param>
    internal static string Dsn(
        string to,
        string status,
        string action = "failed",
        string? messageId = null,
        string recipient = "reader@pub.example"
    ) =>
        $"""
            From: MAILER-DAEMON@mx.example
            To: {to}
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

            --b1
            Content-Type: text/plain; charset=us-ascii

            Your mail could not be delivered.

            --b1
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example
            Arrival-Date: Thu, 29 May 2025 07:40:00 +0000

            Final-Recipient: rfc822; {recipient}
            Action: {action}
            Status: {status}
            Diagnostic-Code: smtp; 550 {status} no

            --b1
            Content-Type: text/rfc822-headers

            {(messageId is null ? "Subject: news" : $"Message-ID: <{messageId}>")}

            --b1--

            """.ReplaceLineEndings("\r\n");

    /// <summary>A complaint (RFC 5965).</summary>
    internal static string Complaint(string messageId, string type = "abuse") =>
        $"""
            From: feedback@provider.example
            To: abuse@news.example
            Subject: FW: news
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary="b2"

            --b2
            Content-Type: text/plain; charset=us-ascii

            This is an abuse report.

            --b2
            Content-Type: message/feedback-report

            Feedback-Type: {type}
            User-Agent: Provider/1.0
            Version: 1

            --b2
            Content-Type: message/rfc822

            From: desk@news.example
            To: redacted@provider.example
            Message-ID: <{messageId}>
            Subject: news

            text

            --b2--

            """.ReplaceLineEndings("\r\n");

    internal static string OutOfOffice(string to) =>
        $"""
            From: reader@pub.example
            To: {to}
            Subject: Out of office 5.1.1
            Auto-Submitted: auto-replied

            I am away. Status: 5.1.1 Action: failed
            """.ReplaceLineEndings("\r\n");

    internal static MimeMessage Parsed(string mail) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(mail)));
}
