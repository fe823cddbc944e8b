using CyberInsights.Storage.Searching;

namespace CyberInsights.Storage;

/// <summary>One searchable text. <see cref="Id"/> is the id of what it stands for; ids are unique over all kinds.</summary>
public sealed record SearchDocument
{
    public required long Id { get; init; }

    /// <summary><c>report</c>, <c>event</c>, <c>article</c> or <c>entity</c>.</summary>
    public required string Kind { get; init; }
    public required string Title { get; init; }

    /// <summary>Plain text; only the first 500,000 characters are indexed (a tsvector fails above 1 MB).</summary>
    public required string Body { get; init; }
    public string Language { get; init; } = "";

    /// <summary>When it was told; what "newest first" sorts by.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What else it is filed under, as <see cref="SearchKeys"/> makes it: its source, who is named in it, its stances.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];
}

/// <summary>
/// A search as the engines understand it: every group must match, a group matches when one of its phrases does. Without groups,
/// what the filters leave is found.
/// </summary>
public sealed record SearchQuery
{
    /// <summary>Each inner list is one "or" group of phrases; a phrase is one or more words that must follow each other.</summary>
    public required IReadOnlyList<IReadOnlyList<SearchPhrase>> Groups { get; init; }

    /// <summary>Phrases that must not occur.</summary>
    public IReadOnlyList<SearchPhrase> Without { get; init; } = [];

    /// <summary>How many groups must match, at least; null for all of them.</summary>
    public int? Least { get; init; }

    /// <summary>Each of them must hold.</summary>
    public IReadOnlyList<SearchFilter> Filters { get; init; } = [];

    /// <summary>Only these kinds; null for all.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Included.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Not included.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Newest first instead of best first.</summary>
    public bool NewestFirst { get; init; }
    public int Skip { get; init; }

    /// <summary>At most this many, 0 to 1,000.</summary>
    public int Count { get; init; } = 20;

    /// <summary>Of more documents that match only so many of the newest are looked at, 1 to <see cref="SearchIndex.Most"/>.</summary>
    public int Most { get; init; } = SearchIndex.Most;

    /// <summary>After which finding what matches is stopped; null: never.</summary>
    public TimeSpan? Longest { get; init; }
}

/// <summary>Words as <see cref="SearchWords"/> makes them, in order; the last one may be the beginning of a word.</summary>
public sealed record SearchPhrase(IReadOnlyList<string> Words, bool Prefix = false);

/// <summary>A document is filed under one of the keys of <see cref="SearchKeys"/>, or under none of them.</summary>
public sealed record SearchFilter(IReadOnlyList<string> AnyOf, bool None = false);

/// <summary>What a search finds.</summary>
public sealed record SearchAnswer
{
    public required IReadOnlyList<SearchHit> Hits { get; init; }

    /// <summary>
    /// How many documents match; of more than <see cref="SearchQuery.Most"/> only the newest were looked at, and all figures are of them,
    /// as of common words in a phrase when all would take too long.
    /// </summary>
    public required int Found { get; init; }

    /// <summary>Whether more may match than were looked at.</summary>
    public required bool Bounded { get; init; }

    /// <summary>How many of them are filed under each key; days are not counted.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>When each of them was told.</summary>
    public required IReadOnlyList<DateTimeOffset> Moments { get; init; }
}

/// <summary>One found document; in its snippet <see cref="MarkStart"/> and <see cref="MarkEnd"/> enclose each hit.</summary>
public sealed record SearchHit
{
    public const char MarkStart = '\u0002';
    public const char MarkEnd = '\u0003';

    public required long Id { get; init; }
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public required string Snippet { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Larger is better; comparable within one answer only.</summary>
    public double Score { get; init; }
}
