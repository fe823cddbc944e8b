using CyberInsights.Deliver;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Letters;

namespace CyberInsights.Server.Accounts;

/// <summary>The mail that brings the link of an invitation, or the one by which an account is got back.</summary>
internal static class InvitationMail
{
    /// <param name="by">Who sends it.</param>
    /// <param name="until">When the link ends.</param>
    internal static Mailing Write(
        Language language,
        SiteSettings settings,
        InvitationKind kind,
        string by,
        DateTimeOffset until
    )
    {
        var strings = language.Strings;
        var name = PageContext.NameIn(language, settings);
        var (about, words, open) =
            kind == InvitationKind.Recovery
                ? ("account.mail.recover.subject", "account.mail.recover", "account.mail.recover.open")
                : ("account.mail.invited.subject", "account.mail.invited", "account.mail.invited.open");
        var subject = strings.Format(about, name);
        var letter = new Letter(language);
        letter.Title(subject);
        letter.Paragraph(strings.Format(words, by, name));
        letter.Call(
            strings[open],
            $"{settings.BaseAddress.AbsoluteUri.TrimEnd('/')}{language.Prefix}/account/invitation/{Mailing.CodeMark}"
        );
        letter.Paragraph(
            strings.Format(
                "account.mail.until",
                language.FullDay(until),
                strings.Format("time.utc", language.Clock(until))
            )
        );
        letter.Paragraph(strings["account.mail.nothing"]);
        letter.Close(settings.Mail?.Imprint ?? name, []);
        var (text, html) = letter.Done(subject);
        return new Mailing
        {
            Language = language.Code,
            Sender = name,
            Subject = subject,
            Text = text,
            Html = html,
        };
    }
}
