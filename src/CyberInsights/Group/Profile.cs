namespace CyberInsights.Group;

/// <summary>
/// A report as grouping compares it: sparse vectors and small sets, some 3 KB. Besides the words themselves it knows which of them
/// set it apart from the reports near it, <see cref="Near"/>: in a story where everybody writes of one vendor and one gang, "supermarket" tells the happening.
/// </summary>
internal sealed class Profile
{
    /// <summary>At most so many of the nearest reports are counted.</summary>
    internal const int MaxNear = 20;

    private const int RarestWords = 24;
    private const float Decisive = 1000;

    // One report in thirty names it; what is named more often finds too many.
    private const float RareEntity = 3.4f;

    // Keeps one near report from taking all weight off what the two share.
    private const double NearSmoothing = 6;

    // Teasers have some forty words, the shortest articles some hundred.
    private const double WordsOfTeaser = 60;
    private const double WordsOfArticle = 140;

    private readonly ushort[] nearWith;
    private (Terms Words, Terms Title, Terms Names)? distinct;

    /// <param name="meaning">Null: reports are not compared by it, or it is not known.</param>
    internal Profile(GroupingReport report, Meaning? meaning = null)
    {
        var (title, text) = (report.Title, report.Text);
        Id = report.Id;
        SourceId = report.SourceId;
        PublishedAt = report.PublishedAt < report.FirstSeenAt ? report.PublishedAt : report.FirstSeenAt;
        Language = report.Language;
        Meaning = meaning;
        Turns = Headlines.Of(title);
        Words = new Terms(ReportTerms.Words(title, text).Select(w => (w.Key, Damped(w.Value) * WordRarity.Of(w.Key))));
        Title = new Terms(ReportTerms.WordsOf(title).Select(w => (w, WordRarity.Of(w))));
        Names = new Terms(ReportTerms.Names(title, text).Select(w => (w.Key, Damped(w.Value) * WordRarity.Of(w.Key))));
        Numbers = new Terms(ReportTerms.Numbers(title, text, PublishedAt.Year).Select(n => (n, 1.0)));
        TitleNumbers = new Terms(ReportTerms.Numbers(title, "", PublishedAt.Year).Select(n => (n, 1.0)));
        Entities = new Terms(report.Entities.Select(e => (e.Key, WeightOf(e))));
        TitleEntities = new Terms(report.Entities.Where(e => e.InTitle).Select(e => (e.Key, WeightOf(e))));
        Flaws = new Terms(Flawed(report.Entities));
        TitleFlaws = new Terms(Flawed(report.Entities.Where(e => e.InTitle)));
        Victims = new Terms(
            report.Victims.Select(v => v.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Select(v => (v, 1.0))
        );
        Links = new Terms(report.Links.Distinct(StringComparer.Ordinal).Select(l => (l, 1.0)));
        MainHappening = report.Happenings.Count > 0 ? report.Happenings[0] : null;
        Happenings = report.Happenings.Aggregate(0, (set, kind) => set | (1 << (int)kind));
        Fullness = Math.Clamp((text.AsSpan().Count(' ') - WordsOfTeaser) / (WordsOfArticle - WordsOfTeaser), 0, 1);
        nearWith = new ushort[Words.Keys.Length];
        Keys = [.. KeysOf()];
    }

    /// <summary>What it is looked up by, with the weight of each: what is rarest in it, and what is decisive.</summary>
    internal (ulong Key, float Weight)[] Keys { get; }

    internal long Id { get; }
    internal long SourceId { get; }

    /// <summary>When it was published, as its source says; never after it was seen first: a date in the future must not close the window.</summary>
    internal DateTimeOffset PublishedAt { get; }
    internal string Language { get; }
    internal Turns Turns { get; }
    internal bool IsRoundup => Turns.HasFlag(Turns.Roundup);

    /// <summary>Null: the report is compared without it.</summary>
    internal Meaning? Meaning { get; }
    internal Terms Words { get; }
    internal Terms Title { get; }
    internal Terms Names { get; }
    internal Terms Numbers { get; }
    internal Terms TitleNumbers { get; }
    internal Terms Entities { get; }
    internal Terms TitleEntities { get; }

    /// <summary>Vulnerabilities, by their CVE ids.</summary>
    internal Terms Flaws { get; }
    internal Terms TitleFlaws { get; }
    internal Terms Victims { get; }
    internal Terms Links { get; }
    internal Happening? MainHappening { get; }

    /// <summary>A bit for each <see cref="Happening"/>.</summary>
    internal int Happenings { get; }

    /// <summary>From 0, a headline alone, to 1, a whole article: teasers and articles are compared by weights of their own.</summary>
    internal double Fullness { get; }

    /// <summary>How many near reports are counted.</summary>
    internal int Near { get; private set; }

    /// <summary>The words less what the reports near it share.</summary>
    internal Terms DistinctWords => Distinct.Words;
    internal Terms DistinctTitle => Distinct.Title;
    internal Terms DistinctNames => Distinct.Names;

    private (Terms Words, Terms Title, Terms Names) Distinct => distinct ??= Discounted();

    /// <summary>Counts a report near this one, unless there are enough.</summary>
    internal void Meet(Profile other)
    {
        if (Near == MaxNear)
        {
            return;
        }
        Near++;
        distinct = null;
        foreach (var (own, _) in Words.Common(other.Words))
        {
            nearWith[own]++;
        }
    }

    /// <summary>Forgets the near reports, to count them anew.</summary>
    internal void Leave()
    {
        Near = 0;
        distinct = null;
        Array.Clear(nearWith);
    }

    private (Terms Words, Terms Title, Terms Names) Discounted()
    {
        var factors = new float[nearWith.Length];
        for (var i = 0; i < factors.Length; i++)
        {
            factors[i] = (float)(1 - nearWith[i] / (Near + NearSmoothing));
        }
        return (
            Words.Scaled(factors),
            Title.Scaled(FactorsOf(Title, factors)),
            Names.Scaled(FactorsOf(Names, factors))
        );
    }

    private float[] FactorsOf(Terms terms, float[] ofWords)
    {
        var factors = new float[terms.Keys.Length];
        Array.Fill(factors, 1);
        foreach (var (own, word) in terms.Common(Words))
        {
            factors[own] = ofWords[word];
        }
        return factors;
    }

    // Vulnerabilities and links first: whoever shares one must be looked at.
    private IEnumerable<(ulong Key, float Weight)> KeysOf() =>
        Flaws
            .Keys.Concat(Links.Keys)
            .Take(RarestWords)
            .Select(key => (key, Decisive))
            .Concat(Entities.Heaviest(RarestWords).Where(e => e.Weight >= RareEntity))
            .Concat(Words.Heaviest(RarestWords));

    private static double Damped(double count) => 1 + Math.Log(count);

    private static IEnumerable<(string, double)> Flawed(IEnumerable<GroupingEntity> entities) =>
        entities.Where(e => e.Kind == EntityKind.Vulnerability).Select(e => (e.Key, 1.0));

    // A country hardly says anything, however rare.
    private static double WeightOf(GroupingEntity entity) =>
        (entity.Kind is EntityKind.Country or EntityKind.Bloc ? 0.5 : 1) * WordRarity.Of(entity.Key);
}
