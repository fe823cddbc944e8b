using System.Globalization;
using System.Reflection;
using System.Text;

namespace CyberInsights.Extract;

/// <summary>How much a text is about our field, and the words that say so, the heaviest first.</summary>
public sealed record RelevanceScore(double Score, IReadOnlyList<RelevanceWord> Words)
{
    public bool IsRelevant => Score >= FieldRelevance.Needed;

    /// <summary>For a person: <c>3 of 3 points: ransomware 6 (title), leak 1</c>.</summary>
    public string Reason
    {
        get
        {
            var points = string.Create(
                CultureInfo.InvariantCulture,
                $"{Score:0.#} of {FieldRelevance.Needed:0.#} points"
            );
            return Words.Count == 0
                ? $"{points}, none of its words counts"
                : $"{points}: {string.Join(", ", Words.Take(5).Select(w => w.Shown))}";
        }
    }
}

/// <summary>A word of the list that was found, with its points.</summary>
public sealed record RelevanceWord(string Word, double Points, bool InTitle)
{
    internal string Shown =>
        string.Create(CultureInfo.InvariantCulture, $"{Word} {Points:0.#}{(InTitle ? " (title)" : "")}");
}

/// <summary>
/// Whether a text is about cyber security, artificial intelligence or technology policy: points for words of a weighted list
/// (<c>Lists/field.tsv</c>) in title and beginning, each word once, in the title twice its weight. Thread safe.
/// </summary>
public static class FieldRelevance
{
    /// <summary>From so many points on a text is about our field.</summary>
    public const double Needed = 3;

    // What a text is about stands at its beginning; further down everything is mentioned once.
    private const int Beginning = 600;

    private static readonly IReadOnlyList<Entry> List = ReadList();

    /// <param name="language">BCP 47; null: words of every language count.</param>
    public static RelevanceScore Judge(string title, string text, string? language)
    {
        var primary = language?.Split('-')[0].ToLowerInvariant();
        var titleWords = new FoldedWords(title);
        var beginning = new FoldedWords(text.Length > Beginning ? text[..Beginning] : text);
        var found = new List<RelevanceWord>();
        foreach (var (word, phrase, weight, languages) in List)
        {
            if (languages.Length > 0 && primary is not null && !languages.Contains(primary))
            {
                continue;
            }
            if (titleWords.Contains(phrase))
            {
                found.Add(new RelevanceWord(word, 2 * weight, InTitle: true));
            }
            else if (beginning.Contains(phrase))
            {
                found.Add(new RelevanceWord(word, weight, InTitle: false));
            }
        }
        return new RelevanceScore(found.Sum(f => f.Points), [.. found.OrderByDescending(f => Math.Abs(f.Points))]);
    }

    private static List<Entry> ReadList()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("field/field.tsv")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var list = new List<Entry>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var fields = line.Split('\t');
                var weight = double.Parse(fields[0], CultureInfo.InvariantCulture);
                var languages = fields.Length > 2 ? fields[2].Split('|') : [];
                list.AddRange(
                    fields[1]
                        .Split('|')
                        .Select(w => new Entry(w.TrimEnd('*'), FoldedWords.Phrase(w)!, weight, languages))
                );
            }
        }
        // Languages share words; each counts once.
        return [.. list.DistinctBy(e => e.Phrase)];
    }

    private sealed record Entry(string Word, string Phrase, double Weight, string[] Languages);
}
