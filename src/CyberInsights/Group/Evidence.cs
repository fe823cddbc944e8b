using System.Numerics;

namespace CyberInsights.Group;

/// <summary>What two reports have in common, as numbers that <see cref="PairModel"/> weighs. Pure; the same whichever comes first.</summary>
internal static class Evidence
{
    // The windows that the weights are learned from are this long.
    private const double MaxDays = 3;

    private static readonly string[] Plain =
    [
        "words",
        "title",
        "names",
        "names least",
        "names most",
        "entities",
        "title entities",
        "numbers",
        "shared numbers",
        "title numbers",
        "flaw",
        "other flaw",
        "main happening",
        "other happening",
        "happenings",
        "victim",
        "distinct words",
        "distinct title",
        "distinct names",
        "distinct title least",
        "days",
        "outlet",
        "turns",
        "other turns",
    ];

    /// <summary>What each number is, in their order.</summary>
    internal static readonly IReadOnlyList<string> Names =
    [
        .. Plain,
        .. Headlines.Kinds.Select(k => $"both {k}"),
        .. Headlines.Kinds.Select(k => $"one {k}"),
    ];

    /// <summary>Where both reports have a <see cref="Meaning"/>, its cosine is one number more.</summary>
    internal static readonly IReadOnlyList<string> NamesWithMeaning = [.. Names, "meaning"];

    /// <param name="into">As long as <see cref="Names"/>, or as <see cref="NamesWithMeaning"/> when both reports have a meaning.</param>
    internal static void Fill(Span<double> into, Profile a, Profile b)
    {
        var (namesOfA, namesOfB) = (a.DistinctNames.ShareIn(b.Names), b.DistinctNames.ShareIn(a.Names));
        var numbers = a.Numbers.Count(b.Numbers);
        var (both, either) = (a.Turns & b.Turns, a.Turns | b.Turns);
        ReadOnlySpan<double> plain =
        [
            a.Words.Cosine(b.Words),
            a.Title.Cosine(b.Title),
            a.Names.Cosine(b.Names),
            Math.Min(namesOfA, namesOfB),
            Math.Max(namesOfA, namesOfB),
            a.Entities.Shared(b.Entities),
            a.TitleEntities.Shared(b.TitleEntities),
            a.Numbers.Cosine(b.Numbers),
            Math.Log(1 + numbers),
            a.TitleNumbers.Count(b.TitleNumbers),
            Flag(a.Flaws.Meets(b.Flaws)),
            Flag(a.Flaws.Keys.Length > 0 && b.Flaws.Keys.Length > 0 && !a.Flaws.Meets(b.Flaws)),
            Flag(a.MainHappening is not null && a.MainHappening == b.MainHappening),
            Flag(a.MainHappening is not null && b.MainHappening is not null && a.MainHappening != b.MainHappening),
            BitOperations.PopCount((uint)(a.Happenings & b.Happenings)),
            Flag(a.Victims.Meets(b.Victims)),
            a.DistinctWords.Cosine(b.DistinctWords),
            a.DistinctTitle.Cosine(b.DistinctTitle),
            a.DistinctNames.Cosine(b.DistinctNames),
            Math.Min(a.DistinctTitle.ShareIn(b.Words), b.DistinctTitle.ShareIn(a.Words)),
            Math.Min(MaxDays, (a.PublishedAt - b.PublishedAt).Duration().TotalDays),
            Flag(a.SourceId == b.SourceId),
            either == Turns.None ? 0 : (double)Bits(both) / Bits(either),
            Bits(either & ~both),
        ];
        plain.CopyTo(into);
        for (var i = 0; i < Headlines.Kinds.Count; i++)
        {
            into[plain.Length + i] = Flag(both.HasFlag(Headlines.Kinds[i]));
            into[plain.Length + Headlines.Kinds.Count + i] = Flag((either & ~both).HasFlag(Headlines.Kinds[i]));
        }
        if (into.Length > Names.Count)
        {
            into[^1] = a.Meaning!.Cosine(b.Meaning!);
        }
    }

    private static double Flag(bool holds) => holds ? 1 : 0;

    private static int Bits(Turns turns) => BitOperations.PopCount((uint)turns);
}
