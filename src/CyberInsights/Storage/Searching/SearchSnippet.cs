using System.Text;

namespace CyberInsights.Storage.Searching;

/// <summary>The part of a found text that shows why it was found.</summary>
internal static class SearchSnippet
{
    private const int Words = 32;

    /// <summary>About 32 words around the place with the most hits, each hit between the marks of <see cref="SearchHit"/>.</summary>
    internal static string Of(string text, WantedWords wanted)
    {
        var words = SearchWords.Spans(text).Take(20_000).ToList();
        var hits = words.Select(w => wanted.Has(w.Word)).ToList();
        var first = Best(hits);
        var last = Math.Min(first + Words, words.Count) - 1;
        return last < first ? "" : Mark(text, words, hits, first, last);
    }

    // The window with the most hits; the earliest of equals; begun a little before its first hit, so that it reads as a sentence.
    private static int Best(List<bool> hits)
    {
        int count = 0,
            best = 0,
            start = 0;
        for (var i = 0; i < hits.Count; i++)
        {
            count += hits[i] ? 1 : 0;
            count -= i >= Words && hits[i - Words] ? 1 : 0;
            if (count > best)
            {
                best = count;
                start = Math.Max(0, i - Words + 1);
            }
        }
        var firstHit = hits.IndexOf(true, start);
        return firstHit < 0 ? 0 : Math.Max(0, Math.Min(firstHit - 6, hits.Count - Words));
    }

    private static string Mark(
        string text,
        List<(string Word, int Start, int Length)> words,
        List<bool> hits,
        int first,
        int last
    )
    {
        var snippet = new StringBuilder();
        var at = first == 0 ? 0 : words[first].Start;
        var end = last == words.Count - 1 ? text.Length : words[last].Start + words[last].Length;
        snippet.Append(first == 0 ? "" : "… ");
        for (var i = first; i <= last; i++)
        {
            if (hits[i])
            {
                snippet.Append(text, at, words[i].Start - at).Append(SearchHit.MarkStart);
                snippet.Append(text, words[i].Start, words[i].Length).Append(SearchHit.MarkEnd);
                at = words[i].Start + words[i].Length;
            }
        }
        return snippet.Append(text, at, end - at).Append(end < text.Length ? " …" : "").Replace('\n', ' ').ToString();
    }
}
