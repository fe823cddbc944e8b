using System.Globalization;
using MimeKit;
using MimeKit.Text;

namespace CyberInsights.Deliver;

/// <summary>Makes a mail as it goes over the wire. All of its headers are the library's to fold and encode; none is put together by hand.</summary>
internal static class MailComposer
{
    internal static MimeMessage Compose(Mail mail, MailSettings settings, Uri site, DateTimeOffset now)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = now,
            // The same at every attempt, so that a server that got it twice can tell (RFC 5322, section 3.6.4).
            MessageId = $"{mail.Id.ToString(CultureInfo.InvariantCulture)}@{settings.From.Text.Split('@')[1]}",
            Body = new MultipartAlternative
            {
                new TextPart(TextFormat.Plain) { Text = Personal(mail.Text, mail) },
                new TextPart(TextFormat.Html) { Text = Personal(mail.Html, mail) },
            },
        };
        message.From.Add(new MailboxAddress(mail.Sender, settings.From.Text));
        message.To.Add(new MailboxAddress("", mail.Address));
        if (settings.ReplyTo is { } reply)
        {
            message.ReplyTo.Add(new MailboxAddress("", reply.Text));
        }
        var headers = message.Headers;
        headers.Add(HeaderId.ContentLanguage, mail.Language);
        // RFC 3834, section 5; the older word for programs that know no other.
        headers.Add("Auto-Submitted", "auto-generated");
        headers.Add(HeaderId.Precedence, "bulk");
        headers.Add(HeaderId.ListId, $"<newsletter.{site.IdnHost}>");
        // RFC 8058: one POST to this address, with these words, ends it.
        headers.Add(HeaderId.ListUnsubscribe, $"<{new Uri(site, $"/subscribe/leave/{mail.ReaderToken}").AbsoluteUri}>");
        headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return message;
    }

    private static string Personal(string text, Mail mail) =>
        text.Replace(Mailing.ConfirmMark, mail.ConfirmToken, StringComparison.Ordinal)
            .Replace(Mailing.ReaderMark, mail.ReaderToken, StringComparison.Ordinal);
}
