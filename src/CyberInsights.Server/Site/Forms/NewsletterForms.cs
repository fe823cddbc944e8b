using CyberInsights.Deliver;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site.Pages;

namespace CyberInsights.Server.Site.Forms;

/// <summary>Signing up for the newsletter, confirming it, changing it and leaving: forms and the links of mails.</summary>
internal sealed class NewsletterForms(
    FormPages pages,
    FormTokens tokens,
    Newsletter newsletter,
    TopicReader topics,
    CurrentSettings current,
    SiteMessages messages,
    TimeProvider clock
)
{
    internal const string Name = "newsletter";

    private const int MaxBytes = 16 * 1024;

    // A person reads, types an address and presses; a program that fetched the page does not wait.
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(2);

    internal async Task<SignUpForm> NewFormAsync(CancellationToken cancel) =>
        new(await tokens.IssueAsync(Name, cancel));

    internal async Task<IResult> SignUpAsync(HttpContext http)
    {
        if (current.Now.Mail is null)
        {
            return await messages.MissingAsync(http, "missing.page");
        }
        var (post, status) = await FormPost.ReadAsync(http, MaxBytes);
        if (post is null)
        {
            return FormPages.Refuse(status);
        }
        var cancel = http.RequestAborted;
        var token = await tokens.ReadAsync(Name, post["token"], cancel);
        var form = SignUpForm.Of(post, token is null ? await tokens.IssueAsync(Name, cancel) : post["token"]);
        if (FieldRule.Broken(FieldRule.Address, form.Address) is { } problem)
        {
            return await AgainAsync(http, form with { Problem = problem });
        }
        if (token is null || clock.GetUtcNow() - token.MadeAt < Soonest)
        {
            return await AgainAsync(http, form with { Trouble = "form.again" });
        }
        // A program that filled the trap is told what a person is told.
        return post.Trapped || await TakeAsync(http, form)
            ? FormPages.SeeOther(http, "/subscribe/sent")
            : await AgainAsync(http, form with { Trouble = "form.often" }, StatusCodes.Status429TooManyRequests);
    }

    private async Task<bool> TakeAsync(HttpContext http, SignUpForm form)
    {
        var language = FormPages.LanguageOf(http);
        return await newsletter.SignUpAsync(
            new SignUp
            {
                Address = MailAddress.Read(form.Address)!,
                Wanted = form.Wanted(language, await topics.AllAsync(http.RequestAborted)),
                Network = FormPost.NetworkOf(http),
            },
            ConfirmationMail.Write(language, current.Now),
            http.RequestAborted
        );
    }

    private Task<IResult> AgainAsync(
        HttpContext http,
        SignUpForm form,
        int status = StatusCodes.Status422UnprocessableEntity
    ) =>
        pages.ShowAsync<SubscribeView>(
            http,
            "subscribe.title",
            new Dictionary<string, object?> { [nameof(SubscribeView.Form)] = form },
            status
        );

    internal Task<IResult> SentAsync(HttpContext http)
    {
        var strings = FormPages.LanguageOf(http).Strings;
        return pages.SayAsync(
            http,
            "newsletter.sent",
            [strings["newsletter.sent.text"], strings["newsletter.sent.none"]]
        );
    }

    internal async Task<IResult> ConfirmPageAsync(HttpContext http, string token) =>
        await newsletter.CanConfirmAsync(token, clock.GetUtcNow(), http.RequestAborted)
            ? await pages.SayAsync(
                http,
                "newsletter.confirm",
                [FormPages.LanguageOf(http).Strings["newsletter.confirm.text"]],
                button: "newsletter.confirm.button"
            )
            : await StaleAsync(http);

    internal async Task<IResult> ConfirmAsync(HttpContext http, string token) =>
        await newsletter.ConfirmAsync(token, http.RequestAborted) is { } readerToken
            ? FormPages.SeeOther(http, $"/subscribe/preferences/{readerToken}?confirmed")
            : await StaleAsync(http);

    internal async Task<IResult> PreferencesPageAsync(HttpContext http, string token) =>
        await newsletter.FindAsync(token, http.RequestAborted) is { Subscriber.State: SubscriberState.Active } found
            ? await pages.ShowAsync<PreferencesView>(
                http,
                "newsletter.preferences",
                new Dictionary<string, object?>
                {
                    [nameof(PreferencesView.Token)] = token,
                    [nameof(PreferencesView.Address)] = found.Subscriber.Address,
                    [nameof(PreferencesView.Wanted)] = found.Wanted,
                    [nameof(PreferencesView.Said)] =
                        http.Request.Query.ContainsKey("confirmed") ? "newsletter.confirmed"
                        : http.Request.Query.ContainsKey("saved") ? "newsletter.saved"
                        : null,
                }
            )
            : await StaleAsync(http);

    internal async Task<IResult> ChangeAsync(HttpContext http, string token)
    {
        var (post, status) = await FormPost.ReadAsync(http, MaxBytes);
        if (post is null)
        {
            return FormPages.Refuse(status);
        }
        var wanted = SignUpForm
            .Of(post, "")
            .Wanted(FormPages.LanguageOf(http), await topics.AllAsync(http.RequestAborted));
        return await newsletter.ChangeAsync(token, wanted, http.RequestAborted)
            ? FormPages.SeeOther(http, $"/subscribe/preferences/{token}?saved")
            : await StaleAsync(http);
    }

    internal Task<IResult> LeavePageAsync(HttpContext http) =>
        pages.SayAsync(
            http,
            "newsletter.leave",
            [FormPages.LanguageOf(http).Strings["newsletter.leave.text"]],
            button: "newsletter.leave.button"
        );

    /// <summary>
    /// For the button of the page and for mail programs alike, which send it from anywhere, without cookie, and follow no redirect (RFC
    /// 8058, section 3.1). The body is not read. The answer is the same for a token that opens nothing, or nothing any more.
    /// </summary>
    internal async Task<IResult> LeaveAsync(HttpContext http, string token)
    {
        await newsletter.LeaveAsync(token, http.RequestAborted);
        return await pages.SayAsync(
            http,
            "newsletter.left",
            [FormPages.LanguageOf(http).Strings["newsletter.left.text"]]
        );
    }

    private Task<IResult> StaleAsync(HttpContext http) =>
        pages.SayAsync(
            http,
            "newsletter.stale",
            [FormPages.LanguageOf(http).Strings["newsletter.stale.text"]],
            status: StatusCodes.Status410Gone
        );
}
