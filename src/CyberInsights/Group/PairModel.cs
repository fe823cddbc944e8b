using System.Globalization;
using CyberInsights.Recognise;

namespace CyberInsights.Group;

/// <summary>How likely two reports tell one happening, and one story; 0 to 1.</summary>
internal readonly record struct Alike(double Event, double Story);

/// <summary>One learned judge: the mean of a logistic regression, which is steady, and of boosted trees, which see what only counts together.</summary>
/// <param name="Weights">A constant, then a weight for each number of the evidence.</param>
internal sealed record Judge(double[] Weights, BoostedTrees Trees)
{
    /// <summary>0 to 1.</summary>
    internal double Chance(ReadOnlySpan<double> evidence)
    {
        var sum = Weights[0];
        for (var i = 0; i < evidence.Length; i++)
        {
            sum += Weights[i + 1] * evidence[i];
        }
        return (1 / (1 + Math.Exp(-sum)) + Trees.Chance(evidence)) / 2;
    }
}

/// <summary>Judges for teasers and for whole articles, blended by how full the two texts are.</summary>
internal sealed record Judges(Judge Teaser, Judge Full)
{
    internal double Of(ReadOnlySpan<double> evidence, double fullness) =>
        fullness == 0 ? Teaser.Chance(evidence)
        : fullness == 1 ? Full.Chance(evidence)
        : (1 - fullness) * Teaser.Chance(evidence) + fullness * Full.Chance(evidence);
}

/// <summary>
/// Judges two reports by learned weights (<c>train grouping</c> makes <c>Lists/grouping.tsv</c> and <c>grouping-trees.tsv</c> from labelled windows of news and ECB+, and a
/// second pair of files, <c>grouping-meaning*.tsv</c>, with one number more). What no labelled
/// window holds is judged by rules: a link that both follow, a vulnerability that is all either is about, two languages.
/// </summary>
/// <param name="meanings">Null: reports are compared without their meaning.</param>
internal sealed class PairModel(Judges story, Judges @event, Meanings? meanings = null)
{
    /// <summary>From here on, on average, a report tells the event; learned together with the weights.</summary>
    internal const double EnoughForEvent = 0.35;

    /// <summary>From here on, on average, an event belongs to the story.</summary>
    internal const double EnoughForStory = 0.4;

    /// <summary>What shares less is of no event and no story.</summary>
    internal const double LeastCosine = 0.05;

    // What is not of one story is not of one event.
    private const double LeastStory = 0.02;

    // A link that both follow, or their only vulnerability: odds times e to this.
    private const double LinkEvidence = 1.5;
    private const double FlawEvidence = 3.5;

    // Reports in two languages share names, numbers and entities, and little else.
    private const double EnoughEntities = 0.6;
    private const double EnoughTogether = 0.5;
    private const double NameEvidence = 0.3;
    private const double RareName = 6.5;
    private const int MaxNames = 2;
    private const double MostSure = 0.95;

    private static readonly Lazy<PairModel> WithMeaning = new(() => Load("grouping-meaning", Meanings.Shipped));

    /// <summary>Without meaning.</summary>
    internal static PairModel Shipped { get; } = Load("grouping", null);

    /// <summary>Read at first use, with the vectors that it needs.</summary>
    internal static PairModel ShippedWithMeaning => WithMeaning.Value;

    internal Judges Event { get; } = @event;
    internal Judges Story { get; } = story;

    /// <summary>What this model looks at in a report.</summary>
    internal Profile Read(GroupingReport report) =>
        new(report, meanings?.Of(report.Title, report.Text, report.Language));

    internal Alike Judge(Profile a, Profile b)
    {
        // Weights that were learned with the meaning are wrong without it.
        if (meanings is not null && (a.Meaning is null || b.Meaning is null))
        {
            return Shipped.Judge(a, b);
        }
        // Advisories about two vulnerabilities are alike in all but the name.
        if (a.IsRoundup || b.IsRoundup || AreOfOtherFlaws(a, b))
        {
            return default;
        }
        if (a.Language != b.Language)
        {
            return Translated(a, b);
        }
        // So little in common says nothing, and nothing was learned from such pairs.
        if (a.Words.Cosine(b.Words) < LeastCosine)
        {
            return default;
        }
        // One more place than the evidence: the story is evidence for the event.
        Span<double> evidence = stackalloc double[NamesOf(meanings).Count + 1];
        Evidence.Fill(evidence[..^1], a, b);
        var fullness = Math.Min(a.Fullness, b.Fullness);
        var inStory = Story.Of(evidence[..^1], fullness);
        evidence[^1] = inStory;
        var known = Known(a, b);
        var inEvent = inStory >= LeastStory && AreOfOneTime(a, b) ? Raised(Event.Of(evidence, fullness), known) : 0;
        return new Alike(inEvent, Raised(inStory, known));
    }

    // Weeks apart the same words tell of the same affair, and of another turn of it.
    private static bool AreOfOneTime(Profile a, Profile b) =>
        (a.PublishedAt - b.PublishedAt).Duration() <= EventWindow.Span;

    private static double Known(Profile a, Profile b) =>
        (a.Links.Meets(b.Links) ? LinkEvidence : 0) + (AreOfOneFlaw(a, b) ? FlawEvidence : 0);

    private static bool AreOfOneFlaw(Profile a, Profile b) =>
        a.Flaws.Keys.Length == 1 && b.Flaws.Keys.Length == 1 && a.Flaws.Meets(b.Flaws);

    private static bool AreOfOtherFlaws(Profile a, Profile b) =>
        a.TitleFlaws.Keys.Length > 0 && b.TitleFlaws.Keys.Length > 0 && !a.TitleFlaws.Meets(b.TitleFlaws);

    private static double Raised(double chance, double logOdds) =>
        logOdds == 0 ? chance : 1 / (1 + (1 - chance) / chance * Math.Exp(-logOdds));

    // One shared country is no evidence: the entities must weigh something. A rare name ("Sparbank Auwald") is evidence in any language.
    private static Alike Translated(Profile a, Profile b)
    {
        var enough = Math.Min(1, Math.Min(a.Entities.Norm, b.Entities.Norm) / WordRarity.Of("") / EnoughEntities);
        var names = Math.Min(MaxNames, a.Names.CountAbove(b.Names, RareName)) * NameEvidence;
        var likeness = (a.Entities.Cosine(b.Entities) * enough + names) / EnoughTogether;
        var alike = Math.Min(MostSure, Raised(Math.Min(MostSure, likeness * EnoughForEvent), Known(a, b)));
        return new Alike(AreOfOneTime(a, b) ? alike : 0, alike);
    }

    /// <summary>The numbers of the evidence, with or without meaning.</summary>
    internal static IReadOnlyList<string> NamesOf(Meanings? meanings) =>
        meanings is null ? Evidence.Names : Evidence.NamesWithMeaning;

    private static PairModel Load(string name, Meanings? meanings)
    {
        var weights = ListFile.Read($"{name}.tsv", 5).Select(l => l[1..].Select(Number).ToArray()).ToList();
        var trees = ListFile.Read($"{name}-trees.tsv", 4).ToLookup(l => l[0], l => l[1..], StringComparer.Ordinal);
        Judge Judge(string name, int column, int count) =>
            new([.. weights.Take(count).Select(w => w[column])], TreesOf([.. trees[name]]));
        // A constant, the evidence and, for the event, the story.
        var count = NamesOf(meanings).Count + 1;
        return new PairModel(
            new Judges(Judge("story, teasers", 2, count), Judge("story, articles", 3, count)),
            new Judges(Judge("event, teasers", 0, count + 1), Judge("event, articles", 1, count + 1)),
            meanings
        );
    }

    // The first line of a judge holds where it starts, each other one a tree.
    private static BoostedTrees TreesOf(IReadOnlyList<string[]> lines) =>
        new(lines.Count == 0 ? 0 : Number(lines[0][2]), [.. lines.Skip(1).Select(TreeOf)]);

    private static BoostedTree TreeOf(string[] fields)
    {
        var tree = new BoostedTree();
        Array.Copy(ListFile.Words(fields[0]).Select(f => (int)Number(f)).ToArray(), tree.Features, BoostedTree.Splits);
        Array.Copy(ListFile.Words(fields[1]).Select(Number).ToArray(), tree.Borders, BoostedTree.Splits);
        Array.Copy(ListFile.Words(fields[2]).Select(Number).ToArray(), tree.Leaves, BoostedTree.Splits + 1);
        return tree;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
