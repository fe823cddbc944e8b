using CyberInsights.Server.Accounts;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Tests.Accounts;

public sealed class Argon2HasherTests
{
    private static readonly Account Nobody = new();

    [Fact]
    public void A_password_matches_its_own_hash_alone_and_no_two_hashes_are_alike()
    {
        using var hasher = new Argon2Hasher();
        var hash = hasher.HashPassword(Nobody, "nine copper rivers");

        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", hash, StringComparison.Ordinal);
        Assert.NotEqual(hash, hasher.HashPassword(Nobody, "nine copper rivers"));
        Assert.Equal(
            PasswordVerificationResult.Success,
            hasher.VerifyHashedPassword(Nobody, hash, "nine copper rivers")
        );
        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(Nobody, hash, "nine copper river"));
        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(Nobody, "", "nine copper rivers"));
    }

    // Made with the reference implementation's command: argon2 somesalt -id -v 13 -t 2 -k 256 -p 1 -l 32, as listed in its test.c.
    [Fact]
    public void A_hash_of_other_costs_is_verified_by_them_and_then_made_anew()
    {
        using var hasher = new Argon2Hasher();
        const string hash = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

        Assert.Equal(
            PasswordVerificationResult.SuccessRehashNeeded,
            hasher.VerifyHashedPassword(Nobody, hash, "password")
        );
        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(Nobody, hash, "passwore"));
    }

    [Fact]
    public void The_same_letters_typed_otherwise_are_the_same_password()
    {
        using var hasher = new Argon2Hasher();
        var hash = hasher.HashPassword(Nobody, "caf\u00e9 by nine rivers");

        Assert.Equal(
            PasswordVerificationResult.Success,
            hasher.VerifyHashedPassword(Nobody, hash, "cafe\u0301 by nine rivers")
        );
    }

    [Fact]
    public void A_password_has_a_longest_length()
    {
        using var hasher = new Argon2Hasher();

        Assert.NotEmpty(hasher.HashPassword(Nobody, new string('x', Argon2Hasher.MaxPassword)));
        var refusal = Assert.Throws<RefusalException>(() =>
            hasher.HashPassword(Nobody, new string('x', Argon2Hasher.MaxPassword + 1))
        );
        Assert.Equal(RefusalKind.BadInput, refusal.Kind);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_flood_is_refused_beyond_those_who_wait()
    {
        using var hasher = new Argon2Hasher();
        const int flood = 3 * (Argon2Hasher.MostWaiting + Argon2Hasher.MostAtOnce);
        using var together = new Barrier(flood);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, flood)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            together.SignalAndWait();
                            return Record.Exception(() => hasher.HashPassword(Nobody, "nine copper rivers"));
                        },
                        TestContext.Current.CancellationToken,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );

        Assert.InRange(answers.Count(a => a is null), Argon2Hasher.MostWaiting, flood - 1);
        Assert.All(
            answers.OfType<Exception>(),
            e => Assert.Equal(RefusalKind.Unavailable, Assert.IsType<RefusalException>(e).Kind)
        );
    }
}
