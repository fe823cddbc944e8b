namespace CyberInsights;

/// <summary>What a speaker does with a statement; the numbers are stored.</summary>
public enum Stance
{
    Accuse = 1,

    /// <summary>Attributes with technical grounds.</summary>
    Assess = 2,
    Deny = 3,

    /// <summary>Answers without denying: "we oppose all hacking".</summary>
    Deflect = 4,

    /// <summary>Says that it will not comment.</summary>
    Decline = 5,

    /// <summary>Claims responsibility.</summary>
    Claim = 6,

    /// <summary>Victim or authority confirms that it happened.</summary>
    Confirm = 7,

    /// <summary>Victim or authority says that it did not happen.</summary>
    Refute = 8,
    Condemn = 9,
    Support = 10,
    Demand = 11,

    /// <summary>Summons an ambassador, hands over a protest note.</summary>
    Protest = 12,

    /// <summary>Sanction, indictment, arrest, expulsion, takedown, a measure taken.</summary>
    Act = 13,
    Warn = 14,

    /// <summary>Neutral telling.</summary>
    Report = 15,
    Retract = 16,
}

/// <summary>Who may see a statement; the numbers are stored.</summary>
public enum StatementState
{
    /// <summary>Readers see it.</summary>
    Shown = 1,

    /// <summary>It waits for the desk, as it is not sure enough; readers do not see it.</summary>
    Waiting = 2,

    /// <summary>The desk rejected it; readers do not see it.</summary>
    Rejected = 3,
}

/// <summary>Who takes which stance on what, with the exact span of the report that says it (STIX Opinion, CAMEO/PLOVER).</summary>
public sealed record Statement
{
    public long Id { get; init; }
    public required long ReportId { get; init; }

    /// <summary>The report version the offsets count in.</summary>
    public required int Version { get; init; }

    /// <summary>0, 1, 2 ... in the order of the text.</summary>
    public required int Ordinal { get; init; }
    public long? SpeakerId { get; init; }

    /// <summary>The speaker's name, resolved: "Jan Lipavský", not "he".</summary>
    public required string Speaker { get; init; }

    /// <summary>Office or capacity as the report gives it: "Foreign Minister".</summary>
    public string? SpeakerRole { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of the state the speaker speaks for; EU for the European Union; null for others.</summary>
    public string? SpeakerCountry { get; init; }
    public required Stance Stance { get; init; }
    public long? TargetId { get; init; }

    /// <summary>Who or what the stance is taken towards.</summary>
    public string? Target { get; init; }

    /// <summary>Where the sentence begins in <see cref="CyberInsights.Report.Whole"/>, in UTF-16 units.</summary>
    public required int SentenceStart { get; init; }
    public required int SentenceLength { get; init; }

    /// <summary>Where the words between the quotation marks begin; null when nothing is quoted.</summary>
    public int? QuoteStart { get; init; }
    public int? QuoteLength { get; init; }

    /// <summary>When it was said: the day its sentence tells, else when the report was published; null when neither is known.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    /// <summary>Where the words begin that tell the day; null when the sentence tells none.</summary>
    public int? SaidStart { get; init; }
    public int? SaidLength { get; init; }

    /// <summary>BCP 47 primary tag of the quotation, or of the sentence when nothing is quoted; <c>und</c> when it cannot be told.</summary>
    public required string Language { get; init; }

    /// <summary><see cref="Report.TextHash"/> of the version: the proof is void when it differs.</summary>
    public required string TextHash { get; init; }

    /// <summary>0 to 1: how often codings made by the same rule are right.</summary>
    public double Confidence { get; init; }

    public StatementState State { get; init; } = StatementState.Shown;

    /// <summary>When the desk accepted or rejected it; null: it never did.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <inheritdoc cref="StatementCoding.FoundAs"/>
    public string? FoundAs { get; init; }

    /// <summary>The language model that proposed it; null: our own rules found it.</summary>
    public string? Model { get; init; }
}
