using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Which word may have been meant by one that no recent title has. Pure.</summary>
internal static class WordGuess
{
    private const int ShortestWord = 4;
    private const int LongWord = 8;

    // A word that one title alone has may be a slip itself.
    private const int LeastTitles = 2;

    /// <summary>The search with its unknown words put right; null when there is nothing better to ask.</summary>
    /// <param name="titleWords">As <see cref="Storage.Searching.SearchIndex.TitleWordsAsync"/> gives them.</param>
    internal static string? Of(string written, IReadOnlyDictionary<string, int> titleWords)
    {
        var guessed = written;
        foreach (var (word, start, length) in SearchWords.Spans(written).Reverse())
        {
            if (Better(word, titleWords) is { } better && !IsField(written, start + length))
            {
                guessed = guessed[..start] + better + guessed[(start + length)..];
            }
        }
        return guessed == written ? null : guessed;
    }

    private static bool IsField(string written, int end) => end < written.Length && written[end] == ':';

    // The nearest, of these the most common, of these the first by letters.
    private static string? Better(string word, IReadOnlyDictionary<string, int> titleWords) =>
        word.Length < ShortestWord || titleWords.ContainsKey(word) || !word.All(char.IsLetter)
            ? null
            : titleWords
                .Where(w => w.Value >= LeastTitles && Math.Abs(w.Key.Length - word.Length) <= Allowed(word))
                .Select(w => (Word: w.Key, Titles: w.Value, Slips: Slips(word, w.Key, Allowed(word))))
                .Where(w => w.Slips <= Allowed(word))
                .OrderBy(w => w.Slips)
                .ThenByDescending(w => w.Titles)
                .ThenBy(w => w.Word, StringComparer.Ordinal)
                .Select(w => w.Word)
                .FirstOrDefault();

    private static int Allowed(string word) => word.Length < LongWord ? 1 : 2;

    // Letters left out, added, changed or swapped with the next one (Damerau 1964), counted no further than it matters.
    private static int Slips(string a, string b, int most)
    {
        Span<int> before = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> now = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(last[j] + 1, now[j - 1] + 1), last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
                }
                least = Math.Min(least, now[j]);
            }
            if (least > most)
            {
                return least;
            }
            var free = before;
            before = last;
            last = now;
            now = free;
        }
        return last[b.Length];
    }
}
