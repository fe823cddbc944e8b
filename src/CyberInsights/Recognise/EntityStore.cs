using CyberInsights.Storage;

namespace CyberInsights.Recognise;

/// <summary>Writes <c>entities</c>, <c>entity_names</c>, <c>entity_sponsors</c>, <c>mentions</c> and <c>entity_links</c>.</summary>
public sealed class EntityStore
{
    private const int MaxSlugTries = 20;

    /// <summary>Stores what is new of <paramref name="drafts"/> and tells the id of each by its key.</summary>
    internal static async Task<IReadOnlyDictionary<string, long>> PutAsync(
        Transaction t,
        IEnumerable<EntityDraft> drafts,
        CancellationToken cancel
    )
    {
        var byKey = new SortedDictionary<string, EntityDraft>(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            if (!byKey.TryGetValue(draft.Key, out var known) || (known.Code is null && draft.Code is not null))
            {
                byKey[draft.Key] = draft;
            }
        }
        var ids = new Dictionary<string, long>();
        var added = new List<EntityDraft>();
        for (var turn = 0; turn < MaxSlugTries; turn++)
        {
            await ReadAsync(t, [.. byKey.Keys.Where(k => !ids.ContainsKey(k))], ids, cancel);
            var missing = byKey.Values.Where(d => !ids.ContainsKey(d.Key)).ToList();
            if (missing.Count == 0)
            {
                break;
            }
            await InsertAsync(t, missing, turn, cancel);
            added.AddRange(missing);
        }
        await IndexAsync(t, added.DistinctBy(d => d.Key), ids, cancel);
        await CompleteAsync(t, byKey.Values, ids, cancel);
        return ids;
    }

    private static async Task ReadAsync(
        Transaction t,
        IReadOnlyList<string> keys,
        Dictionary<string, long> ids,
        CancellationToken cancel
    )
    {
        foreach (var chunk in keys.Chunk(1000))
        {
            foreach (
                var row in await t.QueryAsync<EntityId>(
                    "select id, key from entities where key in @keys",
                    new { keys = chunk },
                    cancel
                )
            )
            {
                ids[row.Key] = row.Id;
            }
        }
    }

    // Two entities may want one slug (a country and a malware named after it), and another process may take one meanwhile:
    // who gets none this turn tries the next spelling.
    private static async Task InsertAsync(Transaction t, List<EntityDraft> missing, int turn, CancellationToken cancel)
    {
        var used = new HashSet<string>();
        var rows = missing
            .Select(d => (Draft: d, Slug: SlugFor(d, turn)))
            .Where(d => used.Add(d.Slug))
            .Select(d => (object?[])[t.NextId(), (int)d.Draft.Kind, d.Draft.Key, d.Slug, d.Draft.Name, d.Draft.Code])
            .ToList();
        await t.InsertAsync("entities (id, kind, key, slug, name, code)", rows, "on conflict do nothing", cancel);
    }

    private static Task IndexAsync(
        Transaction t,
        IEnumerable<EntityDraft> added,
        Dictionary<string, long> ids,
        CancellationToken cancel
    ) =>
        t.PutDocumentsAsync(
            [
                .. added
                    .Where(d => ids.ContainsKey(d.Key))
                    .Select(d => new SearchDocument
                    {
                        Id = ids[d.Key],
                        Kind = "entity",
                        Title = d.Name,
                        Body = string.Join(", ", d.Names.Select(n => n.Name).Distinct()),
                        At = t.Now,
                        Keys = [.. new[] { ReportKeys.Of(d.Kind, ids[d.Key]) }.OfType<string>()],
                    }),
            ],
            cancel
        );

    private static string SlugFor(EntityDraft draft, int turn)
    {
        var slug = draft.Slug.Length > 0 ? draft.Slug : draft.Kind.ToString().ToLowerInvariant();
        return turn switch
        {
            0 => slug,
            1 => $"{slug}-{draft.Kind.ToString().ToLowerInvariant()}",
            _ => $"{slug}-{draft.Kind.ToString().ToLowerInvariant()}-{turn}",
        };
    }

    private static async Task CompleteAsync(
        Transaction t,
        IEnumerable<EntityDraft> drafts,
        Dictionary<string, long> ids,
        CancellationToken cancel
    )
    {
        var (names, sponsors) = (new List<object?[]>(), new List<object?[]>());
        foreach (var draft in drafts)
        {
            names.AddRange(draft.Names.Select(n => (object?[])[ids[draft.Key], n.Name, n.Namer]));
            sponsors.AddRange(draft.Sponsors.Select(s => (object?[])[ids[draft.Key], s.Code, s.By]));
            if (draft.Code is not null && draft.Kind == EntityKind.Person)
            {
                // A person may be met first where nothing tells whom they speak for.
                await t.ExecuteAsync(
                    "update entities set code = @Code where id = @id and code is null",
                    new { draft.Code, id = ids[draft.Key] },
                    cancel
                );
            }
        }
        await t.InsertAsync("entity_names (entity_id, name, namer)", names, "on conflict do nothing", cancel);
        await t.InsertAsync("entity_sponsors (entity_id, code, namer)", sponsors, "on conflict do nothing", cancel);
    }

    /// <summary>Replaces the mentions and links of the reports.</summary>
    internal static async Task ReplaceAsync(
        Transaction t,
        IReadOnlyList<Recognised> reports,
        IReadOnlyDictionary<string, long> ids,
        CancellationToken cancel
    )
    {
        var reportIds = reports.Select(r => r.Text.Id).ToArray();
        await t.ExecuteAsync("delete from mentions where report_id in @reportIds", new { reportIds }, cancel);
        await t.ExecuteAsync("delete from entity_links where report_id in @reportIds", new { reportIds }, cancel);
        await t.InsertAsync(
            "mentions (report_id, entity_id, count, first_start, first_end, in_title)",
            [.. reports.SelectMany(r => MentionRows(r, ids))],
            "",
            cancel
        );
        await t.InsertAsync(
            "entity_links (report_id, from_id, to_id, kind, start, length)",
            [.. reports.SelectMany(r => LinkRows(r, ids))],
            "",
            cancel
        );
    }

    private static IEnumerable<object?[]> MentionRows(Recognised report, IReadOnlyDictionary<string, long> ids) =>
        from mention in report.Recognition.Mentions
        group mention by ids[mention.Entity.Key] into g
        let first = g.MinBy(m => m.Start)!
        select (object?[])
            [
                report.Text.Id,
                g.Key,
                g.Count(),
                first.Start,
                first.End,
                (short)(first.Start < report.Text.Title.Length ? 1 : 0),
            ];

    private static IEnumerable<object?[]> LinkRows(Recognised report, IReadOnlyDictionary<string, long> ids) =>
        from link in report.Recognition.Links
        group link by (From: ids[link.From.Key], To: ids[link.To.Key], link.Kind) into g
        let first = g.MinBy(l => l.Start)!
        select (object?[])[report.Text.Id, g.Key.From, g.Key.To, (int)g.Key.Kind, first.Start, first.Length];

    private sealed class EntityId
    {
        public long Id { get; init; }
        public string Key { get; init; } = "";
    }
}
