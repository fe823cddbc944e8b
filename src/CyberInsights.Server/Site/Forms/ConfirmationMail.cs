using System.Text.Encodings.Web;
using System.Text.Unicode;
using CyberInsights.Deliver;

namespace CyberInsights.Server.Site.Forms;

/// <summary>The mail that asks whether the sign-up was meant: in text, and in markup that says the same without style or picture.</summary>
internal static class ConfirmationMail
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    internal static Mailing Write(Language language, SiteSettings settings)
    {
        var strings = language.Strings;
        var name = PageContext.NameIn(language, settings);
        var confirm = Address($"confirm/{Mailing.ConfirmMark}");
        var leave = Address($"leave/{Mailing.ReaderMark}");
        var (asked, press, works, notYou) = (
            strings.Format("newsletter.mail.asked", name),
            strings["newsletter.mail.press"],
            strings.Format(
                "newsletter.mail.works",
                language.Number(Newsletter.ConfirmWithin.Days),
                language.Number(Forgetter.Days)
            ),
            strings["newsletter.mail.not-you"]
        );
        var imprint = settings.Mail?.Imprint ?? name;
        var home = settings.BaseAddress.AbsoluteUri;
        return new Mailing
        {
            Audience = SubscriberState.Pending,
            Language = language.Code,
            Sender = name,
            Subject = strings.Format("newsletter.mail.subject", name),
            Text = $"{asked}\n\n{press}\n{confirm}\n\n{works}\n\n{notYou}\n{leave}\n\n-- \n{imprint}\n{home}\n",
            Html =
                $"<!DOCTYPE html><html lang=\"{language.Code}\" dir=\"{language.Direction}\"><body>"
                + $"<p>{Marked(asked)}</p><p>{Marked(press)}<br>{Link(confirm)}</p><p>{Marked(works)}</p>"
                + $"<p>{Marked(notYou)}<br>{Link(leave)}</p><hr><p>{Marked(imprint)}<br>{Link(home)}</p></body></html>",
        };

        string Address(string path) =>
            $"{new Uri(settings.BaseAddress, $"{language.Prefix}/subscribe/").AbsoluteUri}{path}";
    }

    private static string Marked(string text) => Encoder.Encode(text);

    private static string Link(string address) => $"<a href=\"{address}\" dir=\"ltr\">{address}</a>";
}
