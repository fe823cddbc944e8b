using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>
/// What a password must be: long enough, not too long, and not made of what guessing programs try first. Nothing is asked about its letters
/// (NIST SP 800-63B, 3.1.1.2).
/// </summary>
internal sealed class PasswordRule : IPasswordValidator<Account>
{
    internal const int MinPassword = 12;

    /// <summary>The key of what is wrong; null: nothing.</summary>
    internal static string? ProblemOf(string password, string email) =>
        password.Length == 0 ? "form.required"
        : password.EnumerateRunes().Count() < MinPassword ? "account.password.short"
        : password.Length > Argon2Hasher.MaxPassword ? "account.password.long"
        : EasyParts.OwnLetters(password, email) < EasyParts.MinOwn ? "account.password.simple"
        : null;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(
            ProblemOf(password ?? "", user.Email) is { } problem
                ? IdentityResult.Failed(new IdentityError { Code = problem, Description = problem })
                : IdentityResult.Success
        );
}
