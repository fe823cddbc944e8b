namespace CyberInsights.Publish.Reading;

/// <summary>An article with what stands in it and what it is about.</summary>
public sealed record ArticlePage
{
    public required Article Article { get; init; }
    public required IReadOnlyList<EventLine> Events { get; init; }

    /// <summary>In the order of the navigation.</summary>
    public IReadOnlyList<Topic> Topics { get; init; } = [];

    /// <summary>In the order of the desk.</summary>
    public IReadOnlyList<ArticleTag> Tags { get; init; } = [];

    /// <summary>Above the text.</summary>
    public ShownPicture? Picture { get; init; }

    /// <summary>In order; what is put in but cannot be shown (any more) is left out.</summary>
    public required IReadOnlyList<ShownPart> Parts { get; init; }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>The article as a whole does not hold; its text stays for the record.</summary>
    public bool Retracted => Corrections.Any(c => c.Kind == CorrectionKind.Retraction);
}

/// <summary>A part of an article with what it names; of the last five at most one is there.</summary>
public sealed record ShownPart
{
    public required ArticlePartKind Kind { get; init; }

    /// <summary>Of <see cref="ArticlePartKind.Markup"/> and <see cref="ArticlePartKind.Heading"/>.</summary>
    public required string Text { get; init; }
    public EventLine? Event { get; init; }
    public ShownStatement? Statement { get; init; }
    public ShownPicture? Picture { get; init; }
    public Trend? Trend { get; init; }
    public Chart? Chart { get; init; }
}

/// <summary>A picture of an article as pages show it.</summary>
public sealed record ShownPicture
{
    public required string File { get; init; }

    /// <summary>64 hexadecimal digits; with a width its address: <c>/pictures/{hash}-{width}.webp</c>.</summary>
    public required string Hash { get; init; }
    public required string Alt { get; init; }
    public required string Caption { get; init; }
    public required string Credit { get; init; }
    public required string Licence { get; init; }

    /// <summary>Null when none is given.</summary>
    public Uri? LicenceAddress { get; init; }

    /// <summary>Of the widest, pixels.</summary>
    public required int Width { get; init; }
    public required int Height { get; init; }

    /// <summary>All widths, ascending, pixels.</summary>
    public required IReadOnlyList<int> Widths { get; init; }

    public string Address(int width) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/pictures/{Hash}-{width}.webp");
}

/// <summary>What was put right in an article, with the article.</summary>
public sealed record ArticleCorrection
{
    public required long ArticleId { get; init; }

    /// <summary>Which one of the article; never given again.</summary>
    public required int Ordinal { get; init; }
    public required CorrectionKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Text { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Language { get; init; }
}
