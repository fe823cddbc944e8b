using System.Globalization;

namespace CyberInsights.Storage;

/// <summary>
/// Keys: what documents of the full-text index are filed under, beside their words. A key is a letter that says of what kind it is, and
/// a number or word of a to z and digits. Pure.
/// </summary>
public static class SearchKeys
{
    private const int FirstYear = 1970;
    private const int LastYear = 2099;

    public static string Kind(string kind) => $"k{kind}";

    /// <summary>By the primary tag: <c>pt-BR</c> is filed under <c>pt</c>; null where there is none.</summary>
    public static string? Language(string language)
    {
        var primary = language.Split('-', 2)[0].ToLowerInvariant();
        return primary.Length is 2 or 3 && primary.All(char.IsAsciiLetterLower) ? $"l{primary}" : null;
    }

    public static string Source(long id) => Numbered('s', id);

    public static string Actor(long id) => Numbered('a', id);

    public static string Country(long id) => Numbered('c', id);

    public static string Vulnerability(long id) => Numbered('v', id);

    public static string Stance(int stance) => Numbered('t', stance);

    /// <summary>The number in a key of a kind that has numbers.</summary>
    public static long Number(string key) => long.Parse(key.AsSpan(1), CultureInfo.InvariantCulture);

    /// <summary>Days, months and years that together are the days (UTC) from the first moment to just before the second.</summary>
    public static IReadOnlyList<string> Between(DateTimeOffset? after, DateTimeOffset? before)
    {
        var day = Bounded(after ?? DateTimeOffset.MinValue);
        var last = Bounded((before ?? DateTimeOffset.MaxValue).AddTicks(-1));
        var keys = new List<string>();
        while (day <= last)
        {
            var (key, next) =
                day is { Day: 1, Month: 1 } && day.AddYears(1).AddDays(-1) <= last ? (Year(day), day.AddYears(1))
                : day.Day == 1 && day.AddMonths(1).AddDays(-1) <= last ? (Month(day), day.AddMonths(1))
                : (Day(day), day.AddDays(1));
            keys.Add(key);
            day = next;
        }
        return keys;
    }

    /// <summary>All keys of a document.</summary>
    internal static IEnumerable<string> Of(SearchDocument document)
    {
        var day = Bounded(document.At);
        return document
            .Keys.Concat([Kind(document.Kind), Language(document.Language) ?? "", Day(day), Month(day), Year(day)])
            .Where(k => k.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Whether the document itself tells the key, not what was understood in it: its kind, language, source or day.</summary>
    internal static bool IsOwn(string key) => key[0] is 'k' or 'l' or 's' || IsOfDay(key);

    internal static bool IsOfDay(ReadOnlySpan<char> key) => key[0] is 'd' or 'm' or 'y';

    private static DateOnly Bounded(DateTimeOffset moment) =>
        moment.UtcDateTime.Year < FirstYear ? new DateOnly(FirstYear, 1, 1)
        : moment.UtcDateTime.Year > LastYear ? new DateOnly(LastYear, 12, 31)
        : DateOnly.FromDateTime(moment.UtcDateTime);

    private static string Numbered(char kind, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");

    private static string Day(DateOnly day) => day.ToString("'d'yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Month(DateOnly day) => day.ToString("'m'yyyyMM", CultureInfo.InvariantCulture);

    private static string Year(DateOnly day) => day.ToString("'y'yyyy", CultureInfo.InvariantCulture);
}
