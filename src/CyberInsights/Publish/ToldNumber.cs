using System.Globalization;
using CyberInsights.Storage;

namespace CyberInsights.Publish;

/// <summary>The number that a source gives of one thing in an event, as its newest report has it.</summary>
/// <param name="Counted">Name of a <see cref="CyberInsights.Counted"/>.</param>
/// <param name="Unit">As of <see cref="Fact.Unit"/>; empty for what is counted in pieces.</param>
/// <param name="Noun">The word that is counted, folded, so that patients and suspects stay two things; empty for money and bytes.</param>
/// <param name="Value">In digits, as of <see cref="Fact.Value"/>.</param>
internal sealed record ToldNumber(
    long EventId,
    long SourceId,
    long ReportId,
    string Counted,
    string Unit,
    string Noun,
    string Value
)
{
    private const int MaxOfEvent = 500;

    internal (long, long, string, string, string) Key => (EventId, SourceId, Counted, Unit, Noun);

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
                .Facts.Where(f => f is { Kind: FactKind.Number, Role: not null } && reports.ContainsKey(f.ReportId))
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
        var noun =
            fact.Unit is not null ? ""
            : fact.Start + fact.Length <= report.Whole.Length
                ? SearchWords
                    .Of(report.Whole.Substring(fact.Start, fact.Length))
                    .LastOrDefault(w => !char.IsDigit(w[0]), "")
            : "";
        return fact.Unit is null && noun.Length == 0
            ? null
            : new ToldNumber(
                report.EventId,
                report.SourceId,
                report.Id,
                fact.Role!,
                fact.Unit ?? "",
                noun,
                Written(fact)
            );
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
