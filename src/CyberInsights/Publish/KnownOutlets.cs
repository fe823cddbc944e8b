namespace CyberInsights.Publish;

/// <summary>Who publishes, for telling one voice from another.</summary>
internal sealed record OutletRow
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public string? Owner { get; init; }
}

/// <summary>
/// The voices behind sources and names: sources of one owner are one voice, and so are an agency and the source that it is. Pure.
/// </summary>
internal sealed class KnownOutlets
{
    // A shorter name is a word like any other.
    private const int ShortestName = 4;

    private readonly Dictionary<long, OutletRow> sources;
    private readonly Dictionary<string, string> voices = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> spellings = new(StringComparer.Ordinal);

    internal KnownOutlets(IEnumerable<OutletRow> rows)
    {
        sources = rows.ToDictionary(r => r.Id);
        foreach (var source in sources.Values.OrderBy(s => s.Id))
        {
            foreach (var name in NamesOf(source.Name))
            {
                voices.TryAdd(name, VoiceOf(source.Id));
                spellings.TryAdd(name, source.Name);
            }
        }
        TakeListed();
    }

    // A source that the list spells in several ways is meant by each of them: "KrebsOnSecurity", "Krebs on Security".
    private void TakeListed()
    {
        foreach (var (name, listed) in Credits.OutletNames)
        {
            if (listed.Select(s => voices.GetValueOrDefault(s)).FirstOrDefault(v => v is not null) is { } voice)
            {
                voices.TryAdd(name, voice);
            }
        }
    }

    internal static KnownOutlets None { get; } = new([]);

    /// <summary>How texts name the sources, with the name of the source.</summary>
    internal IReadOnlyDictionary<string, string> Spellings => spellings;

    internal string? NameOf(long sourceId) => sources.GetValueOrDefault(sourceId)?.Name;

    /// <summary>The voice of a source.</summary>
    internal string VoiceOf(long sourceId) =>
        sources.GetValueOrDefault(sourceId) is not { } source ? $"source {sourceId}"
        : source.Owner is { Length: > 0 } owner ? $"owner {owner.ToLowerInvariant()}"
        : Credits.AgencyOf(source.Name) is { } agency ? $"owner {agency.ToLowerInvariant()}"
        : $"source {sourceId}";

    /// <summary>The voice of a name, whether it is read or not.</summary>
    internal string VoiceOf(string name) =>
        voices.GetValueOrDefault(name) ?? $"owner {(Credits.AgencyOf(name) ?? name).ToLowerInvariant()}";

    // "Wired, Security" and "Wired, AI" are both "Wired".
    private static IEnumerable<string> NamesOf(string name) =>
        new[] { name, name.Split(',')[0].Trim() }.Where(n => n.Length >= ShortestName).Distinct();
}
