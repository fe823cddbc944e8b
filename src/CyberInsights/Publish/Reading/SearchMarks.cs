using System.Text;
using CyberInsights.Storage;
using CyberInsights.Storage.Searching;

namespace CyberInsights.Publish.Reading;

/// <summary>Puts the marks of <see cref="SearchHit"/> around the words of a search in a title.</summary>
internal static class SearchMarks
{
    internal static string Mark(string title, SearchQuery query)
    {
        var wanted = new WantedWords(query);
        var marked = new StringBuilder(title.Length + 16);
        var at = 0;
        foreach (var (word, start, length) in SearchWords.Spans(title))
        {
            if (wanted.Has(word))
            {
                marked.Append(title, at, start - at).Append(SearchHit.MarkStart);
                marked.Append(title, start, length).Append(SearchHit.MarkEnd);
                at = start + length;
            }
        }
        return marked.Append(title, at, title.Length - at).ToString();
    }
}
