using CyberInsights.Net;
using MimeKit;
using MimeKit.Text;

namespace CyberInsights.Deliver;

/// <summary>Makes a mail as it goes over the wire. All of its headers are the library's to fold and encode; none is put together by hand.</summary>
internal static class MailComposer
{
    /// <param name="token">Names the mail (<see cref="Returns.ReturnTokens"/>).</param>
    internal static MimeMessage Compose(Mail mail, string token, MailSettings settings, Uri site, DateTimeOffset now)
    {
        var message = new MimeMessage
        {
            Subject = OneLine.Of(mail.Subject, 300),
            Date = now,
            // The same at every attempt, so that a server that got it twice can tell (RFC 5322, section 3.6.4).
            MessageId = $"{token}@{HostOf(settings)}",
            Body = new GuardedBody
            {
                new TextPart(TextFormat.Plain) { Text = Personal(mail.Text, mail) },
                new TextPart(TextFormat.Html) { Text = Personal(mail.Html, mail) },
            },
        };
        message.From.Add(new MailboxAddress(OneLine.Of(mail.Sender), settings.From.Text));
        message.To.Add(new MailboxAddress("", mail.Address));
        if (settings.ReplyTo is { } reply)
        {
            message.ReplyTo.Add(new MailboxAddress("", reply.Text));
        }
        var headers = message.Headers;
        headers.Add(HeaderId.ContentLanguage, mail.Language);
        // RFC 3834, section 5; the older word for programs that know no other.
        headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (mail.ReaderToken is { } reader)
        {
            headers.Add(HeaderId.Precedence, "bulk");
            headers.Add(HeaderId.ListId, $"<newsletter.{site.IdnHost}>");
            // RFC 8058: one POST to this address, with these words, ends it.
            headers.Add(HeaderId.ListUnsubscribe, $"<{new Uri(site, $"/subscribe/leave/{reader}").AbsoluteUri}>");
            headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }
        settings.Dkim?.Sign(message);
        return message;
    }

    /// <summary>Where the mail goes back to: an address of its own where returns are read (VERP), else the sender's.</summary>
    internal static MailboxAddress ReturnPath(string token, MailSettings settings) =>
        new("", settings.Returns.Address is { } address ? address.WithDetail(token) : settings.From.Text);

    private static string HostOf(MailSettings settings) => settings.From.Text.Split('@')[1];

    private static string Personal(string text, Mail mail) =>
        mail.ReaderToken is null
            ? text.Replace(Mailing.CodeMark, mail.Token, StringComparison.Ordinal)
            : text.Replace(Mailing.ConfirmMark, mail.Token, StringComparison.Ordinal)
                .Replace(Mailing.ReaderMark, mail.ReaderToken, StringComparison.Ordinal);
}
