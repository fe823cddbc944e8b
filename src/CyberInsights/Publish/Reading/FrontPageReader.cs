namespace CyberInsights.Publish.Reading;

/// <summary>What the front page shows.</summary>
public sealed record FrontPage
{
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Null while there is no event at all.</summary>
    public LeadStory? Lead { get; init; }

    /// <summary>The events after the lead, in order of rank.</summary>
    public IReadOnlyList<EventLine> Ranked { get; init; } = [];
    public IReadOnlyList<ShownStatement> Newest { get; init; } = [];
    public required Rising Rising { get; init; }
    public IReadOnlyList<ArticleLine> Articles { get; init; } = [];
}

/// <summary>The first event, with both sides.</summary>
public sealed record LeadStory
{
    public required EventLine Event { get; init; }
    public IReadOnlyList<SummarySentence> Summary { get; init; } = [];

    /// <summary>A charge and what contests it; either may be missing.</summary>
    public ShownStatement? Charge { get; init; }
    public ShownStatement? Contest { get; init; }
    public SpokeTable? Spoke { get; init; }

    /// <summary>How many statements the ledger of the event shows.</summary>
    public int Statements { get; init; }
}

/// <summary>Reads the front page.</summary>
public sealed class FrontPageReader(
    EventLineReader events,
    StatementReader statements,
    SummaryReader summaries,
    TrendReader trends,
    ArticleReader articles
)
{
    private const int Ranked = 8;
    private const int Newest = 4;
    private const int LeadSentences = 3;

    public async Task<FrontPage> ReadAsync(DateTimeOffset asOf, CancellationToken cancel)
    {
        // The two halves of the work, which need nothing of each other; SQLite answers on the thread that asks.
        var rising = Task.Run(() => trends.RisingAsync(asOf, 6, cancel), cancel);
        var top = await events.TopAsync(Ranked, cancel);
        return new FrontPage
        {
            AsOf = asOf,
            Lead = top.Count == 0 ? null : await LeadAsync(top[0], cancel),
            Ranked = [.. top.Skip(1)],
            Newest = new Excerpts().Limit(await statements.NewestAsync(Newest, cancel)),
            Rising = await rising,
            Articles = await articles.NewestAsync(3, cancel),
        };
    }

    private async Task<LeadStory> LeadAsync(EventLine line, CancellationToken cancel)
    {
        var excerpts = new Excerpts();
        var summary = await summaries.ReadAsync(line.EventId, excerpts, LeadSentences, cancel);
        var told = await statements.OfEventAsync(line.EventId, cancel);
        var charge = Best(told, Ledger.Charging);
        var contest = Best(told.Where(s => s.Speaker != charge?.Speaker), Ledger.Contesting);
        return new LeadStory
        {
            Event = line,
            Summary = summary,
            Charge = charge is null ? null : excerpts.Limit(charge),
            Contest = contest is null ? null : excerpts.Limit(contest),
            Spoke = SpokeTable.Of(told),
            Statements = told.Count,
        };
    }

    // The stances stand in order of weight: an accusation before an assessment, a denial before "no comment".
    private static ShownStatement? Best(IEnumerable<ShownStatement> told, IReadOnlyList<Stance> stances) =>
        told.Where(s => stances.Contains(s.Stance))
            .OrderBy(s => stances.ToList().IndexOf(s.Stance))
            .ThenByDescending(s => s.Quote is not null)
            .ThenByDescending(s => s.AlsoIn.Count)
            .ThenBy(s => s.At)
            .FirstOrDefault();
}
