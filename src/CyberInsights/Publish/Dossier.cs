using System.Globalization;
using CyberInsights.Publish.Reading;

namespace CyberInsights.Publish;

/// <summary>A dossier as it is published: what stands on the page of an event besides the statements themselves.</summary>
internal sealed record Dossier
{
    /// <summary>One day newer weighs as much as twice the independent outlets.</summary>
    private static readonly TimeSpan RankDoubling = TimeSpan.FromDays(1);

    public required long EventId { get; init; }
    public required string Title { get; init; }
    public required long TitleReportId { get; init; }
    public required string Language { get; init; }
    public required EventState State { get; init; }
    public required IReadOnlyList<StoredSentence> Summary { get; init; }
    public string? Image { get; init; }

    /// <summary>How many sources carry it, copies included.</summary>
    public required int Outlets { get; init; }

    /// <summary>How many sources carry a text of their own; what repeats another source's text counts as that source.</summary>
    public required int Independent { get; init; }
    public required int Statements { get; init; }
    public required IReadOnlyList<Reply> Replies { get; init; }

    /// <summary>Larger is higher on the front page; comparable between events at any time, so it never has to be computed anew.</summary>
    public required double Rank { get; init; }

    /// <summary>The rank in words.</summary>
    public required string Why { get; init; }
    public required DateTimeOffset FirstToldAt { get; init; }
    public required DateTimeOffset LastToldAt { get; init; }

    internal static Dossier Of(DossierMaterial material, string siteLanguage)
    {
        var headline = Summariser.Headline(material.Reports, material.Statements, siteLanguage);
        var independent = material.Reports.Select(r => r.OriginId).Distinct().Count();
        var outlets = material
            .Places.Select(p => p.SourceId)
            .Concat(material.Reports.Select(r => r.SourceId))
            .Distinct()
            .Count();
        var speakers = material.Statements.Select(s => s.Speaker).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return new Dossier
        {
            EventId = material.Event.Id,
            Title = headline.Title,
            TitleReportId = headline.Id,
            Language = headline.Language,
            State = Judgement.Of([.. material.Statements.Select(s => s.Stance).Distinct()]),
            Summary = Summariser.Summary(material.Reports, siteLanguage),
            Image = headline.Image ?? material.Reports.Select(r => r.Image).FirstOrDefault(i => i is not null),
            Outlets = outlets,
            Independent = independent,
            Statements = material.Statements.Count,
            Replies = Publish.Replies.Of(material),
            Rank = Ranked(independent, speakers, material.Event.LastToldAt),
            Why = string.Create(
                CultureInfo.InvariantCulture,
                $"{independent} independent of {outlets} outlets, {speakers} speakers on record, last told {material.Event.LastToldAt:d MMM HH:mm} UTC"
            ),
            FirstToldAt = material.Event.FirstToldAt,
            LastToldAt = material.Event.LastToldAt,
        };
    }

    private static double Ranked(int independent, int speakers, DateTimeOffset lastToldAt) =>
        Math.Log2(1 + independent)
        + 0.5 * Math.Log2(1 + speakers)
        + lastToldAt.ToUnixTimeMilliseconds() / RankDoubling.TotalMilliseconds;
}
