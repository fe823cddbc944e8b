using CyberInsights.Storage;
using CyberInsights.Text;

namespace CyberInsights.Edit;

/// <summary>An event in the list of the desk.</summary>
public sealed record EventEntry
{
    public required long Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Language { get; init; }
    public required EventState State { get; init; }
    public required int Reports { get; init; }
    public required int Independent { get; init; }
    public required bool Locked { get; init; }

    /// <summary>Members changed something of it.</summary>
    public required bool Edited { get; init; }
    public required DateTimeOffset LastToldAt { get; init; }
}

/// <summary>A report of an event, as the desk sees it.</summary>
public sealed record EventReport
{
    public required long Id { get; init; }
    public required string Title { get; init; }
    public required string Language { get; init; }
    public required string Address { get; init; }
    public required string SourceName { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>A person said that it belongs here.</summary>
    public required bool Pinned { get; init; }
}

/// <summary>What a member did to an event.</summary>
public sealed record EventEdit
{
    public required long Id { get; init; }
    public required EventAct Act { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Member { get; init; }
    public required string Why { get; init; }
    public required string Was { get; init; }
    public required string Became { get; init; }

    /// <summary>It was taken back.</summary>
    public required bool Undone { get; init; }
}

/// <summary>An event with all that a member may change of it.</summary>
public sealed record EventFile
{
    public required EventEntry Event { get; init; }
    public required EventOverride Override { get; init; }

    /// <summary>In the order of telling; at most <see cref="EventFileReader.MaxReports"/>.</summary>
    public required IReadOnlyList<EventReport> Reports { get; init; }

    /// <summary>Sentences that may stand in the summary: those that stand there by a member first, then the first ones of each report.</summary>
    public required IReadOnlyList<ChosenSentence> Candidates { get; init; }

    /// <summary>Addresses of primary sources and of reports.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<EventEdit> Edits { get; init; }

    /// <summary>Its statements, in the order of their reports.</summary>
    public required IReadOnlyList<Statement> Statements { get; init; }
}

/// <summary>Reads events for the desk.</summary>
public sealed class EventFileReader(Database database)
{
    /// <summary>The most reports, the newest, that are shown of an event.</summary>
    public const int MaxReports = 200;
    private const int MaxCandidates = 24;
    private const int OfReport = 3;
    private const int LongestSentence = 300;
    private const int Lead = 2_000;

    private const string Entry = """
        select e.id, e.slug, d.title, d.language, d.state, e.reports, d.independent, e.locked, d.last_told_at,
               case when exists (select 1 from event_edits x where x.event_id = e.id) then 1 else 0 end as edited
        from events e join dossiers d on d.event_id = e.id
        """;

    /// <summary>Events whose title has these words in this order, or that are at this address, or all; the last told first.</summary>
    public Task<IReadOnlyList<EventEntry>> ListAsync(string words, int skip, int count, CancellationToken cancel)
    {
        var given = string.Join('%', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        // SQLite's lower() knows ASCII alone, so words in other letters are also looked for as they are written.
        return database.QueryAsync<EventEntry>(
            $"""
            {Entry} where e.reports > 0 and (@given = '' or lower(d.title) like '%' || @lower || '%'
                or d.title like '%' || @given || '%' or e.slug = @slug)
            order by d.last_told_at desc, e.id desc limit @count offset @skip
            """,
            new
            {
                given,
                lower = given.ToLowerInvariant(),
                slug = SlugOf(words),
                skip,
                count,
            },
            cancel
        );
    }

    /// <summary>The id of the event at an address or slug; null: there is none with reports.</summary>
    public Task<long?> IdAsync(string address, CancellationToken cancel) =>
        database.FirstAsync<long?>(
            "select id from events where slug = @slug and reports > 0",
            new { slug = SlugOf(address) },
            cancel
        );

    /// <summary>The slug in an address as people paste it, with what follows behind ? or #; a slug alone is one.</summary>
    public static string SlugOf(string address) => address.Trim().Split('?', '#')[0].TrimEnd('/').Split('/')[^1];

    /// <summary>Null: there is no event of this slug, or it is not published yet.</summary>
    public async Task<EventFile?> FindAsync(string slug, CancellationToken cancel)
    {
        if (
            await database.FirstAsync<EventEntry>($"{Entry} where e.slug = @slug", new { slug }, cancel)
            is not { } found
        )
        {
            return null;
        }
        var arguments = new { eventId = found.Id, MaxReports };
        var own =
            await database.FirstAsync<EventOverride>(
                "select title, language, state, summary, primary_address from event_overrides where event_id = @eventId",
                arguments,
                cancel
            ) ?? new EventOverride();
        var reports = await database.QueryAsync<EventReport>(
            """
            select r.id, r.title, r.language, r.address, s.name as source_name, r.published_at, g.pinned
            from event_reports g join reports r on r.id = g.report_id join sources s on s.id = r.source_id
            where g.event_id = @eventId order by r.published_at desc, r.id desc limit @MaxReports
            """,
            arguments,
            cancel
        );
        var ids = reports.Select(r => r.Id).ToArray();
        return new EventFile
        {
            Event = found,
            Override = own,
            Reports = [.. reports.Reverse()],
            Candidates = await CandidatesAsync(own, ids, cancel),
            Sources = await database.QueryAsync<string>(
                """
                select address from primary_sources where event_id = @eventId
                union select r.address from event_reports g join reports r on r.id = g.report_id where g.event_id = @eventId
                order by 1 limit @MaxReports
                """,
                arguments,
                cancel
            ),
            Edits = await database.QueryAsync<EventEdit>(
                """
                select e.id, e.act, e.was, e.became, e.why, a.at, a.member,
                       case when exists (select 1 from event_edits u where u.undoes = e.id) then 1 else 0 end as undone
                from event_edits e join audit a on a.id = e.id where e.event_id = @eventId order by e.id desc
                """,
                arguments,
                cancel
            ),
            Statements = await database.QueryAsync<Statement>(
                "select * from statements where report_id in @ids order by report_id, ordinal limit 200",
                new { ids },
                cancel
            ),
        };
    }

    private async Task<IReadOnlyList<ChosenSentence>> CandidatesAsync(
        EventOverride own,
        long[] reports,
        CancellationToken cancel
    )
    {
        var texts = await database.QueryAsync<TextRow>(
            """
            select r.id, r.language, v.title, substr(v.text, 1, @Lead) as text
            from reports r join report_versions v on v.report_id = r.id and v.number = r.version
            where r.id in @ids order by r.published_at, r.id
            """,
            new { ids = reports.Take(MaxCandidates).ToArray(), Lead },
            cancel
        );
        return
        [
            .. own.Sentences()
                .Concat(texts.SelectMany(SentencesOf).Take(MaxCandidates))
                .DistinctBy(s => (s.ReportId, s.Start)),
        ];
    }

    private static IEnumerable<ChosenSentence> SentencesOf(TextRow row)
    {
        var tokens = Tokens.Of(row.Text);
        return Sentences
            .Of(row.Text, tokens, row.Language)
            .Where(s => s.End > s.First)
            .Select(s => (tokens[s.First].Start, tokens[s.End - 1].End))
            .Where(s =>
                s.End - s.Start <= LongestSentence && row.Text[s.End - 1] is ('.' or '!' or '?' or '。' or '؟' or '”')
            )
            .Take(OfReport)
            .Select(s => new ChosenSentence(row.Id, row.Title.Length + 1 + s.Start, row.Text[s.Start..s.End]));
    }

    private sealed record TextRow
    {
        public required long Id { get; init; }
        public required string Language { get; init; }
        public required string Title { get; init; }
        public required string Text { get; init; }
    }
}
