namespace CyberInsights.Publish;

/// <summary>Whether different origins say much the same. Pure.</summary>
internal static class Corroboration
{
    // Of the words of the shorter sentence so many are in both, and at least so large a share.
    private const int LeastWords = 4;
    private const double LeastShare = 0.5;

    /// <summary>How many origins have a sentence with much the same words, and with one of its numbers where it has any; its own included.</summary>
    internal static int Of(Summariser.Candidate sentence, IReadOnlyList<Summariser.Candidate> all)
    {
        var numbers = sentence.Words.Where(IsNumber).ToList();
        return all.Where(other =>
                    other.Origin.OriginId != sentence.Origin.OriginId
                    && (numbers.Count == 0 || numbers.Exists(other.Words.Contains))
                    && SaysTheSame(sentence.Words, other.Words)
                )
                .Select(other => other.Origin.OriginId)
                .Distinct()
                .Count() + 1;
    }

    private static bool SaysTheSame(HashSet<string> one, HashSet<string> other)
    {
        var (fewer, more) = one.Count <= other.Count ? (one, other) : (other, one);
        var shared = fewer.Count(more.Contains);
        return shared >= LeastWords && shared >= LeastShare * fewer.Count;
    }

    private static bool IsNumber(string word) => char.IsDigit(word[0]);
}
