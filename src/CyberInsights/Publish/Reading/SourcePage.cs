using CyberInsights.Publish.Reading.Pictures;
using CyberInsights.Text;

namespace CyberInsights.Publish.Reading;

/// <summary>Which sources are wanted; null stands for all.</summary>
/// <param name="Words">Each must stand in the name, key or home of the source, whatever its case and accents.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Language">BCP 47.</param>
public sealed record SourceFilter(string? Words, string? Country, string? Language, string? Label)
{
    /// <summary>More characters are not looked at.</summary>
    public const int MaxCharacters = 100;

    private readonly string[] wanted =
    [
        .. Folding
            .Fold(Words is { Length: > MaxCharacters } ? Words[..MaxCharacters] : Words ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries),
    ];

    public SourceState? State { get; init; }

    /// <summary>Only those that a person should look at.</summary>
    public bool Alarmed { get; init; }

    public bool Empty =>
        wanted.Length == 0 && Country is null && Language is null && Label is null && State is null && !Alarmed;

    internal bool Fits(Source source)
    {
        if (
            (State is not null && source.State != State)
            || (Country is not null && source.Country != Country)
            || (Language is not null && source.Language != Language)
            || (Label is not null && source.Labels?.Contains(Label) != true)
        )
        {
            return false;
        }
        var known = wanted.Length == 0 ? "" : Folding.Fold($"{source.Name} {source.Key} {source.Home}");
        return wanted.All(w => known.Contains(w, StringComparison.Ordinal));
    }
}

/// <summary>What the list of sources shows.</summary>
public sealed record SourceList
{
    public required SourceFilter Filter { get; init; }

    /// <summary>By name.</summary>
    public required ListPage<SourceLine> Lines { get; init; }

    /// <summary>How many fit the filter.</summary>
    public required int Fitting { get; init; }

    /// <summary>How many there are.</summary>
    public required int All { get; init; }

    /// <summary>With how many sources, most first, whatever the filter.</summary>
    public IReadOnlyList<(string Value, int Sources)> Countries { get; init; } = [];

    /// <inheritdoc cref="Countries"/>
    public IReadOnlyList<(string Value, int Sources)> Languages { get; init; } = [];

    /// <inheritdoc cref="Countries"/>
    public IReadOnlyList<(string Value, int Sources)> Labels { get; init; } = [];
}

/// <summary>What the page of a source shows.</summary>
public sealed record SourcePage
{
    public required DateTimeOffset AsOf { get; init; }
    public required SourceLine Line { get; init; }
    public required SourceRecord Record { get; init; }

    /// <summary>The newest, newest first.</summary>
    public required ListPage<SourceReport> Reports { get; init; }

    public required AloneStatements Alone { get; init; }

    /// <summary>Events that its newest reports tell of, the last told first.</summary>
    public IReadOnlyList<EventLine> Events { get; init; } = [];
}

/// <summary>One page of the reports of a source, the newest first.</summary>
public sealed record SourceReports(DateTimeOffset AsOf, Source Source, ListPage<SourceReport> Reports);

/// <summary>One report as the page of its source lists it.</summary>
/// <param name="Title">At most <see cref="Excerpts.MaxCharacters"/>.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Address">Null unless it is http or https.</param>
/// <param name="Event">The event it tells of; null when it is in none that is published.</param>
public sealed record SourceReport(string Title, string Language, Uri? Address, DateTimeOffset At, NamedEvent? Event);

/// <summary>
/// How a source has reported, as counts among its newest reports: each is counted, none is a grade. What it did itself to what it
/// had published is <see cref="Edits"/> and <see cref="Withdrawn"/>.
/// </summary>
public sealed record SourceRecord
{
    /// <summary>How many of its newest reports are looked at, at most.</summary>
    public const int Looked = 500;

    /// <summary>How many there were to look at.</summary>
    public int Reports { get; init; }

    /// <summary>When the oldest of them was published; null when there is none.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Reports that tell of an event.</summary>
    public int Grouped { get; init; }

    /// <summary>Of <see cref="Grouped"/>: accounts of their own, that rest on no other report.</summary>
    public int Own { get; init; }

    /// <summary>Reports of events that at least two independent sources tell of.</summary>
    public int Shared { get; init; }

    /// <summary>Of <see cref="Shared"/>: those that told of it before all others.</summary>
    public int First { get; init; }

    /// <summary>Reports of events for which a primary source is known.</summary>
    public int WithPrimary { get; init; }

    /// <summary>Of <see cref="WithPrimary"/>: those that link to it.</summary>
    public int LinkPrimary { get; init; }

    /// <summary>Reports whose text other sources repeat.</summary>
    public int Repeated { get; init; }

    /// <summary>Reports that the source took down.</summary>
    public int Withdrawn { get; init; }

    /// <summary>Reports that the source edited after publication, by what it did; one edited in several ways counts in each.</summary>
    public IReadOnlyList<(SourceEditKind Kind, int Reports)> Edits { get; init; } = [];
}

/// <summary>Statements that no other source carries, in events that others tell of too.</summary>
/// <param name="Count">How many among those looked at.</param>
/// <param name="Of">How many statements were looked at.</param>
/// <param name="Newest">Newest first.</param>
public sealed record AloneStatements(int Count, int Of, IReadOnlyList<ShownStatement> Newest);
