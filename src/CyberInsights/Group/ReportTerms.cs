using CyberInsights.Storage;

namespace CyberInsights.Group;

/// <summary>The words and entities of one report with their weights, before rarity is known. Pure.</summary>
internal static class ReportTerms
{
    // The beginning of a report says what happened; the rest is background that other events share.
    private const int LeadCharacters = 1200;
    private const double TitleWeight = 3;
    private const string EntityMark = "entity ";

    /// <summary>
    /// Term to weight. A word weighs the logarithm of how often it occurs, words of the title counting three times; an entity
    /// weighs by its kind.
    /// </summary>
    internal static Dictionary<string, double> Of(GroupingReport report)
    {
        var terms = new Dictionary<string, double>(StringComparer.Ordinal);
        Count(terms, report.Title, TitleWeight);
        Count(terms, report.Text.Length <= LeadCharacters ? report.Text : report.Text[..LeadCharacters], 1);
        foreach (var (word, count) in terms)
        {
            terms[word] = 1 + Math.Log(count);
        }
        foreach (var entity in report.Entities)
        {
            terms[EntityMark + entity.Key] = WeightOf(entity.Kind) * (entity.InTitle ? 1.5 : 1);
        }
        return terms;
    }

    /// <summary>
    /// Words written with a capital inside a sentence: names, which other languages spell alike. In German they are all nouns;
    /// only what a report in another language has as a name, too, is ever counted.
    /// </summary>
    internal static HashSet<string> NamesOf(GroupingReport report)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var text = $"{report.Title}\n{report.Text}";
        text = text.Length <= LeadCharacters ? text : text[..LeadCharacters];
        for (var i = 2; i < text.Length; i++)
        {
            // After a letter or a comma and a space: not the beginning of a sentence.
            if (
                char.IsUpper(text[i])
                && text[i - 1] == ' '
                && (char.IsLetterOrDigit(text[i - 2]) || text[i - 2] == ',')
            )
            {
                var end = i;
                while (end < text.Length && char.IsLetterOrDigit(text[end]))
                {
                    end++;
                }
                names.UnionWith(WordsOf(text[i..end]));
                i = end;
            }
        }
        return names;
    }

    /// <summary>The words of <paramref name="text"/> that say what it is about, each once, without plural endings.</summary>
    internal static HashSet<string> WordsOf(string text) =>
        [.. SearchWords.Of(text).Where(w => w.Length > 3 && !PlainWords.Contains(w)).Select(Stem)];

    // A word has no space, so the two never meet.
    internal static bool IsEntity(string term) => term.StartsWith(EntityMark, StringComparison.Ordinal);

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
