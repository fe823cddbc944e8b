using System.Globalization;
using CyberInsights.Deliver;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Members;

/// <summary>The room in which administrators invite members, change what they may do, and close accounts.</summary>
internal sealed class MembersPages(
    DeskPages pages,
    Membership members,
    Invitations invitations,
    OutboxReader outbox,
    CurrentSettings current,
    TimeProvider clock
)
{
    private const string Root = "/desk/members";
    private const string Highest = "administrator";

    internal static DeskRoom Room { get; } =
        new(
            "members",
            DeskRight.Accounts,
            services => services.AddSingleton<MembersPages>().AddSingleton<OutboxReader>(),
            desk =>
            {
                desk.Page(Root, DeskRight.Accounts, (MembersPages p, HttpContext http) => p.ListAsync(http));
                Act(desk, "invite", (p, http, _) => p.InviteAsync(http));
                Act(desk, "withdraw", (p, http, _) => p.WithdrawAsync(http));
                desk.Page(
                    $"{Root}/{{id:long}}",
                    DeskRight.Accounts,
                    (MembersPages p, HttpContext http, long id) => p.ShowAsync(http, id),
                    fresh: true
                );
                Act(desk, "role", (p, http, id) => p.ChangeRoleAsync(http, id), fresh: true);
                Act(desk, "close", (p, http, id) => p.CloseAsync(http, id), fresh: true);
                Act(desk, "reopen", (p, http, id) => p.ReopenAsync(http, id), fresh: true);
                Act(desk, "reset", (p, http, id) => p.ResetAsync(http, id), fresh: true);
            }
        );

    // What is done to a member names them in its form.
    private static void Act(
        DeskRoutes desk,
        string verb,
        Func<MembersPages, HttpContext, long, Task<IResult>> act,
        bool fresh = false
    ) =>
        desk.Act(
            $"{Root}/{verb}",
            DeskRight.Accounts,
            (MembersPages p, HttpContext http) =>
                act(p, http, long.TryParse(http.DeskForm()["id"], CultureInfo.InvariantCulture, out var id) ? id : 0),
            fresh: fresh
        );

    // An invitation that had to wait for a proof is filled in already.
    private Task<IResult> ListAsync(HttpContext http) =>
        ListAsync(
            http,
            http.Request.Query["email"].ToString(),
            http.Request.Query["role"] == Highest ? DeskRole.Administrator : DeskRole.Contributor,
            null
        );

    private async Task<IResult> ListAsync(HttpContext http, string email, DeskRole role, string? problem) =>
        await pages.ShowAsync<MembersView>(
            http,
            "desk.room.members",
            new Dictionary<string, object?>
            {
                [nameof(MembersView.Members)] = await members.AllAsync(http.RequestAborted),
                [nameof(MembersView.Invitations)] = await OpenAsync(http.RequestAborted),
                [nameof(MembersView.CanMail)] = current.Now.Mail is not null,
                [nameof(MembersView.Done)] = Done(http),
                [nameof(MembersView.Email)] = email,
                [nameof(MembersView.Role)] = role,
                [nameof(MembersView.Problem)] = problem,
            }
        );

    private async Task<IResult> InviteAsync(HttpContext http)
    {
        var form = http.DeskForm();
        var (email, role) = (form["email"].Trim(), RoleOf(form));
        if (MailAddress.Read(email) is null)
        {
            return await ListAsync(http, email, role, email.Length == 0 ? "form.required" : "form.address.form");
        }
        if (role == DeskRole.Administrator && !Proofs.IsFresh(http.DeskUser(), clock.GetUtcNow()))
        {
            var prefix = DeskPages.LanguageOf(http).Prefix;
            return DeskGuard.SignInAgain(http, $"{prefix}{Root}?email={Uri.EscapeDataString(email)}&role={Highest}");
        }
        var letter = LetterOf(http, InvitationKind.Member, DeskPages.LanguageOf(http), Invitations.InvitationLasts);
        return await invitations.InviteAsync(email, role, http.DeskUser().Member, letter, http.RequestAborted)
                is not { } code
                ? await ListAsync(http, email, role, "desk.members.taken")
            : letter is null ? await LinkAsync(http, email, code, "desk.members.invited")
            : FormPages.SeeOther(http, $"{Root}?done=mail");
    }

    // Null: the form asks for a link, or no mail goes out from here.
    private Mailing? LetterOf(HttpContext http, InvitationKind kind, Language language, TimeSpan lasts) =>
        current.Now.Mail is not null && http.DeskForm()["send"] == "mail"
            ? InvitationMail.Write(language, current.Now, kind, http.DeskUser().Name, clock.GetUtcNow() + lasts)
            : null;

    private async Task<IReadOnlyList<OpenInvitation>> OpenAsync(CancellationToken cancel)
    {
        var open = await invitations.OpenAsync(cancel);
        var mails = await outbox.ProgressAsync([.. open.Select(i => i.MailId).OfType<long>()], cancel);
        return
        [
            .. open.Select(i => i.MailId is { } id && mails.TryGetValue(id, out var mail) ? i with { Mail = mail } : i),
        ];
    }

    private static string? Done(HttpContext http) => http.Request.Query["done"] == "mail" ? "desk.members.sent" : null;

    private async Task<IResult> WithdrawAsync(HttpContext http)
    {
        await invitations.WithdrawAsync(http.DeskForm()["invitation"], http.DeskUser().Member, http.RequestAborted);
        return FormPages.SeeOther(http, Root);
    }

    private async Task<IResult> ShowAsync(HttpContext http, long id)
    {
        var member = await FindAsync(http, id);
        return await pages.ShowAsync<MemberView>(
            http,
            "desk.room.members",
            new Dictionary<string, object?>
            {
                [nameof(MemberView.Member)] = member,
                [nameof(MemberView.CanMail)] = current.Now.Mail is not null,
                [nameof(MemberView.Done)] = Done(http),
            },
            title: member.Name
        );
    }

    private async Task<IResult> ChangeRoleAsync(HttpContext http, long id)
    {
        var form = http.DeskForm();
        await members.ChangeRoleAsync(
            id,
            RoleOf(form),
            http.DeskUser().Member,
            form.Text("reason"),
            http.RequestAborted
        );
        return Back(http, id);
    }

    private async Task<IResult> CloseAsync(HttpContext http, long id)
    {
        await members.CloseAsync(id, http.DeskUser().Member, http.DeskForm().Text("reason"), http.RequestAborted);
        return Back(http, id);
    }

    private async Task<IResult> ReopenAsync(HttpContext http, long id)
    {
        await members.ReopenAsync(id, http.DeskUser().Member, http.DeskForm().Text("reason"), http.RequestAborted);
        return Back(http, id);
    }

    private async Task<IResult> ResetAsync(HttpContext http, long id)
    {
        var member = await FindAsync(http, id);
        var language = Language.All.FirstOrDefault(l => l.Code == member.Language, Language.Default);
        var letter = LetterOf(http, InvitationKind.Recovery, language, Invitations.RecoveryLasts);
        var code = await invitations.ResetAsync(id, http.DeskUser().Member, letter, http.RequestAborted);
        return letter is null
            ? await LinkAsync(http, member.Email, code, "desk.members.reset.made")
            : FormPages.SeeOther(http, $"{Root}/{id.ToString(CultureInfo.InvariantCulture)}?done=mail");
    }

    // The code is stored nowhere: the answer to the form is the only page that can show it.
    private Task<IResult> LinkAsync(HttpContext http, string email, string code, string titleKey) =>
        pages.ShowAsync<LinkView>(
            http,
            titleKey,
            new Dictionary<string, object?>
            {
                [nameof(LinkView.TitleKey)] = titleKey,
                [nameof(LinkView.Email)] = email,
                [nameof(LinkView.Link)] = new Uri(current.Now.BaseAddress, $"/account/invitation/{code}").AbsoluteUri,
            }
        );

    private async Task<MemberRow> FindAsync(HttpContext http, long id) =>
        (await members.AllAsync(http.RequestAborted)).FirstOrDefault(m => m.Id == id)
        ?? throw new RefusalException(
            RefusalKind.NotFound,
            "There is no such account. Go back to the list of members and choose one."
        );

    private static IResult Back(HttpContext http, long id) =>
        id == http.DeskUser().AccountId
            // Whoever changed their own role may not see this room any more.
            ? FormPages.SeeOther(http, "/desk")
            : FormPages.SeeOther(http, $"{Root}/{id.ToString(CultureInfo.InvariantCulture)}");

    private static DeskRole RoleOf(FormPost form) =>
        Enum.TryParse<DeskRole>(form["role"], ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? role
            : throw new RefusalException(
                RefusalKind.BadInput,
                "This role is not known: nothing was changed. Go back and choose one of the list."
            );
}
