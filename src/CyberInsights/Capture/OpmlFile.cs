namespace CyberInsights.Capture;

/// <summary>A list of feeds as an OPML file gives it.</summary>
public sealed record OpmlFile
{
    public required IReadOnlyList<OpmlFeed> Feeds { get; init; }

    /// <summary>What was passed over or had to be repaired, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>One outline with the address of a feed; the texts are on one line and bounded, the address is as written.</summary>
public sealed record OpmlFeed
{
    public required string Address { get; init; }
    public required int Line { get; init; }
    public string? Name { get; init; }
    public string? Home { get; init; }
    public string? Language { get; init; }

    /// <summary>The folders it stands in and its categories, in lower case, the outermost first.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What our own export adds (<see cref="OpmlWriter"/>): attribute names without the prefix.</summary>
    public IReadOnlyDictionary<string, string> Ours { get; init; } = new Dictionary<string, string>();
}

/// <summary>Why a file is not taken as OPML: a stable code for machines and one sentence for people.</summary>
/// <param name="Code"><c>opml.empty</c>, <c>opml.too_large</c>, <c>opml.too_many</c>, <c>opml.dtd_entity</c>, <c>opml.not_opml</c> or <c>opml.malformed</c>.</param>
public sealed record OpmlRefusal(string Code, string Sentence);
