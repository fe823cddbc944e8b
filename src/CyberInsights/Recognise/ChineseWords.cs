using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>
/// Joins Chinese characters to the words that clauses are read by ("表示", "发言人"), the longest first; characters of no such word stay
/// tokens of their own, as names are matched character by character. Thread safe.
/// </summary>
internal static class ChineseWords
{
    private const int MaxLength = 8;

    private static readonly Lazy<FrozenSet<string>> Known = new(() =>
        Grammar
            .Of("zh")!
            .Words.Concat(Cues.Of("zh")!.Words)
            .Concat(LanguageList.Read("content").Where(l => l[0] == "zh").SelectMany(l => ListFile.Words(l[3])))
            .ToFrozenSet()
    );

    internal static List<Token> Join(string text, List<Token> tokens)
    {
        var joined = new List<Token>(tokens.Count);
        var known = Known.Value.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var length = Math.Min(Run(tokens, i), MaxLength);
            while (length > 1 && !known.Contains(text.AsSpan(tokens[i].Start, length)))
            {
                length--;
            }
            joined.Add(
                length > 1
                    ? new Token(tokens[i].Start, length, TokenKind.Word, text.Substring(tokens[i].Start, length))
                    : tokens[i]
            );
            i += Math.Max(length, 1) - 1;
        }
        return joined;
    }

    // How many single characters stand side by side.
    private static int Run(List<Token> tokens, int first)
    {
        var end = first;
        while (
            end < tokens.Count
            && end - first < MaxLength
            && tokens[end] is { Length: 1, Kind: TokenKind.Word }
            && tokens[end].Start == tokens[first].Start + (end - first)
        )
        {
            end++;
        }
        return end - first;
    }
}
