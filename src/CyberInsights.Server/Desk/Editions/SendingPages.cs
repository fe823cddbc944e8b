using System.Globalization;
using System.Text;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Server.Site.Letters;

namespace CyberInsights.Server.Desk.Editions;

/// <summary>Where an edition is looked at as a mail, tried, scheduled and sent.</summary>
internal sealed class SendingPages(
    DeskPages pages,
    EditionDesk desk,
    EditionTrial trial,
    Newsletter newsletter,
    CurrentSettings current
)
{
    private const string Html = "text/html; charset=utf-8";

    // In place of the token that each mail has of its reader.
    private const string NoToken = "…";

    internal async Task<IResult> PreviewAsync(HttpContext http, long id, string language)
    {
        var (edition, mailing) = await MailingAsync(http, id, language);
        http.Response.Headers.ContentSecurityPolicy = SiteHeaders.WithFrame;
        return await pages.ShowAsync<EditionPreviewView>(
            http,
            "desk.edition.preview",
            new Dictionary<string, object?>
            {
                [nameof(EditionPreviewView.Edition)] = edition,
                [nameof(EditionPreviewView.Mailing)] = mailing,
            }
        );
    }

    /// <summary>The mail itself, for the frame of its preview.</summary>
    internal async Task<IResult> MailAsync(HttpContext http, long id, string language)
    {
        var (_, mailing) = await MailingAsync(http, id, language);
        http.Response.Headers.ContentSecurityPolicy = SiteHeaders.OfMail;
        return new BodyResult(Body.Of(Encoding.UTF8.GetBytes(mailing.Html), Html)) { CacheControl = DeskGuard.NoStore };
    }

    internal async Task<IResult> TestAsync(HttpContext http, long id)
    {
        var form = http.DeskForm();
        var address =
            MailAddress.Read(form["address"].Trim())
            ?? throw new RefusalException(
                RefusalKind.BadInput,
                "This is no mail address: no test was sent. Go back and write one as name@example.org."
            );
        await desk.TestAsync(
            Mail(),
            id,
            LanguageOf(form["language"]).Code,
            address,
            http.DeskUser().Member,
            http.RequestAborted
        );
        return NewsletterPages.Back(http, id, "tested");
    }

    internal async Task<IResult> ScheduleAsync(HttpContext http, long id)
    {
        Mail();
        var form = http.DeskForm();
        await desk.ScheduleAsync(
            id,
            NewsletterPages.RevisionOf(form),
            LocalTime.Of(form["at"], form["zone"]),
            http.DeskUser().Member,
            http.RequestAborted
        );
        return NewsletterPages.Back(http, id);
    }

    internal async Task<IResult> HoldAsync(HttpContext http, long id)
    {
        var revision = NewsletterPages.RevisionOf(http.DeskForm());
        await desk.HoldAsync(id, revision, http.DeskUser().Member, http.RequestAborted);
        return NewsletterPages.Back(http, id);
    }

    /// <summary>Says to how many it goes before it does.</summary>
    internal async Task<IResult> AskAsync(HttpContext http, long id)
    {
        var edition = await desk.ReadAsync(id, http.RequestAborted);
        return await pages.ShowAsync<EditionSendView>(
            http,
            "desk.edition.send",
            new Dictionary<string, object?>
            {
                [nameof(EditionSendView.Edition)] = edition,
                [nameof(EditionSendView.Readers)] = (await newsletter.ByLanguageAsync(http.RequestAborted))
                    .Where(r => r.Frequency == edition.Frequency)
                    .ToList(),
            }
        );
    }

    internal async Task<IResult> SendAsync(HttpContext http, long id)
    {
        Mail();
        var revision = NewsletterPages.RevisionOf(http.DeskForm());
        await desk.SendAsync(id, revision, http.DeskUser().Member, http.RequestAborted);
        return NewsletterPages.Back(http, id);
    }

    internal async Task<IResult> SendAgainAsync(HttpContext http)
    {
        var mail = long.TryParse(http.DeskForm()["mail"], CultureInfo.InvariantCulture, out var id) ? id : 0;
        await desk.SendAgainAsync(mail, http.DeskUser().Member, http.RequestAborted);
        return FormPages.SeeOther(http, EditionRoom.Root);
    }

    private async Task<(Edition Edition, Mailing Mailing)> MailingAsync(HttpContext http, long id, string language)
    {
        var edition = await desk.ReadAsync(id, http.RequestAborted);
        var mailing = trial.Preview(edition, LanguageOf(language).Code, []);
        return (
            edition,
            mailing with
            {
                Text = mailing.Text.Replace(Mailing.ReaderMark, NoToken, StringComparison.Ordinal),
                Html = mailing.Html.Replace(Mailing.ReaderMark, NoToken, StringComparison.Ordinal),
            }
        );
    }

    private MailSettings Mail() =>
        current.Now.Mail
        ?? throw new RefusalException(
            RefusalKind.BadInput,
            "No mail server is set, so nothing can be sent. Ask the operator to set Insights__MailHost and Insights__MailFrom."
        );

    private static Language LanguageOf(string code) =>
        Language.All.FirstOrDefault(l => l.Code == code)
        ?? throw new RefusalException(
            RefusalKind.NotFound,
            "There is no newsletter in this language. Go back and choose one of the list."
        );
}
