using CyberInsights.Deliver;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Accounts;

/// <summary>What somebody filled in to begin an account or to get it back, and what is wrong with it, as keys of texts.</summary>
public sealed record EnrolForm
{
    internal EnrolForm(Invitation invitation)
    {
        Invitation = invitation;
        Email = invitation.Email;
    }

    internal Invitation Invitation { get; }
    internal string Name { get; init; } = "";
    internal string Email { get; init; }
    internal string? NameProblem { get; init; }
    internal string? EmailProblem { get; init; }
    internal string? PasswordProblem { get; init; }

    internal bool Sound => SoundWithPasskey && PasswordProblem is null;

    /// <summary>Whether all but the password is sound, which who has a passkey needs not.</summary>
    internal bool SoundWithPasskey => NameProblem is null && EmailProblem is null;

    /// <summary>Whether the address was given with the link, so that nobody can choose another one.</summary>
    internal bool Addressed => Invitation.Email.Length > 0;

    internal bool Recovers => Invitation.Kind == InvitationKind.Recovery;

    internal static EnrolForm Read(FormPost post, Invitation invitation)
    {
        var form = new EnrolForm(invitation) { Name = post.Text("name").Trim() };
        form = form.Addressed ? form : form with { Email = post["email"].Trim() };
        return form with
        {
            NameProblem = form.Recovers ? null : NameProblemOf(form.Name),
            EmailProblem =
                form.Addressed ? null
                : form.Email.Length == 0 ? "form.required"
                : MailAddress.Read(form.Email) is null ? "form.address.form"
                : null,
            PasswordProblem = PasswordRule.ProblemOf(post["password"], form.Email),
        };
    }

    private static string? NameProblemOf(string name) =>
        name.Length == 0 ? "form.required"
        : name.Length > Account.MaxName || name.Contains('\n', StringComparison.Ordinal) ? "account.name.long"
        : null;
}
