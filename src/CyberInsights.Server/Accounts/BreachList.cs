using System.Security.Cryptography;
using System.Text;
using CyberInsights.Net;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Accounts;

/// <summary>
/// Asks a list of breached passwords, where the operator set one, whether a new password stands in it. Only the first 20 bits of its SHA-1
/// go there, and the answer has all endings that begin so: what the password is, nobody learns. A list that does not answer in time says
/// nothing against a password; the rule of this program holds in any case. Thread safe.
/// </summary>
internal sealed class BreachList(CurrentSettings current, TimeProvider clock) : IDisposable
{
    /// <summary>Signing up waits for it.</summary>
    internal static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(3);

    /// <summary>About 900 lines of 40 characters; padding makes it twice that.</summary>
    private const int MaxAnswerBytes = 256 * 1024;

    private const int PrefixLetters = 5;

    private readonly GuardedHttp? http = current.Now.BreachList is { } address
        ? new GuardedHttp(
            new OutboundPolicy
            {
                Limits = new OutboundLimits { Total = TimeLimit, MaxBodyBytes = MaxAnswerBytes },
                Trusted = address,
            },
            clock
        )
        : null;

    public void Dispose() => http?.Dispose();

    /// <summary>The key of what is wrong with a password; null: nothing that is known.</summary>
    internal async Task<string?> ProblemOfAsync(string password, CancellationToken cancel)
    {
        if (http is null)
        {
            return null;
        }
        // The list is one of SHA-1; nothing is protected by it here.
#pragma warning disable CA5350
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        var address = new Uri($"{current.Now.BreachList!.AbsoluteUri.TrimEnd('/')}/{hash[..PrefixLetters]}");
        var outcome = await http.GetAsync(new FetchRequest { Address = address, Accept = "text/plain" }, cancel);
        return outcome is FetchOutcome.Fresh answer && Has(Encoding.ASCII.GetString(answer.Body), hash[PrefixLetters..])
            ? "account.password.breached"
            : null;
    }

    // Lines of an ending and how often it was seen; those that only pad the answer have 0.
    private static bool Has(string lines, string ending) =>
        lines
            .Split('\n', StringSplitOptions.TrimEntries)
            .Any(line =>
                line.Split(':') is [var found, var count]
                && found.Equals(ending, StringComparison.OrdinalIgnoreCase)
                && count != "0"
            );
}
