namespace CyberInsights.Publish.Reading;

/// <summary>One page of a long list.</summary>
/// <param name="Number">From 1 to <see cref="ListPage.Most"/>.</param>
/// <param name="More">Whether a further page follows.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, int Number, bool More);

/// <summary>How long lists are cut into pages.</summary>
public static class ListPage
{
    /// <summary>The last page that is given; what is older is found by searching.</summary>
    public const int Most = 200;

    /// <summary>The nearest page that there may be.</summary>
    public static int Clamp(int page) => Math.Clamp(page, 1, Most);

    internal static int Skip(int page, int count) => (page - 1) * count;

    /// <summary>A page of what was read, which is one more than <paramref name="count"/> where a further page follows.</summary>
    internal static ListPage<T> Of<T>(IReadOnlyList<T> read, int count, int page) =>
        new([.. read.Take(count)], page, read.Count > count && page < Most);
}
