namespace CyberInsights.Storage.Searching;

/// <summary>
/// How well a document answers a search: BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, 3.5) over title and
/// body, the same in both engines. The more often a term stands in a document and the fewer documents have it, the better.
/// </summary>
internal sealed class SearchRanking
{
    // Their usual values; the title is short, so its length tells little.
    private const double Saturation = 1.2;
    private const double BodyLengthCounts = 0.75;
    private const double TitleLengthCounts = 0.5;
    private const double TitleCounts = 2;

    private readonly WordSample sample;
    private readonly (uint Number, double Weight)[] terms;
    private readonly uint[][] groups;

    internal SearchRanking(SearchQuery query, WordSample sample)
    {
        this.sample = sample;
        groups = [.. query.Groups.Select(g => g.SelectMany(Numbers).Distinct().ToArray())];
        terms = [.. groups.SelectMany(g => g).Distinct().Select(n => (n, Rarity(n)))];
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
    private static IEnumerable<uint> Numbers(SearchPhrase phrase) =>
        phrase.Words.Select(w => SearchTerms.Number(SearchTerms.Of(w)));

    private double Rarity(uint number)
    {
        var holding = sample.Holding(number);
        return Math.Log(1 + ((sample.Documents - holding + 0.5) / (holding + 0.5)));
    }

    private static double Longer(int length, double usual, double counts) => 1 - counts + (counts * length / usual);
}
