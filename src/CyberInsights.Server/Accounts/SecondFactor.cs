using System.Security.Cryptography;
using CyberInsights.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace CyberInsights.Server.Accounts;

/// <summary>What came of a code.</summary>
internal enum CodeOutcome
{
    Right,
    Wrong,

    /// <summary>It was not looked at: too many were wrong just before.</summary>
    Pause,
}

/// <summary>
/// Codes from an app, and recovery codes in their place. Each code is taken once. After <see cref="FreeGuesses"/> wrong ones each further one
/// doubles a pause, in which only recovery codes are looked at: 80 bits cannot be guessed, and their owner is not locked out.
/// </summary>
internal sealed class SecondFactor(Database database, SiteKey key, IDataProtectionProvider protection)
{
    internal const int FreeGuesses = 5;
    internal const int RecoveryCodes = 10;

    internal static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private const int RecoveryLetters = 16;

    // Without letters that look like others.
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

    private readonly IDataProtector keys = protection.CreateProtector(AccountStore.KeyPurpose);
    private readonly ITimeLimitedDataProtector offers = protection
        .CreateProtector("account.authenticator.offer")
        .ToTimeLimitedDataProtector();

    /// <summary>A new key on its way through the page, readable to this account's page alone, for an hour.</summary>
    internal string Offer(long accountId, byte[] secret) =>
        offers.Protect($"{accountId} {Convert.ToHexString(secret)}", TimeSpan.FromHours(1));

    /// <summary>The key of an offer; null when it was for another account, or too long ago.</summary>
    internal byte[]? Offered(long accountId, string offer)
    {
        try
        {
            return offers.Unprotect(offer).Split(' ') is [var account, var secret] && account == $"{accountId}"
                ? Convert.FromHexString(secret)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Looks at a code of the app, or a recovery code.</summary>
    internal Task<CodeOutcome> TryAsync(long accountId, string code, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                // Takes the row first: the same code twice at once is looked at one after the other.
                await t.ExecuteAsync(
                    "update accounts set failures = failures where id = @accountId",
                    new { accountId },
                    cancel
                );
                var account = await t.FirstAsync<Account>(
                    "select * from accounts where id = @accountId and two_factor = 1 and disabled_at is null",
                    new { accountId },
                    cancel
                );
                if (account is null)
                {
                    return CodeOutcome.Wrong;
                }
                var typed = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
                if (typed.Length == RecoveryLetters)
                {
                    return await RedeemAsync(t, account, typed, cancel) ? CodeOutcome.Right : CodeOutcome.Wrong;
                }
                if (account.LockedUntil > t.Now)
                {
                    return CodeOutcome.Pause;
                }
                var step = Totp.StepOf(KeyOf(account), typed, t.Now, account.CodeStep);
                await NoteAsync(t, account, step, cancel);
                return step is null ? CodeOutcome.Wrong : CodeOutcome.Right;
            },
            cancel
        );

    /// <summary>Turns codes on when <paramref name="code"/> is one of <paramref name="secret"/>; sessions elsewhere are over then.</summary>
    /// <returns>New recovery codes; null when the code is wrong.</returns>
    internal async Task<IReadOnlyList<string>?> TurnOnAsync(
        SignedIn user,
        byte[] secret,
        string code,
        CancellationToken cancel
    )
    {
        var typed = string.Concat(code.Where(char.IsAsciiDigit));
        return await database.WriteAsync(
            async t =>
            {
                if (Totp.StepOf(secret, typed, t.Now, 0) is not { } step)
                {
                    return null;
                }
                await t.ExecuteAsync(
                    """
                    update accounts set two_factor = 1, authenticator_key = @kept, code_step = @step, failures = 0, locked_until = null
                    where id = @AccountId
                    """,
                    new
                    {
                        kept = keys.Protect(Convert.ToHexString(secret)),
                        step,
                        user.AccountId,
                    },
                    cancel
                );
                await t.ExecuteAsync(
                    "delete from account_sessions where account_id = @AccountId and id <> @SessionId",
                    user,
                    cancel
                );
                await LogAsync(t, user, "account.codes-on", cancel);
                return (IReadOnlyList<string>?)await NewCodesAsync(t, user.AccountId, cancel);
            },
            cancel
        );
    }

    internal Task TurnOffAsync(SignedIn user, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync(
                    "update accounts set two_factor = 0, authenticator_key = '' where id = @AccountId",
                    user,
                    cancel
                );
                await AccountStore.PutCodesAsync(t, user.AccountId, [], cancel);
                await LogAsync(t, user, "account.codes-off", cancel);
            },
            cancel
        );

    /// <summary>New recovery codes; those before are worth nothing.</summary>
    internal Task<IReadOnlyList<string>> RenewAsync(SignedIn user, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                await LogAsync(t, user, "account.recovery-codes", cancel);
                return await NewCodesAsync(t, user.AccountId, cancel);
            },
            cancel
        );

    private async Task<IReadOnlyList<string>> NewCodesAsync(Transaction t, long accountId, CancellationToken cancel)
    {
        var codes = new List<string>();
        var rows = new List<object?[]>();
        while (codes.Count < RecoveryCodes)
        {
            var code = RandomNumberGenerator.GetString(Alphabet, RecoveryLetters);
            codes.Add(string.Join('-', code.Chunk(4).Select(part => new string(part))));
            rows.Add([accountId, await AccountStore.HashAsync(key, accountId, code, cancel)]);
        }
        await AccountStore.PutCodesAsync(t, accountId, rows, cancel);
        return codes;
    }

    private async Task<bool> RedeemAsync(Transaction t, Account account, string code, CancellationToken cancel)
    {
        var hash = await AccountStore.HashAsync(key, account.Id, code, cancel);
        return await t.ExecuteAsync(
                "delete from account_recovery_codes where account_id = @Id and hash = @hash",
                new { account.Id, hash },
                cancel
            ) == 1;
    }

    private static Task NoteAsync(Transaction t, Account account, long? step, CancellationToken cancel)
    {
        var failures = step is null ? account.Failures + 1 : 0;
        var seconds = FirstPause.TotalSeconds * Math.Pow(2, Math.Min(failures - FreeGuesses, 16));
        return t.ExecuteAsync(
            "update accounts set failures = @failures, locked_until = @until, code_step = @step where id = @Id",
            new
            {
                account.Id,
                failures,
                step = step ?? account.CodeStep,
                until = failures >= FreeGuesses
                    ? t.Now + TimeSpan.FromSeconds(Math.Min(seconds, LongestPause.TotalSeconds))
                    : (DateTimeOffset?)null,
            },
            cancel
        );
    }

    private byte[] KeyOf(Account account) => Convert.FromHexString(keys.Unprotect(account.AuthenticatorKey));

    private static Task LogAsync(Transaction t, SignedIn user, string action, CancellationToken cancel) =>
        Membership.LogAsync(t, user.Member, action, new Account { Id = user.AccountId, Name = user.Name }, "", cancel);
}
