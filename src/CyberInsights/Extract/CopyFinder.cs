using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>
/// Finds which reports repeat another source's text, such as wire copy and republished pieces, and links each to the first
/// publisher. Nothing is deleted: a copy is a report like any other, but it is not an independent one.
/// The tables <c>sketches</c>, <c>sketch_keys</c> and <c>copies</c>.
/// </summary>
internal static class CopyFinder
{
    // Half of all runs of four words in common: the same text with another beginning, cut, or lightly edited.
    private const double Enough = 0.5;
    private const int Forgotten = 200;
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <summary>Compares new or changed texts with those of the last week.</summary>
    internal static async Task FindAsync(
        Transaction t,
        IReadOnlyList<(Report Report, Sketch? Sketch)> texts,
        CancellationToken cancel
    )
    {
        await ForgetAsync(t, cancel);
        await RemoveAsync(t, [.. texts.Where(x => x.Report.Version > 1).Select(x => x.Report.Id)], cancel);
        var sketched = texts.Where(x => x.Sketch is not null).ToList();
        if (sketched.Count == 0)
        {
            return;
        }
        await AddAsync(t, sketched, cancel);
        var near = await NearAsync(t, sketched, cancel);
        var found = new Dictionary<long, Copy>();
        foreach (var (report, sketch) in sketched.OrderBy(x => x.Report.PublishedAt).ThenBy(x => x.Report.Id))
        {
            var alike = near[report.Id]
                .Where(n => n.SourceId != report.SourceId && (n.PublishedAt - report.PublishedAt).Duration() <= Window)
                .Select(n => (Other: n, Resemblance: sketch!.Resemblance(Sketch.Read(n.Sketch))))
                .Where(n => n.Resemblance >= Enough)
                .ToList();
            foreach (var (other, resemblance) in alike)
            {
                var (first, second) = Earlier(other, report)
                    ? (other.ReportId, report.Id)
                    : (report.Id, other.ReportId);
                if (!found.TryGetValue(second, out var known) || known.Resemblance < resemblance)
                {
                    found[second] = new Copy(second, first, resemblance);
                }
            }
        }
        await LinkAsync(t, found, cancel);
    }

    // A copy of a copy is a copy of the first.
    private static async Task LinkAsync(Transaction t, Dictionary<long, Copy> found, CancellationToken cancel)
    {
        if (found.Count == 0)
        {
            return;
        }
        var ids = found.Keys.Concat(found.Values.Select(c => c.OriginalId)).Distinct().ToArray();
        var stored = (
            await t.QueryAsync<Copy>(
                "select report_id, original_id, resemblance from copies where report_id in @ids or original_id in @ids",
                new { ids },
                cancel
            )
        ).ToDictionary(c => c.ReportId);
        var all = stored
            .Values.Where(c => !found.ContainsKey(c.ReportId))
            .Concat(found.Values)
            .ToDictionary(c => c.ReportId);
        var linked = all
            .Values.Select(c => c with { OriginalId = First(c.OriginalId, all) })
            .Where(c => c.OriginalId != c.ReportId && stored.GetValueOrDefault(c.ReportId) != c)
            .OrderBy(c => c.ReportId)
            .ToList();
        await t.InsertAsync(
            "copies (report_id, original_id, resemblance)",
            [.. linked.Select(c => (object?[])[c.ReportId, c.OriginalId, c.Resemblance])],
            "on conflict (report_id) do update set original_id = excluded.original_id, resemblance = excluded.resemblance",
            cancel
        );
        // Events that were told before count their independent sources again.
        var events = await t.QueryAsync<long>(
            "select distinct event_id from event_reports where report_id in @reportIds",
            new { reportIds = linked.Select(c => c.ReportId).ToArray() },
            cancel
        );
        await WorkList.AddAsync(t, Stage.Publish, events, cancel);
    }

    private static long First(long id, Dictionary<long, Copy> all)
    {
        var passed = new HashSet<long>();
        while (passed.Add(id) && all.TryGetValue(id, out var copy))
        {
            id = copy.OriginalId;
        }
        return id;
    }

    private static bool Earlier(Near other, Report report) =>
        other.PublishedAt < report.PublishedAt
        || (other.PublishedAt == report.PublishedAt && other.ReportId < report.Id);

    private static async Task AddAsync(
        Transaction t,
        List<(Report Report, Sketch? Sketch)> sketched,
        CancellationToken cancel
    )
    {
        await t.InsertAsync(
            "sketches (report_id, sketch)",
            [.. sketched.Select(x => (object?[])[x.Report.Id, x.Sketch!.ToBytes()])],
            "",
            cancel
        );
        await t.InsertAsync(
            "sketch_keys (key, report_id)",
            [.. sketched.SelectMany(x => x.Sketch!.Keys().Distinct().Select(k => (object?[])[k, x.Report.Id]))],
            "",
            cancel
        );
    }

    /// <summary>For each text the reports that share a key with it.</summary>
    private static async Task<ILookup<long, Near>> NearAsync(
        Transaction t,
        List<(Report Report, Sketch? Sketch)> sketched,
        CancellationToken cancel
    )
    {
        var keys = sketched.SelectMany(x => x.Sketch!.Keys()).Distinct().ToArray();
        var holders = (
            await t.QueryAsync<(long Key, long ReportId)>(
                "select key, report_id from sketch_keys where key in @keys",
                new { keys },
                cancel
            )
        ).ToLookup(h => h.Key, h => h.ReportId);
        var pairs = sketched
            .SelectMany(x =>
                x.Sketch!.Keys()
                    .SelectMany(k => holders[k])
                    .Where(id => id != x.Report.Id)
                    .Distinct()
                    .Select(id => (Of: x.Report.Id, Other: id))
            )
            .ToList();
        var others = (
            await t.QueryAsync<Near>(
                """
                select s.report_id, s.sketch, r.source_id, r.published_at
                from sketches s join reports r on r.id = s.report_id where s.report_id in @ids
                """,
                new { ids = pairs.Select(p => p.Other).Distinct().ToArray() },
                cancel
            )
        ).ToDictionary(n => n.ReportId);
        return pairs.ToLookup(p => p.Of, p => others[p.Other]);
    }

    // Texts too old to be compared any more; a few at a time, so that no document waits for it.
    private static async Task ForgetAsync(Transaction t, CancellationToken cancel)
    {
        var old = await t.QueryAsync<long>(
            "select report_id from sketches where report_id < @first order by report_id limit @Forgotten",
            new { first = Ids.First(t.Now - (2 * Window)), Forgotten },
            cancel
        );
        await DropAsync(t, [.. old], cancel);
    }

    private static async Task RemoveAsync(Transaction t, long[] ids, CancellationToken cancel)
    {
        await DropAsync(t, ids, cancel);
        if (ids.Length > 0)
        {
            await t.ExecuteAsync("delete from copies where report_id in @ids", new { ids }, cancel);
        }
    }

    // The keys follow from the sketch, so that they need no second index.
    private static async Task DropAsync(Transaction t, long[] ids, CancellationToken cancel)
    {
        if (ids.Length == 0)
        {
            return;
        }
        var sketches = await t.QueryAsync<byte[]>(
            "select sketch from sketches where report_id in @ids",
            new { ids },
            cancel
        );
        foreach (var keys in sketches.SelectMany(s => Sketch.Read(s).Keys()).Distinct().Chunk(1000))
        {
            await t.ExecuteAsync(
                "delete from sketch_keys where key in @keys and report_id in @ids",
                new { keys, ids },
                cancel
            );
        }
        await t.ExecuteAsync("delete from sketches where report_id in @ids", new { ids }, cancel);
    }

    private sealed record Near
    {
        public required long ReportId { get; init; }
        public required byte[] Sketch { get; init; }
        public required long SourceId { get; init; }
        public required DateTimeOffset PublishedAt { get; init; }
    }

    private sealed record Copy(long ReportId, long OriginalId, double Resemblance);
}
