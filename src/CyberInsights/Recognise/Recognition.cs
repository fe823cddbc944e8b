using CyberInsights.Extract.Pages;
using CyberInsights.Recognise.Attributing;
using CyberInsights.Recognise.Facts;

namespace CyberInsights.Recognise;

/// <summary>What was understood in one text. Offsets count UTF-16 units in title, line feed, text.</summary>
public sealed record Recognition
{
    /// <summary>In the order of the text; one may lie within another ("Chinese" in "Chinese embassy").</summary>
    public required IReadOnlyList<Mention> Mentions { get; init; }

    /// <summary>In the order of the text; at most <see cref="IndicatorFinder.MaxIndicators"/>.</summary>
    public required IReadOnlyList<Indicator> Indicators { get; init; }
    public required IReadOnlyList<EntityLink> Links { get; init; }

    /// <summary>In the order of the text.</summary>
    public required IReadOnlyList<StatementDraft> Statements { get; init; }

    /// <summary>All that is told of somebody saying, thinking or wanting something, of which statements are a choice; in the order of their cues, English only.</summary>
    public IReadOnlyList<Attribution> Attributions { get; init; } = [];

    /// <summary>By kind, the main one of each kind first.</summary>
    public required IReadOnlyList<FactDraft> Facts { get; init; }

    /// <summary>At most <see cref="Sections.MaxPerReport"/>, the weightiest first.</summary>
    public required IReadOnlyList<SectionWeight> Topics { get; init; }
}

/// <summary>An entity as a text speaks of it, before it has an id.</summary>
public sealed record EntityDraft
{
    public required EntityKind Kind { get; init; }

    /// <inheritdoc cref="Entity.Key"/>
    public required string Key { get; init; }

    /// <summary>The slug it would like; another entity may have it already.</summary>
    public required string Slug { get; init; }
    public required string Name { get; init; }

    /// <inheritdoc cref="Entity.Code"/>
    public string? Code { get; init; }

    /// <summary>Other names, each with who uses it where that is known.</summary>
    public IReadOnlyList<EntityName> Names { get; init; } = [];

    /// <summary>For an actor: the states said to stand behind it, each as a claim.</summary>
    public IReadOnlyList<SponsorClaim> Sponsors { get; init; } = [];
}

/// <summary>That a state stands behind an actor, as a claim.</summary>
/// <param name="Code">ISO 3166-1 alpha-2 of the state.</param>
/// <param name="By">Who says so: MISP, CFR, Microsoft.</param>
public sealed record SponsorClaim(string Code, string By);

/// <summary>A name as a claim of a namer: Microsoft calls APT31 Violet Typhoon.</summary>
/// <param name="Namer">Empty when not known.</param>
public sealed record EntityName(string Name, string Namer);

/// <summary>How a mention speaks of its entity.</summary>
public enum MentionForm
{
    Name,

    /// <summary>"Chinese", "tschechisch".</summary>
    Adjective,

    /// <summary>A capital for its government: "Beijing denies".</summary>
    Seat,
}

/// <summary>What made a mention be recognised.</summary>
public enum MentionReason
{
    /// <summary>A name of a list, written as it must be.</summary>
    Listed,

    /// <summary>A name of a list, and the tagger says the same of it.</summary>
    Confirmed,

    /// <summary>The tagger alone.</summary>
    Tagged,

    /// <summary>A name found elsewhere in the same text.</summary>
    Repeated,

    /// <summary>The form of the name: "Example GmbH", "Bank of Example", a CVE id.</summary>
    Form,

    /// <summary>A body of a state beside its state: "the Czech government".</summary>
    Body,

    /// <summary>A person beside an office, or by the surname afterwards.</summary>
    Office,
}

/// <summary>A place in the text that speaks of an entity.</summary>
public sealed record Mention
{
    public required EntityDraft Entity { get; init; }
    public required int Start { get; init; }
    public required int Length { get; init; }
    public MentionForm Form { get; init; }

    /// <summary>Whether the name stands in another case than the nominative, where the list tells (Czech, Russian).</summary>
    public bool Oblique { get; init; }
    public required MentionReason Reason { get; init; }

    /// <summary>For a person: the office the text gives ("Foreign Minister"); null when none.</summary>
    public string? Role { get; init; }
    public int End => Start + Length;
}

/// <summary>How the text connects two entities; the numbers are stored.</summary>
public enum EntityLinkKind
{
    /// <summary>"linked to", "tied to", "China-linked".</summary>
    LinkedTo = 1,

    /// <summary>"part of", "works for", "a unit of".</summary>
    PartOf = 2,

    /// <summary>"attributed to", "carried out by", "blamed on".</summary>
    AttributedTo = 3,

    /// <summary>"backed by", "on behalf of", "state-sponsored".</summary>
    BackedBy = 4,

    /// <summary>"also known as", "tracked as".</summary>
    AlsoKnownAs = 5,
}

/// <summary>A connection the text states, with the span that states it.</summary>
public sealed record EntityLink
{
    public required EntityDraft From { get; init; }
    public required EntityDraft To { get; init; }
    public required EntityLinkKind Kind { get; init; }
    public required int Start { get; init; }
    public required int Length { get; init; }
}

/// <summary>A piece of the text, in UTF-16 units.</summary>
public readonly record struct Span(int Start, int Length)
{
    public int End => Start + Length;

    internal bool Overlaps(Span other) => Start < other.End && other.Start < End;

    internal bool Contains(Span other) => Start <= other.Start && other.End <= End;

    internal static Span Between(int start, int end) => new(start, end - start);
}

/// <summary>A statement before it has an id and a report.</summary>
public sealed record StatementDraft
{
    /// <summary>
    /// A statement of less confidence waits for the desk. Below it more codings were wrong than right, above it every step had more
    /// right than wrong or too few to tell (docs/benchmarks.md, "Which statements wait").
    /// </summary>
    public const double LeastShown = 0.5;

    /// <summary>Null when the speaker is no known entity ("two officials").</summary>
    public EntityDraft? Speaker { get; init; }

    /// <inheritdoc cref="Statement.Speaker"/>
    public required string SpeakerName { get; init; }
    public string? SpeakerRole { get; init; }
    public string? SpeakerCountry { get; init; }
    public required Stance Stance { get; init; }
    public EntityDraft? Target { get; init; }
    public string? TargetName { get; init; }

    /// <summary>The sentence, or the sentences a quotation runs over.</summary>
    public required Span Sentence { get; init; }

    /// <summary>The words between the quotation marks; null when nothing is quoted.</summary>
    public Span? Quote { get; init; }

    /// <inheritdoc cref="Statement.Language"/>
    public string Language { get; init; } = LanguageOf.Unknown;

    /// <summary>Where the speaker stands in the text, as "he" where it says "he".</summary>
    public required Span SpeakerSpan { get; init; }

    /// <summary>The words that carry the stance.</summary>
    public required Span Cue { get; init; }

    /// <summary>What is said, as far as the sentence tells; empty when only the act is told.</summary>
    public Span Content { get; init; }

    /// <inheritdoc cref="Statement.SaidAt"/>
    public DateTimeOffset? SaidAt { get; init; }

    /// <summary>The words of the sentence that tell the day; null when it tells none.</summary>
    public Span? SaidOn { get; init; }

    /// <summary>0 to 1: how often codings of this rule were right when they were looked through.</summary>
    public required double Confidence { get; init; }

    public StatementState State => Confidence < LeastShown ? StatementState.Waiting : StatementState.Shown;

    /// <summary>The rule that found it, for <c>explain</c>.</summary>
    public required string Rule { get; init; }
}

/// <summary>How much a text belongs to a section.</summary>
/// <param name="Weight">0 to 1; the weights of one text sum to 1.</param>
/// <param name="Why">The words that put it there, the heaviest first.</param>
public sealed record SectionWeight(Section Section, double Weight, string Why);
