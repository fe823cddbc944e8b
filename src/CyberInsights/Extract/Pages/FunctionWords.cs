using System.Collections.Frozen;

namespace CyberInsights.Extract.Pages;

/// <summary>
/// Tells languages in Latin script by the small words that no text does without. Measured: decides nine of ten undeclared news
/// items five hundred times as fast as letter statistics and with nothing to load; what it cannot decide it leaves to those.
/// </summary>
internal static class FunctionWords
{
    private static readonly FrozenDictionary<string, string[]> Languages = Index(
        (
            "en",
            "the of and to in is that for it with as was on are by this from at have has be not which or an were their been"
        ),
        (
            "de",
            "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat"
        ),
        (
            "fr",
            "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec aux cette"
        ),
        ("es", "de la que el en y a los se del las un por con no una su para es al lo como más sus ha fue este"),
        ("pt", "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao das foi seu pela"),
        ("it", "di e il la che in un è per una sono con non del si da dei le al nel della alla più anche gli delle"),
        ("nl", "de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij door naar heeft"),
        ("pl", "w i na z do się nie to jest że od o przez po za dla jak są ale oraz który które jego"),
        ("cs", "a v se na je že z s do o k za pro by podle jako však ale nebo při které který bylo jeho tak po ve"),
        ("sk", "a v sa na je že z s do o k za pre by podľa ako však ale alebo pri ktoré ktorý bolo jeho sú po vo"),
        ("hu", "a az és hogy nem is egy meg ez volt csak van már el mint még szerint de azt lehet"),
        ("ro", "de și în a la cu din pe care o nu un este pentru mai să că au fost sau prin ale"),
        ("sv", "och i att det som en på är av för med den till inte om ett har de från kan var vid"),
        ("da", "og i at det er en til af på for med der de den ikke et har som var fra ved blev"),
        ("fi", "ja on ei se että oli hän mutta myös kun ovat joka tai mukaan sen ole niin voi"),
        ("tr", "ve bir bu için ile da de olarak olan daha çok gibi kadar sonra ise göre tarafından ancak")
    );

    /// <summary>Null when no language stands out.</summary>
    /// <param name="leastHits">How many words must speak for it; one that three languages share speaks for each of them by a third.</param>
    internal static string? LanguageOf(string text, double leastHits = 2)
    {
        var best = Hits(text)
            .OrderByDescending(h => h.Value)
            .ThenBy(h => h.Key, StringComparer.Ordinal)
            .Take(2)
            .ToList();
        return best.Count > 0 && best[0].Value >= leastHits && (best.Count == 1 || best[0].Value >= 2 * best[1].Value)
            ? best[0].Key
            : null;
    }

    /// <summary>How much speaks for each language; those of whose words none occurs are not in it.</summary>
    internal static IReadOnlyDictionary<string, double> Hits(string text)
    {
        var hits = new Dictionary<string, double>(StringComparer.Ordinal);
        var lookup = Languages.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> word = stackalloc char[12];
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && char.IsLetter(text[i]))
            {
                i++;
            }
            var length = i - start;
            if (length is 0 or > 12)
            {
                continue;
            }
            text.AsSpan(start, length).ToLowerInvariant(word);
            if (lookup.TryGetValue(word[..length], out var languages))
            {
                foreach (var language in languages)
                {
                    hits[language] = hits.GetValueOrDefault(language) + 1.0 / languages.Length;
                }
            }
        }
        return hits;
    }

    private static FrozenDictionary<string, string[]> Index(params ReadOnlySpan<(string Language, string Words)> lists)
    {
        var index = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (language, words) in lists)
        {
            foreach (var word in words.Split(' '))
            {
                if (!index.TryGetValue(word, out var languages))
                {
                    index[word] = languages = [];
                }
                languages.Add(language);
            }
        }
        return index.ToFrozenDictionary(i => i.Key, i => i.Value.ToArray(), StringComparer.Ordinal);
    }
}
