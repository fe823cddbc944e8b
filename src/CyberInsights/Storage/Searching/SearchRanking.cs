namespace CyberInsights.Storage.Searching;

/// <summary>
/// How well a document answers a search: BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, 3.5) over title and
/// body, the same in both engines. The more often a term stands in a document and the fewer documents have it, the better.
/// </summary>
internal sealed class SearchRanking
{
    // The upper one of their usual values (1.2 to 2), as a weighted title makes counts larger; a title is short, so its length tells little.
    private const double Saturation = 2;
    private const double BodyLengthCounts = 0.75;
    private const double TitleLengthCounts = 0.5;
    private const double TitleCounts = 4;

    private readonly WordSample sample;
    private readonly (uint Number, double Weight)[] terms;
    private readonly uint[][] groups;

    internal SearchRanking(SearchQuery query, WordSample sample)
    {
        this.sample = sample;
        var words = query.Groups.Select(g => g.SelectMany(p => p.Words).ToList()).ToList();
        var telling = words.SelectMany(g => g).Where(w => !FunctionWords.Has(w)).ToList();
        groups = [.. words.Select(g => g.Select(Number).Distinct().ToArray())];
        terms =
        [
            .. (telling.Count > 0 ? telling : words.SelectMany(g => g))
                .Select(Number)
                .Distinct()
                .Select(n => (n, Rarity(n))),
        ];
    }

    internal double Score(DocumentTerms document)
    {
        var score = 0d;
        foreach (var (number, weight) in terms)
        {
            var (inTitle, inBody) = document.Of(number);
            if (inTitle + inBody > 0)
            {
                var often =
                    (TitleCounts * inTitle / Longer(document.TitleLength, sample.TitleLength, TitleLengthCounts))
                    + (inBody / Longer(document.BodyLength, sample.BodyLength, BodyLengthCounts));
                score += weight * often / (Saturation + often);
            }
        }
        return score;
    }

    /// <summary>Of how many groups the document has a word.</summary>
    internal int Groups(DocumentTerms document)
    {
        var count = 0;
        foreach (var group in groups)
        {
            foreach (var number in group)
            {
                if (document.Of(number) is not (0, 0))
                {
                    count++;
                    break;
                }
            }
        }
        return count;
    }

    // What a word begins with is in no document as a term; it finds, but does not rank.
    private static uint Number(string word) => SearchTerms.Number(SearchTerms.Of(word));

    private double Rarity(uint number)
    {
        var holding = sample.Holding(number);
        return Math.Log(1 + ((sample.Documents - holding + 0.5) / (holding + 0.5)));
    }

    private static double Longer(int length, double usual, double counts) => 1 - counts + (counts * length / usual);
}
