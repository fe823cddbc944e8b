using System.Text;

namespace CyberInsights.Storage.Searching;

/// <summary>
/// Terms: what is indexed of words, the same in both engines. A word of English letters is indexed by its stem, whatever the language
/// of the text is: what is asked for is cut the same way. Pure.
/// </summary>
internal static class SearchTerms
{
    /// <summary>Raised by whoever changes what a term is; the index is then built anew at the next start (<see cref="IndexBuilder"/>).</summary>
    internal const int Edition = 1;

    // PostgreSQL takes no lexeme above 2,046 bytes and no tsvector above 1 MB.
    private const int LongestTerm = 64;
    private const int MostBytes = 500_000;

    internal static string Of(string word) => EnglishStem.Of(word.Length <= LongestTerm ? word : word[..LongestTerm]);

    /// <summary>The terms of a text in order, as far as they are indexed.</summary>
    internal static IReadOnlyList<string> OfText(string text)
    {
        var terms = new List<string>();
        var bytes = 0;
        foreach (var word in SearchWords.Of(text))
        {
            var term = Of(word);
            bytes += Encoding.UTF8.GetByteCount(term);
            if (bytes > MostBytes)
            {
                break;
            }
            terms.Add(term);
        }
        return terms;
    }

    /// <summary>A number for a term or key; two in a million terms share one, which only moves a rank.</summary>
    internal static uint Number(ReadOnlySpan<char> term)
    {
        // FNV-1a (draft-eastlake-fnv), over UTF-16 units.
        var hash = 2166136261u;
        foreach (var c in term)
        {
            hash = (hash ^ c) * 16777619u;
        }
        return hash;
    }
}
