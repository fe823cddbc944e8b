using System.Collections.Frozen;
using System.Text.RegularExpressions;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>Decides whether a name of the lists holds where it stands, and finds CVE ids.</summary>
internal static partial class NameFinder
{
    private static readonly FrozenSet<string> PlaceWords = FrozenSet.ToFrozenSet(
        "in at from near outside around of to into across throughout via visiting aus bei nach v ve z ze na u في من إلى".Split(
            ' '
        )
    );

    // "Washington Post", "Georgia Tech", "Paris Hilton": the next word makes it another name.
    private static readonly FrozenSet<string> OtherNames = FrozenSet.ToFrozenSet(
        "post times state university college institute tech dc d.c. street avenue county city school hospital journal examiner hilton stock".Split(
            ' '
        )
    );

    internal static bool IsPlaceWord(string word) => PlaceWords.Contains(word);

    /// <summary>CVE ids, also with the dashes that typesetting puts for hyphens, and ATT&amp;CK's ids of techniques.</summary>
    internal static void FindIds(Reading reading, FoundIndex found)
    {
        foreach (var match in Cve.EnumerateMatches(reading.Whole))
        {
            var surface = reading.Whole.AsSpan(match.Index, match.Length);
            AddId(reading, found, match, EntityKind.Vulnerability, $"CVE-{surface.Slice(4, 4)}-{surface[9..]}");
        }
        foreach (var match in Technique.EnumerateMatches(reading.Whole))
        {
            AddId(reading, found, match, EntityKind.Technique, reading.Whole.Substring(match.Index, match.Length));
        }
    }

    private static void AddId(Reading reading, FoundIndex found, ValueMatch match, EntityKind kind, string id)
    {
        var first = reading.TokenAt(match.Index);
        var end = first;
        while (end < reading.Tokens.Count && reading.Tokens[end].Start < match.Index + match.Length)
        {
            end++;
        }
        found.Add(Found.At(reading, Knowledge.Draft(kind, id.ToLowerInvariant(), id), first, end, MentionReason.Form));
    }

    /// <summary>Whether the words around a name of the lists allow it: "Georgia Tech" is no country.</summary>
    internal static bool Holds(Reading reading, GazetteerName name, int at, int end)
    {
        if (name.Entity.Kind == EntityKind.Country)
        {
            return HoldsAsCountry(reading, name, at, end);
        }
        // "WHO WINS", "TELL US": in a line of capitals an acronym that is a word is the word.
        return name.Rule != NameRule.Exact
            || name.Name is not ("UN" or "IT" or "AU" or "WHO" or "ICE")
            || !AllCapitals(reading, at);
    }

    private static bool HoldsAsCountry(Reading reading, GazetteerName name, int at, int end)
    {
        if (name.Form == MentionForm.Seat)
        {
            return !PlaceWords.Contains(reading.Word(at - 1))
                    && !OtherNames.Contains(reading.Word(end))
                    && !IsPartOfName(reading, at, end)
                || IsAfterMission(reading, at);
        }
        if (name.Name is "US" && AllCapitals(reading, at))
        {
            return false;
        }
        // Names that are also given names, surnames or states of America.
        return name.Name is not ("Georgia" or "Jordan" or "Chad" or "America")
            || (!OtherNames.Contains(reading.Word(end)) && !IsPartOfName(reading, at, end));
    }

    // "the embassy in Prague": here the town is wanted, as the seat of the host.
    private static bool IsAfterMission(Reading reading, int at) =>
        reading.Word(at - 1) is "in" or "v" or "في" or "at"
        && Enumerable.Range(2, 3).Any(back => IsMission(reading.Word(at - back)));

    private static bool IsMission(string word) =>
        word
            is "embassy"
                or "consulate"
                or "botschaft"
                or "velvyslanectvi"
                or "ambasada"
                or "سفارة"
                or "السفارة"
                or "mission";

    private static bool IsPartOfName(Reading reading, int at, int end)
    {
        var sentence = SentenceOf(reading, at);
        if (sentence >= 0 && reading.TitleCase[sentence])
        {
            return false;
        }
        var before =
            reading.IsCapital(at - 1) && at > reading.Sentences[sentence].First + 1 && Touches(reading, at - 1);
        return before || (reading.IsCapital(end) && Touches(reading, end - 1) && reading.Word(end) is not "and");
    }

    private static bool Touches(Reading reading, int token) =>
        token + 1 < reading.Tokens.Count && reading.Tokens[token + 1].Start - reading.Tokens[token].End == 1;

    private static bool AllCapitals(Reading reading, int at)
    {
        var (words, upper) = (0, 0);
        for (var i = Math.Max(0, at - 4); i < Math.Min(reading.Tokens.Count, at + 5); i++)
        {
            if (i != at && reading.Tokens[i].Kind == TokenKind.Word && reading.Tokens[i].Length > 2)
            {
                words++;
                upper += char.IsUpper(reading.Whole[reading.Tokens[i].Start + 1]) ? 1 : 0;
            }
        }
        return words > 1 && upper == words;
    }

    internal static int SentenceOf(Reading reading, int token)
    {
        var (low, high) = (0, reading.Sentences.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = reading.Sentences[middle].First <= token ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    [GeneratedRegex(@"\bCVE[-‐‑–]\d{4}[-‐‑–]\d{4,7}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Cve { get; }

    [GeneratedRegex(@"(?<![\w.-])T1\d{3}(?:\.\d{3})?(?![\w-])", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Technique { get; }
}
