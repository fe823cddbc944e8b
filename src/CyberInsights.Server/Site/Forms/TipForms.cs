using CyberInsights.Edit;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site.Pages;

namespace CyberInsights.Server.Site.Forms;

/// <summary>
/// The form to the desk. A tip is written down with its day alone, and nowhere else: no line of the log, no count in the database. Two ways
/// are open: with script, which seals the message where the desk has a key and solves a small puzzle; and without, in the clear, which
/// has to wait a little and is let through less often. With the address of a page it asks what is wrong there; that and the page stay in the
/// clear, so that the desk sees which page to look at.
/// </summary>
internal sealed class TipForms(
    FormPages pages,
    FormTokens tokens,
    TipGate gate,
    TipStore tips,
    CurrentSettings current,
    TimeProvider clock
)
{
    private const string Name = "tip";

    // A sealed message and its neighbours; in the clear three bytes a letter, each written as %xx.
    private const int MaxBytes = 256 * 1024;

    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(5);

    internal async Task<IResult> PageAsync(HttpContext http) =>
        await ShowAsync(
            http,
            new TipForm(await NewTokenAsync(http))
            {
                About = TipForm.OwnPath(http.Request.Query["about"].FirstOrDefault()),
            },
            StatusCodes.Status200OK
        );

    internal async Task<IResult> SendAsync(HttpContext http)
    {
        var (post, status) = await FormPost.ReadAsync(http, MaxBytes);
        if (post is null)
        {
            return FormPages.Refuse(status);
        }
        var token = await tokens.ReadAsync(Name, post["token"], http.RequestAborted);
        return post["sealed"] is { Length: > 0 } body
            ? await SealedAsync(http, post, token, body)
            : await PlainAsync(http, post, token);
    }

    // Only the script sends it, and shows its own sentences by the status.
    private async Task<IResult> SealedAsync(HttpContext http, FormPost post, FormToken? token, string body)
    {
        if (
            current.Now.TipKey is null
            || token is null
            || !TipSeal.IsSealed(body)
            || !TipGate.Solves(post["token"], token.Bits, body, post["work"])
        )
        {
            return FormPages.Refuse(StatusCodes.Status422UnprocessableEntity);
        }
        if (!gate.Take(FormPost.NetworkOf(http), $"{post["token"]}:{post["work"]}"))
        {
            return FormPages.Refuse(StatusCodes.Status429TooManyRequests);
        }
        if (!post.Trapped)
        {
            await tips.AddSealedAsync(body, TipForm.Of(post, post["token"]).Objection, http.RequestAborted);
        }
        return Done(http);
    }

    private async Task<IResult> PlainAsync(HttpContext http, FormPost post, FormToken? token)
    {
        var form = TipForm.Of(post, token is null ? await NewTokenAsync(http) : post["token"]);
        if (form is not { MessageProblem: null, ContactProblem: null })
        {
            return await ShowAsync(http, form);
        }
        var solved = token is not null && TipGate.Solves(post["token"], token.Bits, post["message"], post["work"]);
        if (token is null || (!solved && clock.GetUtcNow() - token.MadeAt < Soonest))
        {
            return await ShowAsync(http, form with { Trouble = "form.again" });
        }
        if (!gate.Take(FormPost.NetworkOf(http), solved ? $"{post["token"]}:{post["work"]}" : null))
        {
            return await ShowAsync(http, form with { Trouble = "form.often" }, StatusCodes.Status429TooManyRequests);
        }
        if (!post.Trapped)
        {
            var text = new TipText
            {
                Message = form.Message,
                Contact = form.Contact,
                About = form.About,
            };
            await tips.AddAsync(text, current.Now.TipKey, form.Objection, http.RequestAborted);
        }
        return Done(http);
    }

    internal Task<IResult> SentAsync(HttpContext http) =>
        pages.SayAsync(http, "tip.sent", [FormPages.LanguageOf(http).Strings["tip.sent.text"]]);

    private static IResult Done(HttpContext http) => FormPages.SeeOther(http, "/contact/sent");

    private Task<string> NewTokenAsync(HttpContext http) => tokens.IssueAsync(Name, gate.Bits, http.RequestAborted);

    private Task<IResult> ShowAsync(
        HttpContext http,
        TipForm form,
        int status = StatusCodes.Status422UnprocessableEntity
    ) =>
        pages.ShowAsync<ContactView>(
            http,
            "contact.title",
            new Dictionary<string, object?> { [nameof(ContactView.Form)] = form },
            status,
            unlisted: false
        );
}
