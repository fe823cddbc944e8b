using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CyberInsights.Text.Syntax;

/// <summary>A word as the treebank counts them: "didn't" is two, "non-stop" one. Offsets count UTF-16 units in the original.</summary>
public readonly record struct Word(int Start, int Length)
{
    /// <summary>The unit after the last.</summary>
    public int End => Start + Length;
}

/// <summary>
/// Words as the English Web Treebank splits them, made from tokens: contractions are parted ("did" "n't", "can" "not"); addresses, dates,
/// times, codes such as CVE ids, words behind a prefix with a hyphen, abbreviations and runs of one mark are put together. Each word is a
/// part of one token or several whole ones. Pure and linear.
/// </summary>
public static partial class Words
{
    private const int RegexTimeoutMs = 1000;

    // Written as one word in speech of the net: the treebank parts them.
    private static readonly FrozenDictionary<string, int> Parted = new Dictionary<string, int>
    {
        ["cannot"] = 3,
        ["gonna"] = 3,
        ["wanna"] = 3,
        ["gotta"] = 3,
        ["dont"] = 2,
        ["didnt"] = 3,
        ["wont"] = 2,
        ["cant"] = 2,
    }.ToFrozenDictionary();

    /// <returns>For each sentence its words, in order.</returns>
    public static IReadOnlyList<IReadOnlyList<Word>> Of(
        string text,
        IReadOnlyList<Token> tokens,
        IReadOnlyList<Sentence> sentences
    ) => [.. sentences.Select(s => Of(text, tokens, s))];

    private static List<Word> Of(string text, IReadOnlyList<Token> tokens, Sentence sentence)
    {
        var words = new List<Word>(sentence.End - sentence.First);
        for (var i = sentence.First; i < sentence.End; )
        {
            var last = LastOfJoined(text, tokens, i, sentence.End);
            var start = tokens[i].Start;
            var split = last == i ? SplitAt(text, tokens[i]) : 0;
            if (split > 0)
            {
                words.Add(new Word(start, split));
            }
            words.Add(new Word(start + split, tokens[last].End - start - split));
            i = last + 1;
        }
        return words;
    }

    private static int LastOfJoined(string text, IReadOnlyList<Token> tokens, int first, int end)
    {
        if (first + 1 >= end || tokens[first + 1].Start != tokens[first].End)
        {
            return first;
        }
        var match = Joined.Match(text, tokens[first].Start);
        var last = first;
        while (match.Success && last + 1 < end && tokens[last].End < match.Index + match.Length)
        {
            last++;
        }
        var whole = match.Success && tokens[last].End == match.Index + match.Length;
        // The dot of an abbreviation that ends the sentence is the sentence's.
        var stop =
            last == first + 1
            && last + 1 == end
            && text[tokens[last].Start] == '.'
            && tokens[first].Kind == TokenKind.Word;
        return whole && !stop ? last : first;
    }

    private static int SplitAt(string text, Token token)
    {
        var word = text.AsSpan(token.Start, token.Length);
        if (Parted.TryGetValue(token.Folded, out var split))
        {
            return split;
        }
        var apostrophe = word.LastIndexOfAny('\'', '’');
        if (apostrophe <= 0)
        {
            return word[0] is >= '0' and <= '9' && word[^1] is 'm' or 'M' ? ClockSplit(word) : 0;
        }
        return word[(apostrophe + 1)..] switch
        {
            "t" or "T" when apostrophe > 1 && word[apostrophe - 1] is 'n' or 'N' => apostrophe - 1,
            "m" or "M" or "d" or "D" or "ll" or "LL" or "ve" or "VE" or "re" or "RE" => apostrophe,
            _ => 0,
        };
    }

    // "10am"
    private static int ClockSplit(ReadOnlySpan<char> word)
    {
        var digits = word.IndexOfAnyExceptInRange('0', '9');
        return digits == word.Length - 2 && word[digits] is 'a' or 'p' or 'A' or 'P' ? digits : 0;
    }

    [GeneratedRegex(
        """
            \G(?:
                (?:https?://|www\.)[^\s<>"“”]{1,500}(?<![.,;:!?)\]'’])
              | [\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}
              | [0-9]{1,4}(?:[/:][0-9]{1,4}){1,3}(?![0-9])
              | [0-9]{3}-(?:[0-9]{3}-)?[0-9]{4}(?![0-9])
              | \p{Lu}{2,8}-[0-9]{2,6}-[0-9]{1,7}(?!\w)
              | [:;=]-?[()DP](?!\w)
              | (?i:e|non|pre|post|anti|pro|re|co|ex|mid|multi|semi|sub|neo|inter|intra|over|counter|pan)-\p{L}{2,40}
              | ([.!?*=_'’~<>-])\1{1,400}
              | [!?.]{2,400}
              | (?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Sgt|Capt|Rev|Gov|Sen|Rep|Jr|Sr|Inc|Co|Corp|Ltd|No|vs|etc|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.
              | \p{Lu}\.(?=\s)
            )
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        RegexTimeoutMs
    )]
    private static partial Regex Joined { get; }
}
