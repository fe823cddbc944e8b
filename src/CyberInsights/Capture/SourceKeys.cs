using CyberInsights.Text;

namespace CyberInsights.Capture;

/// <summary>Short names of sources: made from addresses, and found again when they are misspelt.</summary>
public static class SourceKeys
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 40;

    private const int Suggestions = 3;

    /// <summary>Whether <paramref name="key"/> may name a source: a to z, 0 to 9 and hyphens, at most <see cref="MaxLength"/> of them.</summary>
    public static bool IsKey(string key) =>
        key.Length is > 0 and <= MaxLength
        && key[0] != '-'
        && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>
    /// A key for <paramref name="address"/> that is not in <paramref name="taken"/>: the host without www, then with the path, then
    /// with a number.
    /// </summary>
    public static string For(Uri address, IReadOnlySet<string> taken)
    {
        var host = Addresses.HostOf(address);
        var name = Words(host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host);
        name = name.Length == 0 ? "source" : name;
        if (!taken.Contains(name))
        {
            return name;
        }
        var longer = Words($"{name}-{address.AbsolutePath}");
        if (!taken.Contains(longer))
        {
            return longer;
        }
        return Enumerable
            .Range(2, int.MaxValue - 2)
            .Select(n => $"{longer[..Math.Min(longer.Length, MaxLength - 6)].TrimEnd('-')}-{n}")
            .First(key => !taken.Contains(key));
    }

    /// <summary>The keys most like <paramref name="key"/>, the nearest first; none when nothing is near.</summary>
    public static IReadOnlyList<string> Closest(string key, IEnumerable<string> keys)
    {
        var wanted = Words(key.Length > 2 * MaxLength ? key[..(2 * MaxLength)] : key);
        return
        [
            .. keys.Select(k => (Key: k, Steps: Parts(wanted, k) ? 0 : Spelling.Distance(wanted, k)))
                .Where(k => k.Steps <= Math.Max(1, Math.Min(wanted.Length, k.Key.Length) / 3))
                .OrderBy(k => k.Steps)
                .ThenBy(k => k.Key, StringComparer.Ordinal)
                .Take(Suggestions)
                .Select(k => k.Key),
        ];
    }

    private static bool Parts(string wanted, string key) =>
        wanted.Length >= 3
        && (key.Contains(wanted, StringComparison.Ordinal) || wanted.Contains(key, StringComparison.Ordinal));

    private static string Words(string text)
    {
        var parts = Folding
            .Fold(text)
            .Split(
                text.Where(c => !char.IsAsciiLetterOrDigit(c)).Distinct().ToArray(),
                StringSplitOptions.RemoveEmptyEntries
            );
        var words = string.Concat(
            string.Join('-', parts).Where(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        );
        return (words.Length > MaxLength ? words[..MaxLength] : words).Trim('-');
    }
}
