using System.Text.RegularExpressions;
using CyberInsights.Extract.Pages;
using CyberInsights.Recognise;

namespace CyberInsights.Publish;

/// <summary>Whom a text names as the one whose report it is.</summary>
internal sealed record Credit(Dependence Reason, string Named);

/// <summary>Finds in byline, dateline, signature and text whose report it is, by the lists of this folder. Pure, thread safe.</summary>
internal static partial class Credits
{
    // Beyond this a text says nothing of its origin; hostile ones may be long.
    private const int MaxCharacters = 20_000;
    private const int DatelineCharacters = 120;
    private const int SignatureCharacters = 160;
    private const int MaxName = 60;

    // A text of nothing but "according to" is looked at so often for each phrase.
    private const int MaxPlaces = 20;

    private static readonly Dictionary<string, string> Agencies = Spellings("agencies.tsv", StringComparer.Ordinal);
    private static readonly Dictionary<string, string> Outlets = Spellings("outlets.tsv", StringComparer.Ordinal);
    private static readonly (Dependence Reason, bool Before, string Phrase)[] Phrases =
    [
        .. ListFile
            .Read("credits.tsv", 3)
            .SelectMany(f =>
                ListFile
                    .Words(f[2])
                    .Select(p =>
                        (f[0] == "republished" ? Dependence.Republished : Dependence.Quotes, f[1] == "before", p)
                    )
            ),
    ];

    /// <summary>The outlets of the list, each with its spellings.</summary>
    internal static IReadOnlyDictionary<string, string[]> OutletNames { get; } =
        Outlets.GroupBy(o => o.Value).ToDictionary(g => g.Key, g => g.Select(o => o.Key).ToArray());

    /// <summary>The agency of this name or spelling; null when there is none.</summary>
    internal static string? AgencyOf(string name) => Agencies.GetValueOrDefault(name.Trim());

    /// <summary>The agency whose text it is; null when nothing says so.</summary>
    internal static string? Wire(string? author, string text) =>
        Byline(author) ?? Dateline(Head(text)) ?? Signature(Tail(text));

    /// <summary>The outlets that the text names as having told it first, in the order of the list of phrases.</summary>
    /// <param name="sources">Names of sources, besides those of the list.</param>
    internal static IEnumerable<Credit> Named(string text, IReadOnlyDictionary<string, string> sources)
    {
        var read = text.Length <= MaxCharacters ? text : text[..MaxCharacters];
        foreach (var (reason, before, phrase) in Phrases)
        {
            foreach (var at in PlacesOf(phrase, read).Take(MaxPlaces))
            {
                var end = at + phrase.Length;
                var name = before
                    ? NameBefore(read[Math.Max(0, at - MaxName)..at], sources)
                    : NameAfter(read[end..Math.Min(read.Length, end + MaxName)], sources);
                if (name is not null)
                {
                    yield return new Credit(reason, name);
                }
            }
        }
    }

    private static IEnumerable<int> PlacesOf(string phrase, string text)
    {
        for (
            var at = text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(phrase, at + phrase.Length, StringComparison.OrdinalIgnoreCase)
        )
        {
            yield return at;
        }
    }

    // "Reuters", "By Jane Doe, AFP": one of several names between commas is the agency. "With Reuters" is not.
    private static string? Byline(string? author) =>
        author
            ?.Split([',', '/', ';', '|', '&'], StringSplitOptions.TrimEntries)
            .Select(part => AgencyOf(Preposition().Replace(part, "")))
            .FirstOrDefault(agency => agency is not null);

    // "PRAGUE, May 28 (Reuters) - ": an agency in brackets before a dash, or the Chinese form of it.
    private static string? Dateline(string head)
    {
        foreach (Match match in InBrackets().Matches(head))
        {
            if (match.Groups[2].Success && Agency(match.Groups[1].Value) is { } agency)
            {
                return agency;
            }
        }
        return Despatch().Match(head) is { Success: true } despatch ? AgencyOf(despatch.Groups[1].Value) : null;
    }

    private static string? Signature(string tail)
    {
        if (
            tail.Contains("Reporting by ", StringComparison.Ordinal)
            && tail.Contains("diting by ", StringComparison.Ordinal)
        )
        {
            return AgencyOf("Reuters");
        }
        var line = tail[(tail.LastIndexOf('\n') + 1)..].Trim();
        var owned = Owned().Match(line);
        return Agency(line.Trim('(', ')', '（', '）', '.', '—', '-', ' '))
            ?? (owned.Success ? Agency(owned.Groups[1].Value) : null)
            ?? InBrackets()
                .Matches(line)
                .Where(m => m.Index + m.Length >= line.Length - 1)
                .Select(m => Agency(m.Groups[1].Value))
                .FirstOrDefault(agency => agency is not null);
    }

    // "dpa/mkl", "AP/Jane Doe".
    private static string? Agency(string words) =>
        AgencyOf(words) ?? words.Split('/').Select(AgencyOf).FirstOrDefault(agency => agency is not null);

    private static string? NameAfter(string rest, IReadOnlyDictionary<string, string> sources)
    {
        var text = Article().Replace(rest.TrimStart(' ', '"', '“', '«', '„', '《', ':', '\n'), "");
        return Longest(sources, spelled => Starts(text, spelled));
    }

    private static string? NameBefore(string rest, IReadOnlyDictionary<string, string> sources)
    {
        var text = Auxiliary().Replace(rest.TrimEnd(), "").TrimEnd(' ', '"', '”', '»', '“', ',');
        return Longest(sources, spelled => Ends(text, spelled));
    }

    private static string? Longest(IReadOnlyDictionary<string, string> sources, Func<string, bool> fits) =>
        sources
            .Concat(Outlets)
            .Where(known => fits(known.Key))
            .OrderByDescending(known => known.Key.Length)
            .Select(known => known.Value)
            .FirstOrDefault();

    private static bool Starts(string text, string spelled) =>
        text.StartsWith(spelled, StringComparison.Ordinal)
        && (text.Length == spelled.Length || !IsLatin(spelled[^1]) || !char.IsLetterOrDigit(text[spelled.Length]));

    private static bool Ends(string text, string spelled) =>
        text.EndsWith(spelled, StringComparison.Ordinal)
        && (
            text.Length == spelled.Length
            || !IsLatin(spelled[0])
            || !char.IsLetterOrDigit(text[text.Length - spelled.Length - 1])
        );

    // Scripts without spaces write the next word right after a name.
    private static bool IsLatin(char letter) => letter < '\u2E80';

    private static string Head(string text) => text.Length <= DatelineCharacters ? text : text[..DatelineCharacters];

    private static string Tail(string text) =>
        text.TrimEnd() is var whole && whole.Length <= SignatureCharacters ? whole : whole[^SignatureCharacters..];

    private static Dictionary<string, string> Spellings(string list, StringComparer comparer) =>
        ListFile
            .Read(list, 2)
            .SelectMany(f => ListFile.Words(f[1]).Select(spelled => (spelled, Name: f[0])))
            .DistinctBy(s => s.spelled, comparer)
            .ToDictionary(s => s.spelled, s => s.Name, comparer);

    [GeneratedRegex(@"[(（]([^()（）\n]{2,40})[)）](\s?\.?\s?[-–—:])?", RegexOptions.None, Patience.Milliseconds)]
    private static partial Regex InBrackets();

    [GeneratedRegex(
        @"^[^，。\n]{0,24}?(新华社|中新社|中新网|中央社|路透社|法新社|美联社)[^，。\n]{0,24}电",
        RegexOptions.None,
        Patience.Milliseconds
    )]
    private static partial Regex Despatch();

    [GeneratedRegex(
        @"(?:©|\(c\)|copyright|source:|quelle:|fuente:|zdroj:|来源：|المصدر:)\s*(?:\d{4}\s+)?([^.,;:\n]{2,40})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex Owned();

    [GeneratedRegex(
        @"^(?:by|von|par|por|di|da|od)\s+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex Preposition();

    [GeneratedRegex(
        @"^(?:(?:website|site|technology|news|newspaper|magazine|outlet|portal|der|die|das|dem|the|le|la|el|il|deník|server|web|موقع|صحيفة)\s+)+(?=\p{Lu})",
        RegexOptions.None,
        Patience.Milliseconds
    )]
    private static partial Regex Article();

    [GeneratedRegex(@"\s+(?:had|has|hat|hatte|a|ha|был|была)$", RegexOptions.None, Patience.Milliseconds)]
    private static partial Regex Auxiliary();
}
