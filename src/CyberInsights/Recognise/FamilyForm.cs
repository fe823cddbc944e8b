using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>Names of malware families that tell by their ending what they are: "ExampleRAT", "ExampleLoader".</summary>
internal static class FamilyForm
{
    private const int MinStem = 3;

    private static readonly string[] Endings =
    [
        "RAT",
        "Rat",
        "Loader",
        "Stealer",
        "Locker",
        "Bot",
        "Crypter",
        "Wiper",
        "Ransom",
        "Dropper",
        "Downloader",
    ];

    /// <summary>"Example Loader" for "ExampleLoader"; null where a name has no such ending.</summary>
    internal static string? Split(string name) =>
        Ending(name) is { } ending ? $"{name[..^ending.Length]} {ending}" : null;

    /// <summary>Finds what no list has; the name must be written in one word with a capital within.</summary>
    internal static void Find(Reading reading, Listing listing, FoundIndex found)
    {
        var listed = listing.Matches.Select(m => m.First).ToHashSet();
        for (var i = 0; i < reading.Tokens.Count; i++)
        {
            var token = reading.Tokens[i];
            if (token.Kind != TokenKind.Word || token.Length > 40 || found.Over(i) is not null || listed.Contains(i))
            {
                continue;
            }
            var name = reading.Whole.AsSpan(token.Start, token.Length);
            if (char.IsUpper(name[0]) && Ending(name) is not null && !Knowledge.Shipped.Concepts.Contains(token.Folded))
            {
                var surface = reading.Surface(i, i + 1);
                var family = Knowledge.Draft(EntityKind.Malware, Folding.Slug(surface), surface);
                found.Add(Found.At(reading, family, i, i + 1, MentionReason.Form));
            }
        }
    }

    private static string? Ending(ReadOnlySpan<char> name)
    {
        foreach (var ending in Endings)
        {
            var stem = name.Length - ending.Length;
            if (
                stem >= MinStem
                && char.IsLetterOrDigit(name[stem - 1])
                && !char.IsUpper(name[stem - 1])
                && name.EndsWith(ending, StringComparison.Ordinal)
                && !name.Contains(' ')
            )
            {
                return ending;
            }
        }
        return null;
    }
}
