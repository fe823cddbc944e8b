using System.Globalization;
using CyberInsights.Storage;

namespace CyberInsights.Publish;

/// <summary>The number that a source gives of one thing in an event, as its newest report has it.</summary>
internal sealed record ToldNumber
{
    private const int MaxOfEvent = 500;

    // What is revised as more becomes known; funding, prices and scores of several things stand in one text.
    private static readonly HashSet<string> Revised =
    [
        nameof(CyberInsights.Counted.People),
        nameof(CyberInsights.Counted.Records),
        nameof(CyberInsights.Counted.Systems),
        nameof(CyberInsights.Counted.Organisations),
        nameof(CyberInsights.Counted.Data),
        nameof(CyberInsights.Counted.RansomAsked),
        nameof(CyberInsights.Counted.RansomPaid),
        nameof(CyberInsights.Counted.Stolen),
        nameof(CyberInsights.Counted.Fine),
        nameof(CyberInsights.Counted.Loss),
    ];

    // Characters on each side of a number, and how much of the words there two tellings of one thing share.
    private const int Around = 120;
    private const int LeastShared = 3;
    private const double LeastShare = 0.4;

    public required long EventId { get; init; }
    public required long SourceId { get; init; }
    public required long ReportId { get; init; }

    /// <summary>Name of a <see cref="CyberInsights.Counted"/>.</summary>
    public required string Counted { get; init; }

    /// <summary>As of <see cref="Fact.Unit"/>; empty for what is counted in pieces.</summary>
    public required string Unit { get; init; }

    /// <summary>The word that is counted, folded, so that patients and suspects stay two things; empty for money and bytes.</summary>
    public required string Noun { get; init; }

    /// <summary>In digits: <c>15000</c>, <c>&gt;3</c>, <c>&lt;3</c>, <c>2-3</c>.</summary>
    public required string Value { get; init; }

    /// <summary>The words it stands among, folded, with spaces between.</summary>
    public required string Words { get; init; }

    internal (long, long, string, string, string) Key => (EventId, SourceId, Counted, Unit, Noun);

    /// <summary>Whether it says otherwise of the same thing: another version of the same report, or a report that tells of it in much the same words.</summary>
    internal bool Revises(ToldNumber before)
    {
        if (Value == before.Value || ReportId == before.ReportId)
        {
            return Value != before.Value;
        }
        var (one, other) = (Words.Split(' ').ToHashSet(), before.Words.Split(' ').ToHashSet());
        var shared = one.Count(other.Contains);
        return shared >= LeastShared && shared >= LeastShare * Math.Min(one.Count, other.Count);
    }

    /// <summary>
    /// The numbers of each source, of two about one thing that of the later report. What one report gives twice with two values is
    /// left out: nobody can tell which of them is the one.
    /// </summary>
    internal static IReadOnlyList<ToldNumber> Of(DossierMaterial material)
    {
        var reports = material.Reports.ToDictionary(r => r.Id);
        return
        [
            .. material
                .Facts.Where(f =>
                    f is { Kind: FactKind.Number, Role: { } role }
                    && Revised.Contains(role)
                    && reports.ContainsKey(f.ReportId)
                )
                .Select(f => Read(f, reports[f.ReportId]))
                .OfType<ToldNumber>()
                .GroupBy(n => n.Key)
                .Select(g => g.GroupBy(n => n.ReportId).MaxBy(r => (reports[r.Key].ToldAt, r.Key))!)
                .Where(told => told.Select(n => n.Value).Distinct().Count() == 1)
                .Select(told => told.First())
                .Take(MaxOfEvent),
        ];
    }

    private static ToldNumber? Read(Fact fact, MaterialReport report)
    {
        var whole = report.Whole;
        if (fact.Start + fact.Length > whole.Length)
        {
            return null;
        }
        var noun = fact.Unit is not null
            ? ""
            : SearchWords.Of(whole.Substring(fact.Start, fact.Length)).LastOrDefault(w => !char.IsDigit(w[0]), "");
        return fact.Unit is null && noun.Length == 0
            ? null
            : new ToldNumber
            {
                EventId = report.EventId,
                SourceId = report.SourceId,
                ReportId = report.Id,
                Counted = fact.Role!,
                Unit = fact.Unit ?? "",
                Noun = noun,
                Value = Written(fact),
                Words = string.Join(' ', WordsAround(fact, whole)),
            };
    }

    // Of its own paragraph alone: the title tells of the whole event.
    private static IEnumerable<string> WordsAround(Fact fact, string whole)
    {
        var end = fact.Start + fact.Length;
        var line = fact.Start == 0 ? 0 : whole.LastIndexOf('\n', fact.Start - 1) + 1;
        var next = whole.IndexOf('\n', end) is var found and >= 0 ? found : whole.Length;
        return SearchWords
            .Of(whole[Math.Max(line, fact.Start - Around)..Math.Min(next, end + Around)])
            .Where(w => w.Length > 3 && !char.IsDigit(w[0]))
            .Distinct();
    }

    // "more than 3" and "3" are not the same number.
    private static string Written(Fact fact) =>
        (fact.Least, fact.Most) switch
        {
            ({ } least, null) => $">{Digits(least)}",
            (null, { } most) => $"<{Digits(most)}",
            ({ } least, { } most) when least != most => $"{Digits(least)}-{Digits(most)}",
            ({ } least, _) => Digits(least),
            _ => fact.Value,
        };

    private static string Digits(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
