using System.Globalization;
using CyberInsights.Capture;
using CyberInsights.Edit;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Desk.Tips;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Storage;

namespace CyberInsights.Server.Desk.Inbox;

/// <summary>Something that needs a person.</summary>
/// <param name="Reason">The key of the line that says why; <c>{0}</c> in it is <paramref name="Number"/>.</param>
/// <param name="Path">Where it is dealt with; null: nowhere on the site.</param>
/// <param name="Weight">What weighs more stands higher.</param>
public sealed record InboxItem(InboxKey Key, string Reason, string? Path, double Weight, DateTimeOffset At)
{
    public long Number { get; init; }

    /// <summary>The key of a sentence that says more than the reason; null: none does.</summary>
    public string? Detail { get; init; }

    /// <summary>Of its time the day alone is known.</summary>
    public bool DayAlone { get; init; }

    /// <summary>The page of the site that it is about, where that is another one than <see cref="Path"/>.</summary>
    public string? Page { get; init; }

    /// <summary>BCP 47, of the title.</summary>
    public string Language { get; init; } = "und";
}

/// <summary>
/// Gathers what needs a person, the weightiest first: events that are new and big or disputed, reports that their sources softened, statements that
/// wait, sources that fell silent, messages of readers.
/// </summary>
internal sealed class InboxReader(
    Database database,
    SourceReader sources,
    TipReader tips,
    InboxDesk desk,
    TimeProvider clock
)
{
    private const int OfKind = 50;
    private const int Big = 3;
    private static readonly TimeSpan New = TimeSpan.FromHours(48);
    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    internal async Task<IReadOnlyList<InboxItem>> ReadAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        List<InboxItem> all =
        [
            .. await EventsAsync(now, cancel),
            .. await SofteningsAsync(now, cancel),
            .. await WaitingAsync(cancel),
            .. await SilentAsync(now, cancel),
            .. await TipsAsync(cancel),
        ];
        var open = (await desk.OpenAsync([.. all.Select(i => i.Key)], now, cancel)).ToHashSet();
        return
        [
            .. all.Where(i => open.Contains(i.Key))
                .OrderByDescending(i => i.Weight)
                .ThenByDescending(i => i.At)
                .ThenBy(i => i.Key.Key, StringComparer.Ordinal),
        ];
    }

    private async Task<IEnumerable<InboxItem>> EventsAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<EventRow>(
            """
            select e.id, e.slug, d.title, d.language, d.state, d.independent, d.statements, d.first_told_at, d.last_told_at
            from dossiers d join events e on e.id = d.event_id
            where (d.first_told_at > @fresh and d.independent >= @Big) or (d.state = @Disputed and d.last_told_at > @recent)
            order by d.rank desc limit @OfKind
            """,
            new
            {
                fresh = now - New,
                recent = now - Recent,
                Big,
                EventState.Disputed,
                OfKind,
            },
            cancel
        );
        return rows.Select(r =>
            r.State == EventState.Disputed
                ? new InboxItem(
                    new InboxKey($"disputed:{r.Id}", Text(r.Statements), r.Title),
                    "desk.inbox.disputed",
                    $"/desk/events/{r.Slug}",
                    60 + r.Independent,
                    r.LastToldAt
                )
                {
                    Number = r.Statements,
                    Language = r.Language,
                }
                : new InboxItem(
                    // Asks again when it has grown by as much as made it big.
                    new InboxKey($"event:{r.Id}", Text(r.Independent / Big), r.Title),
                    "desk.inbox.event",
                    $"/desk/events/{r.Slug}",
                    50 + (2 * r.Independent),
                    r.LastToldAt
                )
                {
                    Number = r.Independent,
                    Language = r.Language,
                }
        );
    }

    private async Task<IEnumerable<InboxItem>> SofteningsAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<EditRow>(
            """
            select v.report_id as id, v.number, v.title, r.language, v.created_at as at, e.slug
            from report_versions v join reports r on r.id = v.report_id
            left join event_reports g on g.report_id = r.id left join events e on e.id = g.event_id
            where v.edit = @Softening and v.created_at > @recent order by v.created_at desc limit @OfKind
            """,
            new
            {
                SourceEditKind.Softening,
                recent = now - Recent,
                OfKind,
            },
            cancel
        );
        return rows.Select(r => new InboxItem(
            new InboxKey($"edit:{r.Id}", Text(r.Number), r.Title),
            "desk.inbox.softened",
            r.Slug is null ? null : $"/desk/events/{r.Slug}",
            80,
            r.At
        )
        {
            Number = r.Number,
            Language = r.Language,
        });
    }

    // What a model proposed and what our own rules are not sure of, each together for a report.
    private async Task<IEnumerable<InboxItem>> WaitingAsync(CancellationToken cancel)
    {
        var rows = await database.QueryAsync<WaitingRow>(
            $"""
            select s.report_id as id, min(s.id) as first, max(s.id) as last, count(*) as waiting,
                   case when s.model is null then 0 else 1 end as proposed, r.title, r.language, r.published_at as at
            from statements s join reports r on r.id = s.report_id
            where s.state = {(int)StatementState.Waiting}
            group by s.report_id, case when s.model is null then 0 else 1 end, r.title, r.language, r.published_at
            order by max(s.id) desc limit @OfKind
            """,
            new { OfKind },
            cancel
        );
        return rows.Select(r => new InboxItem(
            new InboxKey($"{(r.Proposed ? "proposed" : "unsure")}:{r.Id}", $"{r.Waiting}:{r.Last}", r.Title),
            r.Proposed ? "desk.inbox.proposed" : "desk.inbox.unsure",
            $"/desk/review/{r.First}",
            (r.Proposed ? 30 : 40) + Math.Min(r.Waiting, 9),
            r.At
        )
        {
            Number = r.Waiting,
            Language = r.Language,
        });
    }

    private async Task<IEnumerable<InboxItem>> SilentAsync(DateTimeOffset now, CancellationToken cancel) =>
        from line in await sources.AllAsync(cancel)
        let alarm = line.Alarms.FirstOrDefault(a => a.Kind is AlarmKind.Silent or AlarmKind.Failing or AlarmKind.Empty)
        where alarm is not null
        select new InboxItem(
            new InboxKey($"source:{line.Source.Id}", alarm.Kind.ToString(), line.Source.Name),
            "desk.inbox.silent",
            $"/sources/{line.Source.Key}",
            35,
            now
        );

    private async Task<IEnumerable<InboxItem>> TipsAsync(CancellationToken cancel) =>
        from line in await tips.ListAsync(done: false, 0, OfKind, cancel)
        let id = Text(line.Tip.Id)
        let objects = line.Tip.About is not null
        select new InboxItem(
            new InboxKey($"tip:{id}", "", line.Title ?? line.Tip.About ?? id),
            objects ? "desk.inbox.objection" : "desk.inbox.tip",
            TipsPages.Address(line.Tip.Id),
            objects ? 75 : 70,
            DateTimeOffset.UnixEpoch.AddDays(line.Tip.Day)
        )
        {
            Language = line.Language ?? "und",
            Detail = line.Tip.Fault is { } fault ? TipForm.KeyOf(fault) : null,
            Page = line.Tip.About,
            DayAlone = true,
        };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record EventRow
    {
        public required long Id { get; init; }
        public required string Slug { get; init; }
        public required string Title { get; init; }
        public required string Language { get; init; }
        public required EventState State { get; init; }
        public required int Independent { get; init; }
        public required int Statements { get; init; }
        public required DateTimeOffset FirstToldAt { get; init; }
        public required DateTimeOffset LastToldAt { get; init; }
    }

    private sealed record EditRow
    {
        public required long Id { get; init; }
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string Language { get; init; }
        public required DateTimeOffset At { get; init; }
        public string? Slug { get; init; }
    }

    private sealed record WaitingRow
    {
        public required long Id { get; init; }
        public required long First { get; init; }
        public required long Last { get; init; }
        public required int Waiting { get; init; }
        public required bool Proposed { get; init; }
        public required string Title { get; init; }
        public required string Language { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}
