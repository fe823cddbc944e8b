using CyberInsights.Storage;

namespace CyberInsights.Group;

/// <summary>The weighted words and entities of one report, before rarity is known. Pure.</summary>
internal sealed class ReportTerms
{
    // The beginning of a report says what happened; the rest is background that other events share.
    private const int LeadCharacters = 1200;
    private const double TitleWeight = 3;

    private ReportTerms(Dictionary<string, double> words, Dictionary<string, double> entities)
    {
        Words = words;
        Entities = entities;
    }

    /// <summary>Word to weight: logarithm of how often it occurs, words of the title counting three times.</summary>
    internal IReadOnlyDictionary<string, double> Words { get; }

    /// <summary>Entity key to weight by its kind.</summary>
    internal IReadOnlyDictionary<string, double> Entities { get; }

    internal static ReportTerms Of(GroupingReport report)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        Count(counts, report.Title, TitleWeight);
        Count(counts, report.Text.Length <= LeadCharacters ? report.Text : report.Text[..LeadCharacters], 1);
        return new ReportTerms(
            counts.ToDictionary(c => c.Key, c => 1 + Math.Log(c.Value), StringComparer.Ordinal),
            report.Entities.ToDictionary(
                e => e.Key,
                e => WeightOf(e.Kind) * (e.InTitle ? 1.5 : 1),
                StringComparer.Ordinal
            )
        );
    }

    private static void Count(Dictionary<string, double> counts, string text, double weight)
    {
        foreach (var word in SearchWords.Of(text))
        {
            if (word.Length >= 3 && !PlainWords.Contains(word))
            {
                var stem = Stem(word);
                counts[stem] = counts.GetValueOrDefault(stem) + weight;
            }
        }
    }

    // Only the plural: enough to let "hospitals" meet "hospital", too little to do harm in other languages.
    private static string Stem(string word) =>
        word.Length > 4 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;

    // A shared CVE id all but proves one event; a shared country hardly says anything.
    private static double WeightOf(EntityKind kind) =>
        kind switch
        {
            EntityKind.Vulnerability => 3,
            EntityKind.Actor or EntityKind.Malware or EntityKind.Person => 2,
            EntityKind.Organisation or EntityKind.Product => 1.2,
            EntityKind.Bloc => 0.6,
            EntityKind.Country => 0.5,
            _ => 0.2,
        };
}
