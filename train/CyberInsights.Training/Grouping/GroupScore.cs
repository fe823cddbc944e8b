namespace CyberInsights.Training.Grouping;

/// <summary>How well a grouping agrees with labels; 0 to 1.</summary>
internal static class GroupScore
{
    /// <summary>F1 over pairs that stand together; what has no label stands alone.</summary>
    internal static double Pairwise(IReadOnlyList<string?> labels, int[] found)
    {
        int both = 0,
            ours = 0,
            theirs = 0;
        for (var i = 0; i < found.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (gold, same) = (labels[i] is { } label && label == labels[j], found[i] == found[j]);
                both += gold && same ? 1 : 0;
                ours += same ? 1 : 0;
                theirs += gold ? 1 : 0;
            }
        }
        return ours + theirs == 0 ? 0 : 2.0 * both / (ours + theirs);
    }

    /// <summary>BCubed F1 (Bagga and Baldwin, COLING-ACL 1998).</summary>
    internal static double BCubed(IReadOnlyList<string?> labels, int[] found)
    {
        double precision = 0,
            recall = 0;
        for (var i = 0; i < found.Length; i++)
        {
            var together = Enumerable.Range(0, found.Length).Where(j => found[j] == found[i]).ToList();
            var hits = (double)together.Count(j => labels[j] == labels[i]);
            precision += hits / together.Count / found.Length;
            recall += hits / labels.Count(l => l == labels[i]) / found.Length;
        }
        return 2 * precision * recall / (precision + recall);
    }
}
