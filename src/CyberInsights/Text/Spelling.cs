namespace CyberInsights.Text;

/// <summary>How differently two words are written.</summary>
public static class Spelling
{
    /// <summary>
    /// The fewest letters put in, taken out or changed that make one word the other (V. I. Levenshtein, 1965), in UTF-16 units. Takes
    /// time by the product of both lengths: for words, not for texts.
    /// </summary>
    public static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                left = Math.Min(Math.Min(row[j], left) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }
        return row[to.Length];
    }
}
