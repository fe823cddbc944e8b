using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>The sections of the site, which are topics; the numbers are their places in the navigation.</summary>
public enum Section
{
    /// <summary>Attacks and what is used for them: malware, phishing, intrusions, outages that someone caused.</summary>
    Attacks = 1,

    /// <summary>Data that was stolen, leaked or left open.</summary>
    Breaches = 2,

    /// <summary>Vulnerabilities, their exploitation, patches.</summary>
    Flaws = 3,

    /// <summary>States against states: espionage, attribution, sanctions, war.</summary>
    States = 4,

    /// <summary>Artificial intelligence: made, used, attacked or misused.</summary>
    Ai = 5,

    /// <summary>Products, companies and money.</summary>
    Technology = 6,

    /// <summary>Fraud, markets of criminals, arrests, trials.</summary>
    Crime = 7,

    /// <summary>Laws, rules, civil courts, offices.</summary>
    Policy = 8,

    /// <summary>Studies, surveys, techniques found by researchers.</summary>
    Research = 9,
}

/// <summary>Files a text under sections, by weighted words and by what it mentions, each with the reason.</summary>
public static class Sections
{
    /// <summary>A text is filed under at most this many.</summary>
    public const int MaxPerReport = 3;

    // A title word counts like three of the text, one strong word alone is enough in a headline only.
    private const double TitleFactor = 3;
    private const double LeastScore = 3;
    private const double LeastShareOfFirst = 0.6;

    // What a text is about stands at its beginning; long ones mention everything.
    private const int Beginning = 1_500;
    private const int WordsTold = 4;

    public static IReadOnlyList<Section> All { get; } = Enum.GetValues<Section>();

    public static string NameOf(Section section) => section == Section.Ai ? "AI" : section.ToString();

    public static string SlugOf(Section section) => section.ToString().ToLowerInvariant();

    internal static IReadOnlyList<SectionWeight> Weigh(Reading reading, IReadOnlyList<Found> found)
    {
        var points = new List<Point>();
        var end = reading.TitleEnd + Beginning;
        for (var i = 0; i < reading.Tokens.Count && reading.Tokens[i].Start < end; )
        {
            var (senses, length) = SectionWords.At(reading.Tokens, i);
            foreach (var sense in senses)
            {
                points.Add(Of(reading.Tokens[i].Start, sense.Section, sense.Weight, sense.Word));
            }
            i += length;
        }
        foreach (var mention in found.Where(f => f.Mention.Start < end))
        {
            var entity = mention.Entity;
            foreach (var (section, weight) in OfMention(entity))
            {
                points.Add(Of(mention.Mention.Start, section, weight, entity.Name));
            }
        }
        return Choose(points);

        Point Of(int start, Section section, double weight, string word) =>
            new(section, weight * (start < reading.TitleEnd ? TitleFactor : 1), word);
    }

    private static IEnumerable<(Section, double)> OfMention(EntityDraft entity) =>
        entity.Kind switch
        {
            EntityKind.Vulnerability => [(Section.Flaws, 2)],
            EntityKind.Malware => [(Section.Attacks, 1)],
            EntityKind.Actor when entity.Code is not null => [(Section.Attacks, 1), (Section.States, 1)],
            EntityKind.Actor => [(Section.Attacks, 1)],
            EntityKind.Country or EntityKind.Bloc => [(Section.States, 0.4)],
            _ => [],
        };

    // Each word counts once: a text that says "patch" ten times is not ten times about flaws.
    private static List<SectionWeight> Choose(List<Point> points)
    {
        var scores = points
            .GroupBy(p => (p.Section, p.Word))
            .Select(g => g.MaxBy(p => p.Weight)!)
            .GroupBy(p => p.Section)
            .Select(g => (Section: g.Key, Score: g.Sum(p => p.Weight), Points: g.OrderByDescending(p => p.Weight)))
            .OrderByDescending(s => s.Score)
            .ThenBy(s => s.Section)
            .ToList();
        var chosen = scores
            .Where(s => s.Score >= LeastScore && s.Score >= scores[0].Score * LeastShareOfFirst)
            .Take(MaxPerReport)
            .ToList();
        var total = chosen.Sum(s => s.Score);
        return
        [
            .. chosen.Select(s => new SectionWeight(
                s.Section,
                Math.Round(s.Score / total, 4),
                string.Join(", ", s.Points.Take(WordsTold).Select(p => p.Word))
            )),
        ];
    }

    private sealed record Point(Section Section, double Weight, string Word);
}
