using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>The phrases of a language other than English by which a content tells its speaker's stance. Immutable, thread safe.</summary>
internal sealed class ContentPhrases
{
    private const int MaxGap = 8;

    private static readonly Lazy<FrozenDictionary<string, ContentPhrases>> Loaded = new(Load);

    // Each phrase in halves; the second, if any, stands a few words later.
    private readonly IReadOnlyList<(Stance Stance, string[] Words, string[] Tail)> phrases;

    private ContentPhrases(IEnumerable<string[]> lines) =>
        phrases = [
            .. from line in lines
            from phrase in ListFile.Words(line[3])
            let halves = phrase.Split('~', StringSplitOptions.TrimEntries)
            select (
                Enum.Parse<Stance>(line[1]),
                WordsOf(halves[0], line[0]),
                halves.Length > 1 ? WordsOf(halves[1], line[0]) : []
            ),
        ];

    internal static ContentPhrases? Of(string language) => Loaded.Value.GetValueOrDefault(language);

    /// <summary>The stance of the tokens from <paramref name="first"/> to <paramref name="end"/>; null when they tell none.</summary>
    internal (Stance Stance, Target Target, string Rule)? Of(
        Reading reading,
        FoundIndex found,
        int first,
        int end,
        Speaker speaker
    )
    {
        foreach (var (stance, words, tail) in phrases)
        {
            for (var i = first; i < end; i++)
            {
                if (!Covers(reading, words, i, end) || !HasTail(reading, tail, i + words.Length, end))
                {
                    continue;
                }
                if (stance != Stance.Accuse)
                {
                    return (stance, Target.None, $"content tells: {stance}");
                }
                if (Blamed(found, first, end, speaker) is { } blamed)
                {
                    var assessed = speaker.Entity is { } entity && Knowledge.Shipped.Researchers.Contains(entity.Key);
                    return (assessed ? Stance.Assess : stance, new Target(blamed, blamed.Name), "content attributes");
                }
            }
        }
        return null;
    }

    private static bool HasTail(Reading reading, string[] tail, int from, int end) =>
        tail.Length == 0
        || Enumerable
            .Range(from, Math.Max(0, Math.Min(end, from + MaxGap) - from))
            .Any(i => Covers(reading, tail, i, end));

    private static bool Covers(Reading reading, string[] words, int at, int end)
    {
        if (at + words.Length > end)
        {
            return false;
        }
        for (var i = 0; i < words.Length; i++)
        {
            if (reading.Word(at + i) != words[i])
            {
                return false;
            }
        }
        return true;
    }

    private static EntityDraft? Blamed(FoundIndex found, int first, int end, Speaker speaker)
    {
        for (var i = first; i < end; i++)
        {
            if (
                found.StartingAt(i)
                    is { Entity.Kind: EntityKind.Actor or EntityKind.Country or EntityKind.Organisation } mention
                && mention.Entity.Key != speaker.Entity?.Key
            )
            {
                return mention.Entity;
            }
        }
        return null;
    }

    private static string[] WordsOf(string phrase, string language) =>
        language == "zh" ? [phrase] : [.. Tokens.List(phrase, elisions: language == "fr").Select(t => t.Folded)];

    private static FrozenDictionary<string, ContentPhrases> Load() =>
        LanguageList.Read("content").GroupBy(l => l[0]).ToFrozenDictionary(g => g.Key, g => new ContentPhrases(g));
}
