namespace CyberInsights.Text.Syntax;

/// <summary>
/// Sentences side by side, as a recurrent layer reads them: the longest first, and all their first tokens, then all their second ones ...
/// in consecutive rows. Shorter sentences take no room behind their end.
/// </summary>
internal sealed class Batch
{
    private readonly int[] starts;

    /// <param name="lengths">Tokens of each sentence, at least 1.</param>
    internal Batch(IReadOnlyList<int> lengths)
    {
        Order = [.. Enumerable.Range(0, lengths.Count).OrderByDescending(i => lengths[i])];
        Lengths = [.. Order.Select(i => lengths[i])];
        starts = new int[(Lengths.Length == 0 ? 0 : Lengths[0]) + 1];
        var active = Lengths.Length;
        for (var step = 0; step < Steps; step++)
        {
            while (Lengths[active - 1] <= step)
            {
                active--;
            }
            starts[step + 1] = starts[step] + active;
        }
    }

    /// <summary>For each sentence of the batch its place in the list it came from.</summary>
    internal int[] Order { get; }

    /// <summary>Tokens of each sentence of the batch, falling.</summary>
    internal int[] Lengths { get; }

    /// <summary>Tokens of the longest sentence.</summary>
    internal int Steps => starts.Length - 1;

    /// <summary>Tokens of all sentences.</summary>
    internal int Rows => starts[^1];

    /// <summary>The row of the first sentence's token at <paramref name="step"/>.</summary>
    internal int Start(int step) => starts[step];

    /// <summary>Sentences that have a token at <paramref name="step"/>: the first ones.</summary>
    internal int Active(int step) => step >= 0 && step < Steps ? starts[step + 1] - starts[step] : 0;

    internal int Row(int sentence, int step) => starts[step] + sentence;
}
