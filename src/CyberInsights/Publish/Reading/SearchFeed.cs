using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>A search kept as a feed: what it finds, newest first. Pure.</summary>
public static class SearchFeed
{
    /// <param name="page">Of the search, newest first; one that cannot be searched gives a feed without entries.</param>
    /// <param name="path">Address of the results page on the site, with its query.</param>
    public static Syndication Of(SearchPage page, string path) =>
        new()
        {
            Path = path,
            Name = page.Request.Words?.Trim() is { Length: > 0 } words
                ? Excerpts.Shorten(words, SearchParser.MaxCharacters)
                : null,
            Entries = [.. page.Found.Where(f => f.Path is not null).Select(Entry)],
        };

    private static SyndicationEntry Entry(FoundLine found) =>
        new()
        {
            Key = $"{found.Kind}s/{found.Id}",
            Path = found.Path!,
            Title = Unmarked(found.Title),
            Text = Unmarked(found.Snippet),
            Language = found.Language,
            At = found.At,
            UpdatedAt = found.At,
            Author = found.Source?.Name,
        };

    private static string Unmarked(string text) =>
        string.Concat(text.Where(c => c is not (SearchHit.MarkStart or SearchHit.MarkEnd)));
}
