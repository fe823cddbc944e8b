using CyberInsights.Recognise;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading.Pictures;

/// <summary>Reads which states accused which. A state speaks through its government, bodies, missions and officials, not through its companies.</summary>
public sealed class AccusationReader(Database database)
{
    public const int Days = 30;
    public const int MaxPairs = 20;

    // The newest; what is older is left out.
    private const int MaxStatements = 4000;

    /// <summary>Of all states in the <see cref="Days"/> before <paramref name="asOf"/>; null when none accused another.</summary>
    /// <param name="of">ISO 3166-1 alpha-2: only what this state says or hears; null for all.</param>
    public async Task<Accusations?> ReadAsync(DateTimeOffset asOf, string? of, CancellationToken cancel)
    {
        var charges = await ChargesAsync(asOf, of ?? "", cancel);
        return await TellAsync(charges, of, cancel);
    }

    /// <summary>Of one event, whenever it was said; null when no state accused another in it.</summary>
    public async Task<Accusations?> OfEventAsync(long eventId, CancellationToken cancel) =>
        await TellAsync(await ChargesOfEventAsync(eventId, cancel), of: null, cancel);

    private async Task<Accusations?> TellAsync(IReadOnlyList<Charge> told, string? of, CancellationToken cancel)
    {
        var pairs = told.Where(c => c.IsOfStates)
            .GroupBy(c => (c.Accuser, c.Accused))
            .Select(Pair)
            .OrderByDescending(p => p.Accusation.Statements)
            .ThenByDescending(p => p.Accusation.Events.Count)
            .ThenBy(p => p.Accusation.Accuser, StringComparer.Ordinal)
            .ThenBy(p => p.Accusation.Accused, StringComparer.Ordinal)
            .ToList();
        if (pairs.Count == 0)
        {
            return null;
        }
        var shown = pairs.Take(MaxPairs).ToList();
        var events = shown.SelectMany(p => p.Events).Distinct().ToArray();
        var denials = (await DenialsAsync(events, cancel)).ToLookup(d => d.EventId);
        return new Accusations
        {
            Pairs =
            [
                .. shown.Select(p =>
                    p.Accusation with
                    {
                        Denied = p.Events.Any(e => denials[e].Any(d => d.Answers(p.Accusation))),
                    }
                ),
            ],
            More = pairs.Count - shown.Count,
            Of = of,
        };
    }

    private static (Accusation Accusation, IReadOnlyList<long> Events) Pair(
        IGrouping<(string Accuser, string Accused), Charge> charges
    )
    {
        var events = charges.DistinctBy(c => c.EventId).ToList();
        var accusation = new Accusation
        {
            Accuser = charges.Key.Accuser,
            Accused = charges.Key.Accused,
            Statements = charges.DistinctBy(c => (c.EventId, c.Speaker)).Count(),
            Events = [.. events.Select(c => c.Event)],
        };
        return (accusation, [.. events.Select(c => c.EventId)]);
    }

    private const string Columns = """
        select distinct er.event_id, e.slug, d.title, d.language, coalesce(s.speaker_country, who.code) as accuser,
               aim.code as accused, coalesce(who.slug, s.speaker) as speaker,
               who.kind as who_kind, who.key as who_key, who.code as who_code, aim.kind as aim_kind, aim.key as aim_key
        """;

    // Accuse and assess, in the words of the index (charges) that serves them.
    private const string Charging = "stance in (1, 2)";

    private static readonly int[] StateKinds = [(int)EntityKind.Country, (int)EntityKind.Organisation];

    private Task<IReadOnlyList<Charge>> ChargesOfEventAsync(long eventId, CancellationToken cancel) =>
        database.QueryAsync<Charge>(
            $"""
            {Columns}
            from event_reports er
            join shown_statements s on s.report_id = er.report_id
            join events e on e.id = er.event_id
            join dossiers d on d.event_id = er.event_id
            join entities aim on aim.id = s.target_id
            left join entities who on who.id = s.speaker_id
            where er.event_id = @eventId and s.{Charging} and +aim.kind in @states
              and coalesce(s.speaker_country, who.code) <> aim.code
              and not exists (select 1 from copies c where c.report_id = s.report_id)
            order by accuser, accused, speaker
            """,
            new { eventId, states = StateKinds },
            cancel
        );

    // The statements are few and the reports of the time many; the pluses keep PostgreSQL from beginning with the reports.
    private async Task<IReadOnlyList<Charge>> ChargesAsync(DateTimeOffset asOf, string of, CancellationToken cancel)
    {
        var from = asOf.AddDays(-Days);
        return await database.QueryAsync<Charge>(
            $"""
            {Columns}
            from statements s
            join entities aim on aim.id = s.target_id
            left join entities who on who.id = s.speaker_id
            join reports r on r.id = s.report_id
            join event_reports er on er.report_id = s.report_id
            join events e on e.id = er.event_id
            join dossiers d on d.event_id = er.event_id
            where s.id in @charging and +r.published_at > @from and +r.published_at <= @asOf
              and not exists (select 1 from copies c where c.report_id = s.report_id)
            order by er.event_id desc, accuser, accused, speaker
            """,
            new
            {
                charging = await ChargingAsync(Ids.First(from), of, cancel),
                from,
                asOf,
            },
            cancel
        );
    }

    // Who accuses a state is first found in the index (charges) alone, as most targets are none; the id of a statement is never older than
    // its report, so that its key bounds the search. The cross join has SQLite go in this order (sqlite.org/optoverview.html, section 6.2).
    private async Task<long[]> ChargingAsync(long first, string of, CancellationToken cancel) =>
        [
            .. await database.QueryAsync<long>(
                $"""
                select s.id
                from (select id, speaker_id, speaker_country, target_id from shown_statements
                      where id >= @first and {Charging} and target_id is not null order by id desc limit {MaxStatements}) s
                cross join entities aim
                left join entities who on who.id = s.speaker_id
                where aim.id = s.target_id and aim.kind in @states and coalesce(s.speaker_country, who.code) <> aim.code
                  and @of in ('', aim.code, coalesce(s.speaker_country, who.code))
                """,
                new
                {
                    first,
                    of,
                    states = StateKinds,
                },
                cancel
            ),
        ];

    private Task<IReadOnlyList<Denial>> DenialsAsync(long[] events, CancellationToken cancel) =>
        database.QueryAsync<Denial>(
            """
            select distinct er.event_id, coalesce(s.speaker_country, who.code) as speaker, aim.code as towards
            from event_reports er
            join shown_statements s on s.report_id = er.report_id
            left join entities who on who.id = s.speaker_id
            left join entities aim on aim.id = s.target_id
            where er.event_id in @events and s.stance = @deny and coalesce(s.speaker_country, who.code) is not null
            """,
            new { events, deny = Stance.Deny },
            cancel
        );

    private sealed record Charge
    {
        public long EventId { get; init; }
        public required string Slug { get; init; }
        public required string Title { get; init; }
        public required string Language { get; init; }
        public required string Accuser { get; init; }
        public required string Accused { get; init; }
        public required string Speaker { get; init; }
        public EntityKind? WhoKind { get; init; }
        public string? WhoKey { get; init; }
        public string? WhoCode { get; init; }
        public EntityKind AimKind { get; init; }
        public required string AimKey { get; init; }

        internal NamedEvent Event => new(Slug, Excerpts.Shorten(Title), Language);

        internal bool IsOfStates =>
            IsState(AimKind, AimKey, Accused) && (WhoKind is not { } kind || IsState(kind, WhoKey!, WhoCode));

        private static bool IsState(EntityKind kind, string key, string? code) =>
            kind != EntityKind.Organisation || Knowledge.Shipped.IsState(key, code);
    }

    private sealed record Denial
    {
        public long EventId { get; init; }
        public required string Speaker { get; init; }
        public string? Towards { get; init; }

        internal bool Answers(Accusation accusation) =>
            Speaker == accusation.Accused && (Towards is null || Towards == accusation.Accuser);
    }
}
