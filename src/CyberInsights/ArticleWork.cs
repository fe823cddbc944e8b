namespace CyberInsights;

/// <summary>An article as the desk works on it; readers see none of it before it is published.</summary>
public sealed record ArticleWork
{
    /// <summary>The most characters of its text.</summary>
    public const int MaxCharacters = 200_000;

    /// <summary>The most characters of any other field.</summary>
    public const int MaxField = 1_000;

    public long ArticleId { get; init; }

    /// <summary>Grows with every save; 0: nobody worked on it at the desk yet.</summary>
    public int Version { get; init; }
    public string Slug { get; init; } = "";
    public string Title { get; init; } = "";
    public string Deck { get; init; } = "";
    public string Author { get; init; } = "";
    public string Language { get; init; } = "en";

    /// <summary>Slugs of topics, between spaces.</summary>
    public string Topics { get; init; } = "";

    /// <summary>Slugs of events, between spaces.</summary>
    public string Events { get; init; } = "";

    /// <summary>Names of tags, a line each, as people wrote them: a draft may have some that are none yet.</summary>
    public string Tags { get; init; } = "";

    /// <summary>The file of the picture above the text; empty: none.</summary>
    public string Lead { get; init; } = "";

    /// <inheritdoc cref="Article.Machine"/>
    public string Machine { get; init; } = "";

    /// <inheritdoc cref="Article.Reviewer"/>
    public string Reviewer { get; init; } = "";
    public DateTimeOffset? ReviewedAt { get; init; }
    public string Markdown { get; init; } = "";

    /// <summary>IANA name of the time zone that times of it are given in.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>It goes out at this moment or later; null: whenever it is ready.</summary>
    public DateTimeOffset? EmbargoAt { get; init; }

    /// <summary>The accounts that began it and changed it last; 0: the program.</summary>
    public long BegunBy { get; init; }
    public long ChangedBy { get; init; }
    public string ChangedName { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The version that somebody let go, and who; another version needs another look.</summary>
    public int? ApprovedVersion { get; init; }
    public long? ApprovedBy { get; init; }
    public string? ApprovedName { get; init; }

    /// <summary>What readers get.</summary>
    public ArticleState State { get; init; } = ArticleState.Draft;

    /// <summary>When it went out, or is to go out; of a draft: when it was begun.</summary>
    public DateTimeOffset PublishAt { get; init; }

    /// <summary>Why it was taken off the site; empty: it was not.</summary>
    public string Withdrawn { get; init; } = "";

    public bool Approved => ApprovedVersion == Version;

    /// <summary>Whether a save of <paramref name="other"/> would change nothing.</summary>
    public bool Same(ArticleWork other) =>
        Text == other.Text
        && (Slug, Author, Language, Topics, Events, Lead, Machine)
            == (other.Slug, other.Author, other.Language, other.Topics, other.Events, other.Lead, other.Machine);

    /// <summary>What revisions keep.</summary>
    public (string Title, string Deck, string Markdown, string Tags) Text => (Title, Deck, Markdown, Tags);

    /// <summary>The names of a list by lines.</summary>
    public static string[] Names(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The slugs of a list between spaces.</summary>
    public static string[] List(string slugs) => slugs.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A text of an article as it was at the desk.</summary>
public sealed record ArticleSave
{
    /// <summary>Counted from 1 within the article.</summary>
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Deck { get; init; }
    public required string Markdown { get; init; }

    /// <inheritdoc cref="ArticleWork.Tags"/>
    public required string Tags { get; init; }
    public required long MemberId { get; init; }
    public required string Member { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Somebody else had saved meanwhile, so that this never became the text.</summary>
    public required bool Aside { get; init; }

    /// <inheritdoc cref="ArticleWork.Text"/>
    public (string Title, string Deck, string Markdown, string Tags) Text => (Title, Deck, Markdown, Tags);
}

/// <summary>When an article is to go out.</summary>
/// <param name="Zone">IANA, of whoever wrote the time down; the desk shows it in this zone again.</param>
public sealed record ArticleSlot(DateTimeOffset At, string Zone);
