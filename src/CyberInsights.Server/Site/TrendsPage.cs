using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site;

/// <summary>What moves, of all kinds or of one.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>; null for all.</param>
public sealed record TrendsPage(TrendBoard Board, string? Kind)
{
    internal const string Topic = "topic";

    /// <summary>As addresses and commands name them: <c>topic</c> and the kinds of entities.</summary>
    internal static IReadOnlyList<string> Kinds { get; } =
    [Topic, .. Enum.GetNames<EntityKind>().Select(k => k.ToLowerInvariant())];

    /// <summary>Which subjects are of the kind named <paramref name="kind"/>; null names all.</summary>
    internal static Predicate<EntityKind?> Of(string? kind) =>
        kind is null ? _ => true
        : kind == Topic ? subject => subject is null
        : subject => subject == Enum.Parse<EntityKind>(kind, ignoreCase: true);
}
