using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace CyberInsights.Server.Accounts;

/// <summary>
/// Argon2id (RFC 9106) as OWASP's Password Storage Cheat Sheet sets it: 19 MiB, two passes, one lane; written as a PHC string. At most
/// <see cref="MostAtOnce"/> are made at once and <see cref="MostWaiting"/> wait, so that a flood of sign-ins takes neither memory nor threads.
/// </summary>
internal sealed class Argon2Hasher : IPasswordHasher<Account>, IDisposable
{
    internal const int MostAtOnce = 2;
    internal const int MostWaiting = 16;

    /// <summary>The most characters of a password that is hashed.</summary>
    internal const int MaxPassword = 256;

    private const int MemoryKib = 19 * 1024;
    private const int Passes = 2;
    private const int Lanes = 1;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly SemaphoreSlim slots = new(MostAtOnce, MostAtOnce);
    private int waiting;

    /// <summary>A hash of no password, to spend the same time on an account that is not there.</summary>
    internal string Nobody =>
        field ??= HashPassword(new Account(), Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    public void Dispose() => slots.Dispose();

    /// <exception cref="RefusalException">Too many wait already.</exception>
    public string HashPassword(Account user, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Make(password, salt, MemoryKib, Passes, Lanes, HashBytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"$argon2id$v=19$m={MemoryKib},t={Passes},p={Lanes}${Base64(salt)}${Base64(hash)}"
        );
    }

    /// <exception cref="RefusalException">Too many wait already.</exception>
    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
    {
        if (hashedPassword.Split('$') is not ["", "argon2id", "v=19", var costs, var salt, var hash])
        {
            return PasswordVerificationResult.Failed;
        }
        int[] cost = [.. costs.Split(',').Select(c => int.Parse(c.AsSpan(2), CultureInfo.InvariantCulture))];
        var expected = Bytes(hash);
        var made = Make(providedPassword, Bytes(salt), cost[0], cost[1], cost[2], expected.Length);
        return !CryptographicOperations.FixedTimeEquals(made, expected) ? PasswordVerificationResult.Failed
            : cost is [MemoryKib, Passes, Lanes] ? PasswordVerificationResult.Success
            : PasswordVerificationResult.SuccessRehashNeeded;
    }

    private byte[] Make(string password, byte[] salt, int memoryKib, int passes, int lanes, int bytes)
    {
        if (password.Length > MaxPassword)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"The password has {password.Length} characters, {MaxPassword} is the most. Take a shorter one."
            );
        }
        if (Interlocked.Increment(ref waiting) > MostWaiting + MostAtOnce)
        {
            Interlocked.Decrement(ref waiting);
            throw new RefusalException(
                RefusalKind.Unavailable,
                "Very many people, or one program, sign in at this moment. Nothing was changed. Try again in a minute."
            );
        }
        slots.Wait();
        try
        {
            var generator = new Argon2BytesGenerator();
            generator.Init(
                new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
                    .WithVersion(Argon2Parameters.Version13)
                    .WithSalt(salt)
                    .WithMemoryAsKB(memoryKib)
                    .WithIterations(passes)
                    .WithParallelism(lanes)
                    .Build()
            );
            var hash = new byte[bytes];
            // The same letters are the same password on every keyboard (RFC 8265, section 4.2.2).
            generator.GenerateBytes(Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormC)), hash);
            return hash;
        }
        finally
        {
            slots.Release();
            Interlocked.Decrement(ref waiting);
        }
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Bytes(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
