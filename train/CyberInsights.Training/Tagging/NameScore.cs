using System.Globalization;
using CyberInsights.Recognise;
using CyberInsights.Recognise.Tagging;

namespace CyberInsights.Training.Tagging;

/// <summary>Counts behind precision and recall of names of one type, exact in span and type.</summary>
internal sealed class NameScore
{
    private int right;
    private int found;
    private int wanted;

    /// <summary>Compares what the whole recogniser finds with the marks of people.</summary>
    internal static void Add(SortedDictionary<string, NameScore> scores, AnnotatedText text, TagModel? model)
    {
        var reading = new Reading("", text.Text, "en");
        var mentions = Recogniser.Find(reading, model).All.Select(f => f.Mention).ToList();
        var names = mentions
            .Select(m => new Marked(m.Start - 1, m.End - 1, TypeOf(m.Entity.Kind)))
            .Where(m => m.Type.Length > 0)
            .ToHashSet();
        names.RemoveWhere(n =>
            names.Any(o => o.Start <= n.Start && o.End >= n.End && o.End - o.Start > n.End - n.Start)
        );
        foreach (var type in Tag.Types)
        {
            var score = scores.TryGetValue(type, out var known) ? known : scores[type] = new NameScore();
            var gold = text.Names.Where(n => n.Type == type).ToHashSet();
            score.right += names.Count(n => n.Type == type && gold.Contains(n));
            score.found += names.Count(n => n.Type == type);
            score.wanted += gold.Count;
        }
    }

    private static string TypeOf(EntityKind kind) =>
        kind switch
        {
            EntityKind.Malware => "MALWARE",
            EntityKind.Tool => "TOOL",
            EntityKind.Actor => "GROUP",
            EntityKind.Organisation or EntityKind.Bloc => "ORG",
            EntityKind.Country or EntityKind.Place => "LOC",
            EntityKind.Sector => "SECTOR",
            _ => "",
        };

    internal static NameScore Sum(IEnumerable<NameScore> scores)
    {
        var sum = new NameScore();
        foreach (var score in scores)
        {
            sum.right += score.right;
            sum.found += score.found;
            sum.wanted += score.wanted;
        }
        return sum;
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"F1 {200.0 * right / Math.Max(1, found + wanted):0.0}  precision {100.0 * right / Math.Max(1, found):0.0}  recall {100.0 * right / Math.Max(1, wanted):0.0}  ({wanted})"
        );
}
