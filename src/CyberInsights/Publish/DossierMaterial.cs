namespace CyberInsights.Publish;

/// <summary>Everything stored about one event that its dossier is made of.</summary>
internal sealed record DossierMaterial
{
    public required Event Event { get; init; }

    /// <summary>In order of id.</summary>
    public required IReadOnlyList<MaterialReport> Reports { get; init; }
    public required IReadOnlyList<MaterialPlace> Places { get; init; }

    /// <summary>In order of report and ordinal.</summary>
    public required IReadOnlyList<Statement> Statements { get; init; }
    public required IReadOnlyList<MaterialVersion> Versions { get; init; }

    /// <summary>The country, as ISO 3166-1 alpha-2, of those who speak and are spoken of; without those that have none.</summary>
    public IReadOnlyDictionary<long, string> Codes { get; init; } = new Dictionary<long, string>();
}

internal sealed record MaterialReport
{
    public required long EventId { get; init; }
    public required long Id { get; init; }
    public required long SourceId { get; init; }

    /// <summary>The source that published the same text first; its own when it is no copy.</summary>
    public required long OriginId { get; init; }
    public required string SourceName { get; init; }
    public required int Reliability { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }
    public string? Image { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When its source took it down; null while it is there.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
    public string Whole => $"{Title}\n{Text}";
}

internal sealed record MaterialPlace
{
    public required long ReportId { get; init; }
    public required long SourceId { get; init; }
}

/// <summary>One version of one report, without its text.</summary>
internal sealed record MaterialVersion
{
    public required long ReportId { get; init; }
    public required int Number { get; init; }

    /// <summary>What the source did to make it; null when it did nothing.</summary>
    public SourceEditKind? Edit { get; init; }
    public string? Was { get; init; }
    public string? Became { get; init; }
}
