using CyberInsights.Publish.Reading;

namespace CyberInsights.Publish;

/// <summary>A dossier as it is published: what stands on the page of an event besides the statements themselves.</summary>
internal sealed record Dossier
{
    public required long EventId { get; init; }
    public required string Title { get; init; }
    public required long TitleReportId { get; init; }
    public required string Language { get; init; }
    public required EventState State { get; init; }
    public required IReadOnlyList<StoredSentence> Summary { get; init; }
    public string? Image { get; init; }

    /// <summary>How many sources carry it, copies included.</summary>
    public required int Outlets { get; init; }

    /// <summary>What each report rests on, in the order of telling.</summary>
    public required IReadOnlyList<ReportOrigin> Origins { get; init; }

    /// <summary>How many origins its reports have.</summary>
    public int Independent => Why.Independent;
    public required int Statements { get; init; }
    public required IReadOnlyList<Reply> Replies { get; init; }

    /// <summary>The numbers that its sources give now.</summary>
    public required IReadOnlyList<ToldNumber> Numbers { get; init; }

    /// <summary>The primary sources that its reports link to.</summary>
    public required IReadOnlyList<PrimaryLink> Primary { get; init; }

    /// <inheritdoc cref="Ranking"/>
    public required double Rank { get; init; }
    public required RankReason Why { get; init; }
    public required DateTimeOffset FirstToldAt { get; init; }
    public required DateTimeOffset LastToldAt { get; init; }

    /// <summary>What is made of the reports of an event, but for what members of the desk say in its place.</summary>
    /// <param name="now">Nothing is told later, whatever dates say.</param>
    internal static Dossier Of(DossierMaterial material, string siteLanguage, DateTimeOffset now)
    {
        var standing = material.Standing;
        var headline = Summariser.Headline(standing, material.Statements, siteLanguage);
        var origins = Independence.Of(material);
        var (rank, why) = Ranking.Of(material, origins, now);
        return new Dossier
        {
            EventId = material.Event.Id,
            Title = material.Override.Title ?? headline.Title,
            TitleReportId = headline.Id,
            Language = material.Override.Language ?? headline.Language,
            State = material.Override.State ?? Judgement.Of(material),
            Summary = Chosen(material) is { Count: > 0 } chosen
                ? chosen
                : Summariser.Summary(standing, origins, siteLanguage),
            Image = headline.Image ?? standing.Select(r => r.Image).FirstOrDefault(i => i is not null),
            Outlets = material.OutletCount,
            Origins = origins,
            Statements = material.StatementCount,
            Replies = Publish.Replies.Of(material),
            Numbers = ToldNumber.Of(material),
            Primary = PrimaryLink.Of(material),
            Rank = rank,
            Why = why,
            FirstToldAt = Earlier(material.Event.FirstToldAt, now),
            LastToldAt = Earlier(material.Event.LastToldAt, now),
        };
    }

    // A sentence whose report went to another event went with it. That a person chose it makes no fact of what one source alone says.
    private static List<StoredSentence> Chosen(DossierMaterial material)
    {
        var reports = material.Reports.ToDictionary(r => r.Id);
        return
        [
            .. material
                .Override.Sentences()
                .Where(s => reports.ContainsKey(s.ReportId))
                .Select(s => new StoredSentence
                {
                    Text = s.Text,
                    ReportId = s.ReportId,
                    Start = s.Start,
                    Length = s.Text.Length,
                    According = reports[s.ReportId].Official ? null : reports[s.ReportId].SourceName,
                }),
        ];
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
