using System.Collections.Frozen;

namespace CyberInsights.Recognise.Attributing;

/// <summary>What a word can do for an attribution; the list says what each means.</summary>
[Flags]
internal enum CueClass
{
    None = 0,
    Speech = 1,
    Thought = 2,
    Matter = 4,
    About = 8,
    Control = 16,
    Charge = 32,
    Noun = 64,
    Quality = 128,
    Light = 256,
    Paper = 512,
    Agent = 1024,
}

/// <summary>The words of <c>attribution.tsv</c> by their lemma. Immutable, thread safe.</summary>
internal static class CueWords
{
    private static readonly Lazy<FrozenDictionary<string, CueClass>> Loaded = new(Load);

    /// <summary>The classes of a lemma, or of a verb and its particle or preposition with a space between.</summary>
    internal static CueClass Of(string lemma) => Loaded.Value.GetValueOrDefault(lemma);

    private static FrozenDictionary<string, CueClass> Load()
    {
        var classes = new Dictionary<string, CueClass>();
        foreach (var line in ListFile.Read("attribution.tsv", 2))
        {
            var one = Enum.Parse<CueClass>(line[0], ignoreCase: true);
            foreach (var word in ListFile.Words(line[1]))
            {
                classes[word] = classes.GetValueOrDefault(word) | one;
            }
        }
        return classes.ToFrozenDictionary();
    }
}
