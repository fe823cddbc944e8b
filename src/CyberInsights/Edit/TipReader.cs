using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>A tip with the page that it objects to, as the desk sees it.</summary>
/// <param name="Title">Of the page; null when it objects to none, or to one that is not there.</param>
/// <param name="Language">BCP 47, of the title.</param>
/// <param name="Notes">How many members wrote beside it.</param>
public sealed record TipLine(Tip Tip, string? Title, string? Language, int Notes)
{
    /// <summary>What the reader wrote; null while it is sealed.</summary>
    public TipText? Text { get; } =
        Tip.Sealing == Sealing.Open ? TipText.FromJson(Encoding.UTF8.GetBytes(Tip.Body)) : null;
}

/// <summary>What a member wrote beside a tip.</summary>
public sealed record TipNote
{
    public required string Member { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Reads tips for those who deal with them.</summary>
public sealed class TipReader(Database database)
{
    private const string Lines = """
        select t.id, t.day, t.sealing, t.body, t.fault, t.about, t.done_day, coalesce(d.title, a.title) as title,
               coalesce(d.language, a.language) as language, (select count(*) from tip_notes n where n.tip_id = t.id) as notes
        from tips t
        left join events e on e.slug = case when t.about like '/events/%' then substr(t.about, 9) end
        left join dossiers d on d.event_id = e.id
        left join articles a on a.slug = case when t.about like '/articles/%' then substr(t.about, 11) end
        """;

    /// <summary>Tips that wait for the desk, or those that it dealt with; the newest day first, within a day in no order.</summary>
    public async Task<IReadOnlyList<TipLine>> ListAsync(bool done, int skip, int count, CancellationToken cancel) =>
        await ManyAsync(
            $"where t.done_day is {(done ? "not null" : "null")} order by t.day desc, t.id limit @count offset @skip",
            new { skip, count },
            cancel
        );

    /// <exception cref="RefusalException">There is no such tip.</exception>
    public async Task<TipLine> ReadAsync(long id, CancellationToken cancel) =>
        (await ManyAsync("where t.id = @id", new { id }, cancel)).SingleOrDefault() ?? throw TipDesk.Missing(id);

    /// <summary>The oldest first.</summary>
    public Task<IReadOnlyList<TipNote>> NotesAsync(long id, CancellationToken cancel) =>
        database.QueryAsync<TipNote>(
            "select member, text, at from tip_notes where tip_id = @id order by id",
            new { id },
            cancel
        );

    private async Task<IReadOnlyList<TipLine>> ManyAsync(string rest, object arguments, CancellationToken cancel) =>
        [
            .. (await database.QueryAsync<TipRow>($"{Lines} {rest}", arguments, cancel)).Select(r => new TipLine(
                new Tip
                {
                    Id = r.Id,
                    Day = r.Day,
                    Sealing = r.Sealing,
                    Body = r.Body,
                    Fault = r.Fault,
                    About = r.About,
                    DoneDay = r.DoneDay,
                },
                r.Title,
                r.Language,
                r.Notes
            )),
        ];

    private sealed record TipRow
    {
        public long Id { get; init; }
        public long Day { get; init; }
        public Sealing Sealing { get; init; }
        public required string Body { get; init; }
        public Fault? Fault { get; init; }
        public string? About { get; init; }
        public long? DoneDay { get; init; }
        public string? Title { get; init; }
        public string? Language { get; init; }
        public int Notes { get; init; }
    }
}
