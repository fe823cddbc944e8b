using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise.Facts;

/// <summary>The words of <c>Lists/victims.tsv</c>.</summary>
internal static class VictimWords
{
    private static readonly ILookup<string, string[]> Lines = ListFile
        .Read("victims.tsv", 3)
        .ToLookup(line => line[0], line => ListFile.Words(line[2]));

    private static readonly PhraseTable<string> SectorTable = new(
        from line in ListFile.Read("victims.tsv", 3)
        where line[0] == "sector"
        from word in ListFile.Words(line[2])
        select (word, line[1])
    );

    internal static FrozenSet<string> Verbs { get; } = Of("verb");
    internal static FrozenSet<string> Into { get; } = Of("into");
    internal static FrozenSet<string> At { get; } = Of("at");
    internal static FrozenSet<string> From { get; } = Of("from");
    internal static FrozenSet<string> Suffer { get; } = Of("suffer");
    internal static FrozenSet<string> Nouns { get; } = Of("noun");
    internal static FrozenSet<string> None { get; } = Of("none");
    internal static FrozenSet<string> Lead { get; } = Of("lead");

    /// <summary>Whether a word is too general to be a victim, also in the plural.</summary>
    internal static bool IsNone(string word) =>
        None.Contains(word)
        || (word.EndsWith('s') && None.Contains(word[..^1]))
        || (word.EndsWith("ies", StringComparison.Ordinal) && None.Contains($"{word[..^3]}y"));

    /// <summary>English phrases beside the words for a victim, by the use of their line.</summary>
    internal static PhraseTable<string> Beside { get; } =
        new(
            from use in (string[])["hitby", "tells", "befalls", "onto"]
            from word in Lines[use].SelectMany(w => w)
            select (word, use)
        );

    /// <summary>True for phrases that stand before a victim, false for those after it.</summary>
    internal static PhraseTable<bool> Sides { get; } =
        new(
            Lines["after"]
                .SelectMany(w => w)
                .Select(w => (w, true))
                .Concat(Lines["before"].SelectMany(w => w).Select(w => (w, false)))
        );

    private static readonly FrozenDictionary<string, EntityDraft> Sectors = ListFile
        .Read("sectors.tsv", 3)
        .ToFrozenDictionary(line => line[0], line => Knowledge.Draft(EntityKind.Sector, line[0], line[1]));

    /// <summary>The sector that a name or phrase tells by one of its words, the last one first; null when none does.</summary>
    internal static EntityDraft? SectorOf(string phrase)
    {
        var tokens = Tokens.Of(phrase);
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            if (SectorTable.At(tokens, i).Senses is [var key, ..])
            {
                return Sectors[key];
            }
        }
        return null;
    }

    private static FrozenSet<string> Of(string use) => Lines[use].SelectMany(w => w).ToFrozenSet();
}
