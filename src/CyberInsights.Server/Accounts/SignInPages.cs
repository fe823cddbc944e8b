using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CyberInsights.Edit;
using CyberInsights.Server.Accounts.Pages;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>Coming in and going out. Whether an address has an account shows neither in the answer nor in its time.</summary>
internal sealed class SignInPages(
    DeskPages pages,
    SignInGate gate,
    Argon2Hasher hasher,
    AccountCookies cookies,
    SiteKey key,
    Passkeys passkeys,
    RefusedSignIns refused,
    CurrentSettings current,
    Database database
)
{
    private const int MaxEmail = 254;

    private static readonly TimeSpan DeviceLasts = TimeSpan.FromDays(365);

    internal Task<IResult> PageAsync(HttpContext http) =>
        ShowAsync(
            http,
            http.Features.Get<SignedIn>()?.Email ?? "",
            http.Request.Query["elsewhere"] == "failed" ? "account.elsewhere.failed"
                : http.Request.Query.ContainsKey("again") ? "account.again"
                : null,
            http.Request.Query["return"].FirstOrDefault()
        );

    internal async Task<IResult> SignInAsync(HttpContext http)
    {
        var form = http.DeskForm();
        var (email, password, wanted) = (form["email"].Trim(), form["password"], form["return"]);
        if (email.Length is 0 or > MaxEmail || password.Length is 0 or > Argon2Hasher.MaxPassword)
        {
            return await ShowAsync(http, email, "account.wrong", wanted);
        }
        var users = http.RequestServices.GetRequiredService<UserManager<Account>>();
        var emailKey = users.NormalizeEmail(email)!;
        var (network, device) = (FormPost.NetworkOf(http), await DeviceAsync(http, emailKey));
        if (gate.Take(emailKey, network, device) is not null)
        {
            return await ShowAsync(http, email, "account.pause", wanted, StatusCodes.Status429TooManyRequests);
        }
        var found = await users.FindByEmailAsync(email);
        if (
            found is not { DisabledAt: null, Password.Length: > 0 } account
            || await TryAsync(http, account, password) is not { } result
        )
        {
            hasher.VerifyHashedPassword(new Account(), hasher.Nobody, password);
            NoteRefused(found, network);
            return await ShowAsync(http, email, "account.wrong", wanted);
        }
        if (!result.Succeeded && !result.RequiresTwoFactor)
        {
            NoteRefused(account, network);
            return await ShowAsync(http, email, "account.wrong", wanted);
        }
        gate.Succeeded(emailKey, network, device);
        return result.RequiresTwoFactor
            ? FormPages.SeeOther(http, $"/account/code?return={Uri.EscapeDataString(wanted)}")
            : await EnterAsync(http, account, wanted);
    }

    /// <summary>Tells the log that somebody was refused; null: an address that is nobody's, of which it is not told.</summary>
    internal void NoteRefused(Account? account, string network)
    {
        if (account is not null)
        {
            refused.Note(new RefusedSignIn(account, network));
        }
    }

    internal static Task BeginSessionAsync(HttpContext http, Account account, string method) =>
        http
            .RequestServices.GetRequiredService<SignInManager<Account>>()
            .SignInAsync(account, isPersistent: true, method);

    /// <summary>What follows every way of signing in: a mark in the browser, an entry in the log, and the page that was wanted.</summary>
    internal async Task<IResult> EnterAsync(HttpContext http, Account account, string wanted)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var sign = await key.SignAsync("account.device", $"{nonce} {account.EmailKey}", http.RequestAborted);
        cookies.Write(http.Response, AccountCookies.Device, $"{nonce}.{sign}", DeviceLasts);
        await LogAsync(http, account.Member, "account.sign-in");
        var target = IsOwn(wanted) ? wanted : $"{LanguageOf(account).Prefix}/desk";
        http.Response.Headers.Location = target;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    internal async Task<IResult> SignOutAsync(HttpContext http)
    {
        await LogAsync(http, http.DeskUser().Member, "account.sign-out");
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return FormPages.SeeOther(http, "/account/sign-in");
    }

    /// <summary>Whether an address is one of the desk or the accounts here, so that a link cannot lead a member elsewhere.</summary>
    internal static bool IsOwn(string address)
    {
        var path = address.Split('?')[0];
        return path.StartsWith('/')
            && !path.Contains("//", StringComparison.Ordinal)
            && !address.Any(c => c is '\\' || char.IsControl(c))
            && !path.Contains("..", StringComparison.Ordinal)
            && DeskGuard.IsInside(path);
    }

    private static async Task<SignInResult?> TryAsync(HttpContext http, Account account, string password)
    {
        var signIn = http.RequestServices.GetRequiredService<SignInManager<Account>>();
        var result = await signIn.PasswordSignInAsync(account, password, isPersistent: true, lockoutOnFailure: false);
        // Locked out is answered before the password is looked at, which would show in the time.
        return result.IsLockedOut || result.IsNotAllowed ? null : result;
    }

    // The mark of the browser, when it was given at a sign-in to this very account.
    private async Task<string?> DeviceAsync(HttpContext http, string emailKey)
    {
        if (cookies.Read(http.Request, AccountCookies.Device)?.Split('.') is not [{ Length: 32 } nonce, var sign])
        {
            return null;
        }
        var expected = await key.SignAsync("account.device", $"{nonce} {emailKey}", http.RequestAborted);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sign), Encoding.UTF8.GetBytes(expected))
            ? nonce
            : null;
    }

    private static Language LanguageOf(Account account) =>
        Language.All.FirstOrDefault(l => l.Code == account.Language, Language.Default);

    private Task LogAsync(HttpContext http, Member member, string action) =>
        database.WriteAsync(
            t =>
                AuditLog.AddAsync(
                    t,
                    member,
                    new Deed(action, "account", member.Id.ToString(CultureInfo.InvariantCulture), member.Name),
                    http.RequestAborted
                ),
            http.RequestAborted
        );

    internal Task<IResult> ShowAsync(
        HttpContext http,
        string email,
        string? problem,
        string? wanted,
        int status = StatusCodes.Status200OK
    ) =>
        pages.ShowAsync<SignInView>(
            http,
            "account.sign-in",
            new Dictionary<string, object?>
            {
                [nameof(SignInView.Email)] = email,
                [nameof(SignInView.Problem)] = problem,
                [nameof(SignInView.Elsewhere)] = current.Now.Elsewhere?.Name,
                [nameof(SignInView.Passkeys)] = passkeys.Possible,
                [nameof(SignInView.Wanted)] = wanted is not null && IsOwn(wanted) ? wanted : null,
            },
            status
        );
}
