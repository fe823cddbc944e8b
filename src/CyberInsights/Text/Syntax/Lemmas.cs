namespace CyberInsights.Text.Syntax;

/// <summary>The words as a dictionary lists them: by the endings of English inflection, and a table of what they do not cover.</summary>
internal sealed class Lemmas(IReadOnlyDictionary<(string Word, string Upos), string> irregular)
{
    private const string Vowels = "aeiouy";

    // After these the "e" before "-ed" and "-ing" belongs to the word: accuse, leverage, operate, solve, announce, issue, require.
    private static readonly string[] SilentE =
    [
        "at",
        "iz",
        "us",
        "is",
        "as",
        "os",
        "v",
        "c",
        "dg",
        "ag",
        "rg",
        "lg",
        "u",
        "ir",
        "ur",
        "ns",
        "rs",
        "bl",
        "pl",
        "tl",
        "ol",
        "ut",
    ];

    internal IReadOnlyDictionary<(string Word, string Upos), string> Irregular { get; } = irregular;

    internal string Of(ReadOnlySpan<char> form, string upos, string xpos)
    {
        var word = Lower(form);
        return Irregular.GetValueOrDefault((word, upos)) ?? Regular(form, word, xpos);
    }

    internal static string Lower(ReadOnlySpan<char> form) => form.ToString().ToLowerInvariant().Replace('’', '\'');

    /// <summary>What the endings alone say.</summary>
    internal static string Regular(ReadOnlySpan<char> form, string word, string xpos) =>
        xpos switch
        {
            "NNP" => form.ToString(),
            "NNPS" => WithoutS(form.ToString()),
            "NNS" or "VBZ" => WithoutS(word),
            "VBD" or "VBN" => Stem(word, "ed"),
            "VBG" => Stem(word, "ing"),
            "JJR" or "RBR" => Stem(word, "er"),
            "JJS" or "RBS" => Stem(word, "est"),
            _ => word,
        };

    private static string WithoutS(string word) =>
        word switch
        {
            [.., 'i', 'e', 's'] when word.Length > 4 => word[..^3] + "y",
            [.., 's', 's', 'e', 's'] or [.., 'x', 'e', 's'] or [.., 'c', 'h', 'e', 's'] or [.., 's', 'h', 'e', 's'] =>
                word[..^2],
            [.., 's', 's'] or [.., 'u', 's'] => word,
            [.., 's'] when word.Length > 2 => word[..^1],
            _ => word,
        };

    private static string Stem(string word, string ending)
    {
        if (!word.EndsWith(ending, StringComparison.Ordinal) || word.Length < ending.Length + 3)
        {
            return word;
        }
        var stem = word[..^ending.Length];
        if (stem[^1] == 'i' && ending != "ing")
        {
            return stem[..^1] + "y";
        }
        if (stem[^1] == stem[^2] && stem[^1] is not ('s' or 'l' or 'f' or 'z' or 'e' or 'o'))
        {
            return stem[..^1];
        }
        return SilentE.Any(e => stem.EndsWith(e, StringComparison.Ordinal)) || IsShort(stem) ? stem + "e" : stem;
    }

    // "tak" from "taking": one vowel between consonants would be doubled without the "e"; "show", "fix" and "play" are not.
    private static bool IsShort(string stem) =>
        stem.Length is 3 or 4
        && stem.Count(Vowels.Contains) == 1
        && Vowels.Contains(stem[^2])
        && stem[^1] is not ('w' or 'x' or 'y')
        && !Vowels.Contains(stem[^1]);
}
