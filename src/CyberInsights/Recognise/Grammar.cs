using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>Classes of small words that clauses are read by.</summary>
internal enum WordClass
{
    Auxiliary,
    Be,
    Modal,
    Negation,
    Refusal,
    Adverb,
    Time,
    Medium,
    Determiner,
    Preposition,
    Conjunction,
    Hypothesis,
    He,
    It,
    They,
    Relative,
    We,
    Official,
    Affiliate,
    Describer,

    /// <summary>"and", also written together with the next word in Arabic.</summary>
    And,

    /// <summary>Leads what is said: "that".</summary>
    That,

    /// <summary>Leads who did it in the passive: "by".</summary>
    Agent,

    /// <summary>Leads what something is called: "as".</summary>
    Naming,

    /// <summary>Chinese words that hold a character of another class and are read whole.</summary>
    Whole,

    /// <summary>Leads whom a stance is towards, and may be passed over: "against", "to".</summary>
    Link,
}

/// <summary>The small words of one language. Immutable, thread safe.</summary>
internal sealed class Grammar
{
    private static readonly Lazy<FrozenDictionary<string, Grammar>> Loaded = new(Load);

    private readonly FrozenDictionary<string, int> classes;

    private Grammar(string language, IEnumerable<string[]> lines)
    {
        Language = language;
        var masks = new Dictionary<string, int>();
        foreach (var line in lines)
        {
            var bit = 1 << (int)Enum.Parse<WordClass>(line[1], ignoreCase: true);
            foreach (var word in ListFile.Words(line[2]))
            {
                var folded = Folding.Fold(word);
                masks[folded] = masks.GetValueOrDefault(folded) | bit;
            }
        }
        classes = masks.ToFrozenDictionary();
    }

    internal string Language { get; }

    /// <summary>The grammar of a language; null when there is none, so that no statement is looked for.</summary>
    internal static Grammar? Of(string language) => Loaded.Value.GetValueOrDefault(language);

    /// <summary>Every word that has a class, folded.</summary>
    internal IEnumerable<string> Words => classes.Keys;

    internal bool Is(string word, WordClass wordClass) =>
        classes.TryGetValue(word, out var mask) && (mask & (1 << (int)wordClass)) != 0;

    private static FrozenDictionary<string, Grammar> Load() =>
        ListFile
            .Read("grammar.tsv", 3)
            .Concat(LanguageList.Read("word").Select(l => (string[])[l[0], l[1], l[3]]))
            .GroupBy(l => l[0])
            .ToFrozenDictionary(g => g.Key, g => new Grammar(g.Key, g));
}
