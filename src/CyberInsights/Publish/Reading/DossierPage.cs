namespace CyberInsights.Publish.Reading;

/// <summary>What the page of an event shows.</summary>
public sealed record DossierPage
{
    public required DateTimeOffset AsOf { get; init; }
    public required EventLine Event { get; init; }
    public IReadOnlyList<SummarySentence> Summary { get; init; } = [];

    /// <summary>The things themselves that the reports tell of.</summary>
    public IReadOnlyList<PrimarySource> Primary { get; init; } = [];

    public EventFacts Facts { get; init; } = EventFacts.None;

    /// <summary>Addresses and hashes that the reports give.</summary>
    public IReadOnlyList<ShownIndicator> Indicators { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ShownStatement> Statements { get; init; } = [];

    /// <summary>The reports that summary, statements, facts and indicators cite, in the order of their numbers, which count from 1.</summary>
    public IReadOnlyList<CitedReport> Cited { get; init; } = [];
    public IReadOnlyList<EventEntity> Entities { get; init; } = [];

    /// <summary>Every report that tells of the event, oldest first, each followed by the places that repeat it.</summary>
    public IReadOnlyList<CoverageLine> Coverage { get; init; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<DossierChange> Changes { get; init; } = [];

    /// <summary>What the reader asked about changes; null when nothing was asked.</summary>
    public ChangesSince? Since { get; init; }

    /// <summary>Whether the reader wants the ledger in the order of time, not by stance.</summary>
    public bool ByTime { get; init; }

    /// <summary>The changes that the reader wants to see.</summary>
    public IReadOnlyList<DossierChange> Log => Since is { Moment: not null } since ? since.Changes : Changes;
    public IReadOnlyList<ArticleLine> Articles { get; init; } = [];

    /// <summary>The other events of the affair that this one is part of, the first told first.</summary>
    public IReadOnlyList<EventLine> Story { get; init; } = [];

    /// <summary>The number by which the page cites a report; null when it does not.</summary>
    public int? NumberOf(long reportId)
    {
        for (var i = 0; i < Cited.Count; i++)
        {
            if (Cited[i].Report.ReportId == reportId)
            {
                return i + 1;
            }
        }
        return null;
    }
}

/// <summary>How much has changed since a moment that a reader names.</summary>
/// <param name="Moment">Null when what was given is no moment: everything is shown.</param>
/// <param name="Count">How many there are, whether shown or not.</param>
/// <param name="Changes">Newest first.</param>
public sealed record ChangesSince(DateTimeOffset? Moment, int Count, IReadOnlyList<DossierChange> Changes);

/// <summary>One report that the page cites.</summary>
public sealed record CitedReport(CoverageLine Report)
{
    /// <summary>Published by a state body: listed as a primary source.</summary>
    public bool Primary => Report.Ownership == "state";
}

/// <summary>An entity as part of an event.</summary>
public sealed record EventEntity
{
    public required EntityLink Link { get; init; }

    /// <summary>How many reports of the event name it.</summary>
    public required int Reports { get; init; }

    /// <summary>Other names it goes by, each with who uses it.</summary>
    public IReadOnlyList<EntityName> Names { get; init; } = [];
}

public sealed record EntityName
{
    public required long EntityId { get; init; }
    public required string Name { get; init; }
    public required string Namer { get; init; }
}

/// <summary>One report, or one more place of the report above it.</summary>
public sealed record CoverageLine
{
    public required long ReportId { get; init; }
    public required long SourceId { get; init; }
    public required string SourceName { get; init; }

    /// <summary>The part of its address: <c>/sources/{key}</c>; null for one without a page.</summary>
    public string? SourceKey { get; init; }
    public string? Country { get; init; }
    public string? Ownership { get; init; }
    public string? Interest { get; init; }

    /// <summary>At most <see cref="Excerpts.MaxCharacters"/>.</summary>
    public required string Title { get; init; }
    public required string Language { get; init; }
    public Uri? Address { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>How often the source edited it after publication.</summary>
    public required int Edits { get; init; }

    /// <summary>When the source took it down; null while it is there.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>The source whose text this repeats word for word, title included; null for a report with words of its own.</summary>
    public string? CopyOf { get; init; }

    /// <summary>Why it is not counted as an account of its own.</summary>
    public Dependence Reason { get; init; }

    /// <summary>The agency, owner or outlet that <see cref="Reason"/> speaks of.</summary>
    public string? Named { get; init; }

    /// <summary>It stands for its origin: the first report of it that we know.</summary>
    public bool Leads { get; init; }

    /// <summary>It told of the event first.</summary>
    public bool First { get; init; }

    /// <summary>The headline in English, in a language model's words, at most <see cref="Excerpts.MaxCharacters"/>; null when there is none.</summary>
    public string? English { get; init; }

    /// <summary>The model whose words they are.</summary>
    public string? Translator { get; init; }
}

/// <summary>One entry of the change log.</summary>
public sealed record DossierChange
{
    public required long Id { get; init; }
    public required ChangeKind Kind { get; init; }
    public required string Text { get; init; }
    public long? ReportId { get; init; }
    public long? StatementId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The source of the report; null when the change is not about one.</summary>
    public string? SourceName { get; init; }
    public long EventId { get; init; }
    public required string EventSlug { get; init; }
    public required string EventTitle { get; init; }
    public required string EventLanguage { get; init; }
}
