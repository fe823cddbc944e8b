using CyberInsights.Net;
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

    /// <summary>The key of a new source: the one that was wanted, or one made for its address.</summary>
    /// <param name="wanted">Null: none.</param>
    /// <exception cref="RefusalException">The key cannot be one or is taken, or one of <paramref name="others"/> is read from this address.</exception>
    public static string New(string? wanted, string address, IReadOnlyList<Source> others)
    {
        RefuseTwin(address, others);
        var taken = others.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        return wanted is null ? For(new Uri(address), taken)
            : !IsKey(wanted)
                ? throw Refuse(
                    $"The key {OneLine.Of(wanted, 60)} has other characters than a-z, 0-9 and hyphen, or more than {MaxLength} of them",
                    "Give another one"
                )
            : taken.Contains(wanted)
                ? throw Refuse($"There is a source {wanted} already", "Give another key, or edit that source")
            : wanted;
    }

    /// <exception cref="RefusalException">One of <paramref name="others"/> is read from this address already.</exception>
    public static void RefuseTwin(string address, IEnumerable<Source> others)
    {
        var canonical = Addresses.Canonical(new Uri(address));
        if (others.FirstOrDefault(s => Addresses.Canonical(new Uri(s.Address)) == canonical) is { } twin)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{address} is read already, as {twin.Key}: nothing was changed. Edit or delete that source instead."
            );
        }
    }

    private static RefusalException Refuse(string happened, string remedy) =>
        new(RefusalKind.BadInput, $"{happened}: nothing was added. {remedy}.");

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
