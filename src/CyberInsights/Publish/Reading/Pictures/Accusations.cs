namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>Who accused whom among states in <see cref="AccusationReader.Days"/> days, most statements first.</summary>
public sealed record Accusations
{
    /// <summary>At most <see cref="AccusationReader.MaxPairs"/>.</summary>
    public required IReadOnlyList<Accusation> Pairs { get; init; }

    /// <summary>How many further pairs there are.</summary>
    public required int More { get; init; }

    /// <summary>The state of whose accusations alone this is; null for all.</summary>
    public string? Of { get; init; }

    /// <summary>The accused states in the pairs that are shown: those of most accusers first, then of most statements.</summary>
    public IReadOnlyList<(string Code, int Accusers, int Statements)> Accused =>
        [
            .. Pairs
                .GroupBy(p => p.Accused)
                .Select(g => (Code: g.Key, Accusers: g.Count(), Statements: g.Sum(p => p.Statements)))
                .OrderByDescending(a => a.Accusers)
                .ThenByDescending(a => a.Statements)
                .ThenBy(a => a.Code, StringComparer.Ordinal),
        ];

    /// <summary>The first of <see cref="Accused"/>; null when another one is accused as much.</summary>
    public (string Code, int Accusers, int Statements)? MostAccused =>
        Accused is [var first, var second, ..]
        && (first.Accusers, first.Statements) == (second.Accusers, second.Statements)
            ? null
            : Accused[0];
}

/// <summary>One state's accusations and assessments of another; what somebody claims of an actor's sponsor is none.</summary>
public sealed record Accusation
{
    /// <summary>ISO 3166-1 alpha-2, or EU.</summary>
    public required string Accuser { get; init; }

    /// <inheritdoc cref="Accuser"/>
    public required string Accused { get; init; }

    /// <summary>Independent ones: each speaker counts once an event, copies of a text do not count.</summary>
    public required int Statements { get; init; }

    /// <summary>The events in which it was said, newest first.</summary>
    public required IReadOnlyList<NamedEvent> Events { get; init; }

    /// <summary>Whether the accused has denied in one of the events, towards the accuser or nobody in particular.</summary>
    public bool Denied { get; init; }
}

/// <summary>An event by headline and address.</summary>
/// <param name="Title">At most <see cref="Excerpts.MaxCharacters"/>.</param>
/// <param name="Language">BCP 47, of the headline.</param>
public sealed record NamedEvent(string Slug, string Title, string Language);
