namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>Who is said to have hit whom: initiators in rows, sectors or states of victims in columns, events where they meet.</summary>
public sealed class InitiatorTable
{
    public const int MaxRows = 12;
    public const int MaxColumns = 8;

    private readonly ILookup<(string Row, string Column), NamedEvent> cells;

    private InitiatorTable(IReadOnlyList<NamedHit> hits)
    {
        cells = hits.ToLookup(h => (h.Initiator.Slug, h.Side), h => h.Event);
        var rows = Ranked(hits, h => h.Initiator.Slug);
        var shown = rows.Take(MaxRows).Select(r => r.Key).ToHashSet();
        var columns = Ranked([.. hits.Where(h => shown.Contains(h.Initiator.Slug))], h => h.Side);
        Columns = [.. columns.Take(MaxColumns).Select(c => c.Key)];
        Rows =
        [
            .. rows.Where(r => shown.Contains(r.Key) && Columns.Any(c => cells[(r.Key, c)].Any()))
                .Select(r => (hits.First(h => h.Initiator.Slug == r.Key).Initiator, r.Events)),
        ];
        MoreRows = rows.Count - Rows.Count;
        MoreColumns = columns.Count - Columns.Count;
    }

    /// <summary>Those of most events first, each with how many.</summary>
    public IReadOnlyList<(EntityLink Initiator, int Events)> Rows { get; }

    /// <summary>The first of <see cref="Rows"/>; null when another one is named in as many events.</summary>
    public (EntityLink Initiator, int Events)? MostNamed =>
        Rows is [var first, var second, ..] && first.Events == second.Events ? null : Rows[0];

    /// <summary>Names of sectors, or ISO 3166-1 alpha-2 codes of states; those of most events first.</summary>
    public IReadOnlyList<string> Columns { get; }
    public int MoreRows { get; }
    public int MoreColumns { get; }

    /// <summary>How many events the fullest cell has.</summary>
    public int Most => Rows.Max(r => Columns.Max(c => At(r.Initiator, c).Count));

    /// <summary>Newest first.</summary>
    public IReadOnlyList<NamedEvent> At(EntityLink initiator, string column) => [.. cells[(initiator.Slug, column)]];

    /// <summary>Null when there is no hit.</summary>
    internal static InitiatorTable? Of(IReadOnlyList<NamedHit> hits) =>
        hits.Count == 0 ? null : new InitiatorTable(hits);

    private static List<(string Key, int Events)> Ranked(IReadOnlyList<NamedHit> hits, Func<NamedHit, string> key) =>
        [
            .. hits.GroupBy(key)
                .Select(g => (g.Key, Events: g.Select(h => h.Event.Slug).Distinct().Count()))
                .OrderByDescending(g => g.Events)
                .ThenBy(g => g.Key, StringComparer.Ordinal),
        ];
}

/// <summary>That a report tells of somebody who names the initiator of an event, and whom it hit.</summary>
/// <param name="Side">The name of the sector, or the code of the state.</param>
internal sealed record NamedHit(EntityLink Initiator, string Side, NamedEvent Event);
