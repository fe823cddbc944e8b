namespace CyberInsights.Publish;

/// <summary>What is stored about one event that its dossier is made of; of an event that many reports tell, a choice of them.</summary>
internal sealed record DossierMaterial
{
    public required Event Event { get; init; }

    /// <summary>In order of id; at most <see cref="MaterialReader.MaxReports"/>.</summary>
    public required IReadOnlyList<MaterialReport> Reports { get; init; }

    /// <summary>Of these reports, in order of report and ordinal.</summary>
    public required IReadOnlyList<Statement> Statements { get; init; }

    /// <summary>Kinds, victims, sectors and numbers that these reports tell, in order of report and ordinal.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>How many sources carry it, copies and further places included, whether chosen or not.</summary>
    public int OutletCount { get; init; }

    /// <summary>How many statements all its reports hold.</summary>
    public int StatementCount { get; init; }

    /// <summary>It is mostly about a vulnerability that a catalogue lists as exploited.</summary>
    public bool Catalogued { get; init; }

    /// <summary>Who publishes, those included that tell nothing of this event.</summary>
    public KnownOutlets Outlets { get; init; } = KnownOutlets.None;

    /// <summary>What members of the desk say in place of what is made here.</summary>
    public EventOverride Override { get; init; } = new();

    /// <summary>
    /// The reports without those that their source took down or, as a later report of it says, took back; all of them when no other
    /// is left.
    /// </summary>
    internal IReadOnlyList<MaterialReport> Standing
    {
        get
        {
            var retracting = Statements
                .Where(s => s.Stance == Stance.Retract)
                .Join(Reports, s => s.ReportId, r => r.Id, (s, r) => (Statement: s, Report: r))
                // "The Harbour Post" calls itself "the Post".
                .Where(x => x.Report.SourceName.Contains(x.Statement.Speaker, StringComparison.OrdinalIgnoreCase))
                .Select(x => x.Report.Id)
                .ToHashSet();
            var retracted = Reports
                .Where(r => retracting.Contains(r.Id))
                .GroupBy(r => r.SourceId)
                .ToDictionary(g => g.Key, g => g.Max(r => r.ToldAt));
            var standing = Reports
                .Where(r =>
                    r.WithdrawnAt is null
                    && !(retracted.TryGetValue(r.SourceId, out var at) && r.ToldAt < at && !retracting.Contains(r.Id))
                )
                .ToList();
            return standing.Count > 0 ? standing : Reports;
        }
    }

    /// <summary>The country, as ISO 3166-1 alpha-2, of those who speak and are spoken of; without those that have none.</summary>
    public IReadOnlyDictionary<long, string> Codes { get; init; } = new Dictionary<long, string>();
}

internal sealed record MaterialReport
{
    /// <summary>A report that was seen so long after its date proves nothing by it.</summary>
    internal static readonly TimeSpan BelievedDelay = TimeSpan.FromDays(30);

    public required long EventId { get; init; }
    public required long Id { get; init; }
    public required long SourceId { get; init; }

    /// <summary>The source that published the same text first; its own when it is no copy.</summary>
    public required long OriginId { get; init; }

    /// <summary>The report whose text it repeats; null when it is no copy.</summary>
    public long? OriginalId { get; init; }
    public required string SourceName { get; init; }
    public string? Owner { get; init; }

    /// <summary>Its source tells what it knows itself: an authority, a maker, a researcher.</summary>
    public bool FirstHand { get; init; }

    /// <summary>Its source is an authority or another state body, but no medium of a state.</summary>
    public bool Official { get; init; }
    public required int Reliability { get; init; }
    public string Address { get; init; } = "";
    public string? Author { get; init; }
    public required string Title { get; init; }

    /// <summary>Its beginning, as far as <see cref="MaterialReader.MaxCharacters"/>.</summary>
    public required string Text { get; init; }
    public required string Language { get; init; }
    public string? Image { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public DateTimeOffset FirstSeenAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Where its text links to outside its own site.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>When it was told: nothing is told after it was seen, whatever its date says.</summary>
    public DateTimeOffset ToldAt => PublishedAt > FirstSeenAt ? FirstSeenAt : PublishedAt;

    /// <summary>Its date lies so long before it was seen that it proves nothing: others are taken for the first to tell.</summary>
    public bool Backdated => FirstSeenAt != DateTimeOffset.MaxValue && FirstSeenAt - PublishedAt > BelievedDelay;

    /// <summary>When its source took it down; null while it is there.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
    public string Whole => $"{Title}\n{Text}";
}
