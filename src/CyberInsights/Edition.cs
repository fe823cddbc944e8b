using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyberInsights;

/// <summary>Where an edition stands; the numbers are stored.</summary>
public enum EditionState
{
    /// <summary>Waits for a person.</summary>
    Draft = 1,

    /// <summary>Goes out at <see cref="Edition.SendAt"/>.</summary>
    Scheduled = 2,

    /// <summary>Its mails are in the outbox; nothing of it changes any more.</summary>
    Sending = 3,
    Sent = 4,
}

/// <summary>
/// A dated selection that goes out together: one for all who want it daily, or weekly, in every language and of every topic. What was chosen
/// is kept as it was read then, and frozen when its mails are made.
/// </summary>
public sealed record Edition
{
    public required long Id { get; init; }

    /// <summary>The part of its address: <c>/newsletter/{slug}</c>.</summary>
    public required string Slug { get; init; }
    public required Frequency Frequency { get; init; }
    public required EditionState State { get; init; }

    /// <summary>It tells what changed after this moment, unless a subscriber was last told before it ...</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>... and up to this one.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Null: not scheduled.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>When its mails were made.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Grows with every edit, so that of two people who edit at once the second is told.</summary>
    public required int Revision { get; init; }
    public EditionContent Content { get; init; } = new();

    /// <summary>What a person wrote, by language (BCP 47); a language without an entry has the words of the program alone.</summary>
    public IReadOnlyDictionary<string, EditionText> Texts { get; init; } = new Dictionary<string, EditionText>();
}

/// <summary>What a person wrote for an edition in one language.</summary>
public sealed record EditionText
{
    /// <summary>One line; empty: the headline of its first event.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Markdown above the events; empty: none.</summary>
    public string Intro { get; init; } = "";
}

/// <summary>What an edition can tell; each subscriber gets what is theirs of it.</summary>
public sealed record EditionContent
{
    /// <summary>In the order of showing, at first that of rank.</summary>
    public IReadOnlyList<EditionEvent> Events { get; init; } = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<EditionArticle> Articles { get; init; } = [];

    /// <summary>The most surprising first. They alone make no mail.</summary>
    public IReadOnlyList<EditionTrend> Trends { get; init; } = [];

    /// <summary>Whether there is nothing to tell.</summary>
    [JsonIgnore]
    public bool IsEmpty => Events.Count == 0 && Articles.Count == 0;

    public string ToJson() => JsonSerializer.Serialize(this, EditionJson.Default.EditionContent);

    public static EditionContent Parse(string json) =>
        JsonSerializer.Deserialize(json, EditionJson.Default.EditionContent) ?? new EditionContent();
}

/// <summary>An event that appeared or changed, as it stood when the edition was composed.</summary>
public sealed record EditionEvent
{
    /// <summary>Names it in the arrangement: <c>events/karsk-names-velonia</c>.</summary>
    [JsonIgnore]
    public string Key => $"events/{Slug}";
    public required long Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }

    /// <summary>BCP 47, of the title.</summary>
    public required string Language { get; init; }
    public required EventState State { get; init; }
    public required int Outlets { get; init; }
    public required int Independent { get; init; }
    public IReadOnlyList<long> TopicIds { get; init; } = [];

    /// <summary>When its dossier appeared; null when that is longer ago than the edition looks back.</summary>
    public DateTimeOffset? OpenedAt { get; init; }
    public IReadOnlyList<EditionSentence> Summary { get; init; } = [];

    /// <summary>From its change log, newest first.</summary>
    public IReadOnlyList<EditionChange> Changes { get; init; } = [];

    /// <summary>Statements that were added, newest first.</summary>
    public IReadOnlyList<EditionStatement> Statements { get; init; } = [];

    /// <summary>A person left it out.</summary>
    public bool LeftOut { get; init; }
}

/// <summary>A sentence of a summary with its source.</summary>
public sealed record EditionSentence
{
    public required string Text { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }
    public required long SourceId { get; init; }
    public required string Source { get; init; }

    /// <summary>Of the report; null unless it is http or https.</summary>
    public Uri? Address { get; init; }

    /// <summary>Who alone says it; null when it may stand as a fact.</summary>
    public string? According { get; init; }
}

/// <summary>An entry of the change log.</summary>
public sealed record EditionChange
{
    public required ChangeKind Kind { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The source of the report it is about; null: about none.</summary>
    public string? Source { get; init; }
}

/// <summary>A statement with its source.</summary>
public sealed record EditionStatement
{
    /// <summary>When it was added to the dossier.</summary>
    public required DateTimeOffset At { get; init; }
    public required Stance Stance { get; init; }
    public required string Speaker { get; init; }

    /// <summary>Of whoever speaks, word for word; empty when the report quotes nothing.</summary>
    public string Quote { get; init; } = "";

    /// <summary>The report's own words where nothing is quoted; empty when there are none to show.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>BCP 47, of quotation or sentence.</summary>
    public required string Language { get; init; }
    public required long SourceId { get; init; }
    public required string Source { get; init; }

    /// <inheritdoc cref="EditionSentence.Address"/>
    public Uri? Address { get; init; }
}

/// <summary>An article of the desk.</summary>
public sealed record EditionArticle
{
    [JsonIgnore]
    public string Key => $"articles/{Slug}";
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public string Deck { get; init; } = "";
    public required string Author { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }
    public required DateTimeOffset At { get; init; }
    public IReadOnlyList<long> TopicIds { get; init; } = [];
    public bool LeftOut { get; init; }
}

/// <summary>What is told of more than usual.</summary>
public sealed record EditionTrend
{
    [JsonIgnore]
    public string Key => $"trends{Address}";

    /// <summary>Null for a topic.</summary>
    public EntityKind? Kind { get; init; }
    public string? Code { get; init; }
    public required string Name { get; init; }

    /// <summary>Site address of the subject; before it <c>/trends</c>, that of the reports behind it.</summary>
    public required string Address { get; init; }

    /// <summary>Independent reports in 24 hours.</summary>
    public required int LastDay { get; init; }

    /// <summary>Its usual range; 0 to 0 while the archive is too young.</summary>
    public double UsualLow { get; init; }

    /// <inheritdoc cref="UsualLow"/>
    public double UsualHigh { get; init; }

    /// <summary>The topics whose events it takes part in, or the topic itself.</summary>
    public IReadOnlyList<long> TopicIds { get; init; } = [];
    public bool LeftOut { get; init; }
}

/// <summary>What an edit made of an edition, as the audit log tells it.</summary>
internal sealed record EditionEditDetail(
    IReadOnlyDictionary<string, EditionText> Was,
    IReadOnlyDictionary<string, EditionText> Became,
    IReadOnlyList<string> LeftOut
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(EditionContent))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, EditionText>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(EditionEditDetail))]
internal sealed partial class EditionJson : JsonSerializerContext;
