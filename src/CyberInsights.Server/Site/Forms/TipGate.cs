using System.Security.Cryptography;
using System.Text;

namespace CyberInsights.Server.Site.Forms;

/// <summary>
/// How many tips are let through. In memory alone, under keys that change with every start, and forgotten every hour: no trace of who
/// wrote may be stored. A restart therefore forgets, and each web node counts for itself. Thread safe.
/// </summary>
internal sealed class TipGate(TimeProvider clock)
{
    /// <summary>Tips of one network within an hour with the puzzle solved, and without.</summary>
    internal const int MostSolved = 12;
    internal const int MostPlain = 3;

    /// <summary>Tips of all together within an hour with the puzzle solved, and without.</summary>
    internal const int MostSolvedInAll = 200;
    internal const int MostPlainInAll = 40;

    // 4,096 hashes take a browser a moment; sixteen times as many a few seconds.
    private const int EasyBits = 12;
    private const int BusyBits = 14;
    private const int CrowdedBits = 16;
    private const int Busy = 30;
    private const int Crowded = 90;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock door = new();
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, int> uses = [];
    private readonly Dictionary<string, DateTimeOffset> solutions = [];
    private DateTimeOffset since;

    /// <summary>How hard the puzzle of a new form is: harder when many write.</summary>
    internal int Bits
    {
        get
        {
            lock (door)
            {
                Forget();
                return uses.GetValueOrDefault(All(solved: true)) switch
                {
                    >= Crowded => CrowdedBits,
                    >= Busy => BusyBits,
                    _ => EasyBits,
                };
            }
        }
    }

    /// <summary>Whether <paramref name="work"/> solves the puzzle of <paramref name="token"/> for <paramref name="body"/>: the hash of all three begins with its zero bits.</summary>
    internal static bool Solves(string token, int bits, string body, string work)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{token}:{digest}:{work}"));
        var zeros = 0;
        foreach (var b in hash)
        {
            zeros += byte.LeadingZeroCount(b);
            if (b != 0)
            {
                break;
            }
        }
        return work.Length is > 0 and <= 20 && zeros >= bits;
    }

    /// <summary>Counts one tip; false, and nothing counted, when it is one too many.</summary>
    /// <param name="solution">What solved the puzzle, which counts once; null: none was solved.</param>
    internal bool Take(string network, string? solution)
    {
        var from = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(network)));
        var solved = solution is not null;
        var (own, all) = ($"{from} {solved}", All(solved));
        lock (door)
        {
            Forget();
            if (
                uses.GetValueOrDefault(own) >= (solved ? MostSolved : MostPlain)
                || uses.GetValueOrDefault(all) >= (solved ? MostSolvedInAll : MostPlainInAll)
                || (solved && !solutions.TryAdd(solution!, clock.GetUtcNow()))
            )
            {
                return false;
            }
            uses[own] = uses.GetValueOrDefault(own) + 1;
            uses[all] = uses.GetValueOrDefault(all) + 1;
            return true;
        }
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        if (now - since < Window)
        {
            return;
        }
        since = now;
        uses.Clear();
        foreach (var old in solutions.Where(s => now - s.Value > FormTokens.Lifetime).Select(s => s.Key).ToList())
        {
            solutions.Remove(old);
        }
    }

    private static string All(bool solved) => $"all {solved}";
}
