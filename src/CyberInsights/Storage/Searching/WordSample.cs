using System.Runtime.InteropServices;

namespace CyberInsights.Storage.Searching;

/// <summary>
/// How common terms and keys are, and how long texts are, counted in the newest documents; and the words of their titles, to know a
/// misspelt one by. A sample, because a word's count over all documents would have to be kept up to date with each of them.
/// </summary>
internal sealed class WordSample
{
    /// <summary>Documents counted, at most.</summary>
    internal const int Most = 10_000;

    // To count off more takes longer than it saves.
    private const int Deepest = 300_000;
    private const int DepthOfPhrases = 30_000;

    private readonly Dictionary<uint, int> documents = [];
    private readonly Dictionary<string, int> titleWords = new(StringComparer.Ordinal);

    internal int Documents { get; private set; }

    /// <summary>In terms; at least 1.</summary>
    internal double TitleLength { get; private set; } = 1;

    /// <summary>In terms; at least 1.</summary>
    internal double BodyLength { get; private set; } = 1;

    /// <summary>Words of titles, folded but not cut, with how many titles have them.</summary>
    internal IReadOnlyDictionary<string, int> TitleWords => titleWords;

    internal static async Task<WordSample> TakeAsync(Database database, CancellationToken cancel)
    {
        var sample = new WordSample();
        var (titles, bodies) = (0L, 0L);
        var rows = database.StreamAsync<Sampled>(
            "select title, keys, terms from search_documents order by id desc limit @Most",
            new { Most },
            cancel
        );
        await foreach (var row in rows)
        {
            var terms = new DocumentTerms(row.Terms);
            sample.Documents++;
            titles += terms.TitleLength;
            bodies += terms.BodyLength;
            sample.Count(row, terms);
        }
        sample.TitleLength = Math.Max(1, (double)titles / Math.Max(1, sample.Documents));
        sample.BodyLength = Math.Max(1, (double)bodies / Math.Max(1, sample.Documents));
        return sample;
    }

    /// <summary>In how many documents of the sample a term or key is.</summary>
    internal int Holding(uint number) => documents.GetValueOrDefault(number);

    /// <summary>
    /// Among how many of the newest documents there may be <paramref name="wanted"/> that match, with some to spare; null when that
    /// is more than are worth counting off, or cannot be told. Of phrases only the words are known.
    /// </summary>
    internal int? Depth(SearchQuery query, int wanted)
    {
        var filters = query.Filters.Where(f => !f.None).Aggregate(1d, (s, f) => s * Share(f.AnyOf));
        var groups = query.Groups.Select(g => g.Max(Share)).ToList();
        var words =
            groups.Count == 0 ? 1
            : query.Least is null ? groups.Aggregate((s, g) => s * g)
            : 1 - groups.Aggregate(1d, (s, g) => s * (1 - g));
        // One word is as common as it was counted; several may keep away from each other.
        var spare = groups.Count + query.Filters.Count > 1 && query.Least is null ? 2 : 1.25;
        var depth = spare * wanted / (filters * words);
        return depth > Deepest ? null
            : query.Groups.Any(g => g.Any(p => p.Words.Count > 1)) ? DepthOfPhrases
            : (int)depth;
    }

    // What begins alike is not counted.
    private double Share(SearchPhrase phrase) =>
        phrase.Prefix ? 0 : phrase.Words.Aggregate(1d, (s, w) => s * Share([SearchTerms.Of(w)]));

    private double Share(IEnumerable<string> anyOf) =>
        Math.Min(
            1d,
            (double)anyOf.Select(k => Holding(SearchTerms.Number(k))).DefaultIfEmpty().Max() / Math.Max(1, Documents)
        );

    private void Count(Sampled row, DocumentTerms terms)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(documents, terms[i], out _)++;
        }
        foreach (var key in row.Keys.AsSpan().Split(' '))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(documents, SearchTerms.Number(row.Keys.AsSpan(key)), out _)++;
        }
        foreach (var word in SearchWords.Of(row.Title).Distinct(StringComparer.Ordinal))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(titleWords, word, out _)++;
        }
    }

    private sealed class Sampled
    {
        public string Title { get; init; } = "";
        public string Keys { get; init; } = "";
        public byte[] Terms { get; init; } = [];
    }
}
