namespace CyberInsights.Server.Site.Forms;

/// <summary>The addresses that forms are sent to, and those that the links of mails open. Nothing of them is kept by a cache.</summary>
internal static class FormEndpoints
{
    // An id, a dash and a secret in hex; a confirmation token is the secret alone.
    private const string Token = "{token:maxlength(100)}";

    internal static void MapForms(this RouteGroupBuilder pages)
    {
        pages.MapSending("/subscribe", (NewsletterForms forms, HttpContext http) => forms.SignUpAsync(http));
        Read("/subscribe/sent", (NewsletterForms forms, HttpContext http) => forms.SentAsync(http));
        Both(
            $"/subscribe/confirm/{Token}",
            (NewsletterForms forms, HttpContext http, string token) => forms.ConfirmPageAsync(http, token),
            (NewsletterForms forms, HttpContext http, string token) => forms.ConfirmAsync(http, token)
        );
        Both(
            $"/subscribe/preferences/{Token}",
            (NewsletterForms forms, HttpContext http, string token) => forms.PreferencesPageAsync(http, token),
            (NewsletterForms forms, HttpContext http, string token) => forms.ChangeAsync(http, token)
        );
        Both(
            $"/subscribe/leave/{Token}",
            (NewsletterForms forms, HttpContext http) => forms.LeavePageAsync(http),
            (NewsletterForms forms, HttpContext http, string token) => forms.LeaveAsync(http, token)
        );
        Both(
            "/contact",
            (TipForms forms, HttpContext http) => forms.PageAsync(http),
            (TipForms forms, HttpContext http) => forms.SendAsync(http)
        );
        Read("/contact/sent", (TipForms forms, HttpContext http) => forms.SentAsync(http));

        void Read(string pattern, Delegate page) => pages.MapReading(pattern, page);

        void Both(string pattern, Delegate page, Delegate send)
        {
            Read(pattern, page);
            pages.MapSending(pattern, send);
        }
    }
}
