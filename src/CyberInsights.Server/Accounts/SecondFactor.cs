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
    internal async Task<CodeOutcome> TryAsync(long accountId, string code, CancellationToken cancel)
    {
        var typed = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        var recovery =
            typed.Length == RecoveryLetters ? await AccountStore.HashAsync(key, accountId, typed, cancel) : null;
        var stored =
            await database.FirstAsync<string>(
                "select authenticator_key from accounts where id = @accountId",
                new { accountId },
                cancel
            ) ?? "";
        // Before the transaction: opening it may make data protection write keys of its own, which would wait for the transaction's end.
        var known = recovery is null ? KeyOf(stored) : null;
        return await database.WriteAsync(
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
                if (recovery is not null)
                {
                    return await RedeemAsync(t, accountId, recovery, cancel) ? CodeOutcome.Right : CodeOutcome.Wrong;
                }
                if (account.LockedUntil > t.Now)
                {
                    return CodeOutcome.Pause;
                }
                var step =
                    known is not null && account.AuthenticatorKey == stored
                        ? Totp.StepOf(known, typed, t.Now, account.CodeStep)
                        : null;
                await NoteAsync(t, account, step, cancel);
                return step is null ? CodeOutcome.Wrong : CodeOutcome.Right;
            },
            cancel
        );
    }

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
        var kept = keys.Protect(Convert.ToHexString(secret));
        var (codes, rows) = await NewCodesAsync(user.AccountId, cancel);
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
                        kept,
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
                await AccountStore.PutCodesAsync(t, user.AccountId, rows, cancel);
                return codes;
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
    internal async Task<IReadOnlyList<string>> RenewAsync(SignedIn user, CancellationToken cancel)
    {
        var (codes, rows) = await NewCodesAsync(user.AccountId, cancel);
        await database.WriteAsync(
            async t =>
            {
                await LogAsync(t, user, "account.recovery-codes", cancel);
                await AccountStore.PutCodesAsync(t, user.AccountId, rows, cancel);
            },
            cancel
        );
        return codes;
    }

    // The codes, and the rows that are kept of them.
    private async Task<(IReadOnlyList<string> Codes, List<object?[]> Rows)> NewCodesAsync(
        long accountId,
        CancellationToken cancel
    )
    {
        var codes = new List<string>();
        var rows = new List<object?[]>();
        while (codes.Count < RecoveryCodes)
        {
            var code = RandomNumberGenerator.GetString(Alphabet, RecoveryLetters);
            codes.Add(string.Join('-', code.Chunk(4).Select(part => new string(part))));
            rows.Add([accountId, await AccountStore.HashAsync(key, accountId, code, cancel)]);
        }
        return (codes, rows);
    }

    private static async Task<bool> RedeemAsync(Transaction t, long accountId, string hash, CancellationToken cancel) =>
        await t.ExecuteAsync(
            "delete from account_recovery_codes where account_id = @accountId and hash = @hash",
            new { accountId, hash },
            cancel
        ) == 1;

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

    // Null: there is none, or it was sealed by keys that are lost (KeyStore); no code is right then.
    private byte[]? KeyOf(string stored)
    {
        try
        {
            return stored.Length == 0 ? null : Convert.FromHexString(keys.Unprotect(stored));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static Task LogAsync(Transaction t, SignedIn user, string action, CancellationToken cancel) =>
        Membership.LogAsync(t, user.Member, action, new Account { Id = user.AccountId, Name = user.Name }, "", cancel);
}
