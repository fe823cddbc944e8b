using CyberInsights.Text.Syntax;

namespace CyberInsights.Training.Syntax;

/// <summary>
/// Vectors from raw text as a second source of what a word is: they stay as they are, a linear layer that is trained brings them into the
/// lexicon's space, so that rare words profit from the frequent ones beside which they stand.
/// </summary>
internal sealed class Pretrained
{
    private readonly float[] vectors;
    private readonly Network network;

    internal Pretrained(Network network, WordVectors source)
    {
        this.network = network;
        Bridge = new Dense(WordVectors.Width, network.Widths.Word);
        vectors = new float[(network.Lexicon.Features.Length + 1) * WordVectors.Width];
        foreach (var word in source.Words)
        {
            var row = network.Lexicon.RowOf(word);
            source.Of(word).CopyTo(vectors.AsSpan(row * WordVectors.Width));
            network.Lexicon.Vectors.AsSpan(row * network.Widths.Word, network.Widths.Word).Clear();
        }
    }

    internal Dense Bridge { get; }

    /// <summary>The vectors of words by their rows, one after the other.</summary>
    internal float[] Gather(IReadOnlyList<int> rows)
    {
        var gathered = new float[rows.Count * WordVectors.Width];
        for (var i = 0; i < rows.Count; i++)
        {
            vectors
                .AsSpan(rows[i] * WordVectors.Width, WordVectors.Width)
                .CopyTo(gathered.AsSpan(i * WordVectors.Width));
        }
        return gathered;
    }

    /// <summary>
    /// The network with both sources in its lexicon. Words that no lesson had are left out: a vector from raw text alone misleads ("hackers"
    /// became a pronoun), while the endings of an unknown word tell enough.
    /// </summary>
    internal Network Merge()
    {
        var (lexicon, width) = (network.Lexicon, network.Widths.Word);
        uint[] taught = [.. lexicon.Features.Where(f => Own(lexicon.RowOf(f)).ContainsAnyExcept(0f))];
        var merged = new Network(network.Labels, taught, network.Widths);
        foreach (var (to, from) in merged.Weights.Zip(network.Weights))
        {
            from.CopyTo(to, 0);
        }
        int[] rows = [0, .. taught.Select(lexicon.RowOf)];
        for (var i = 0; i < rows.Length; i++)
        {
            Own(rows[i]).CopyTo(merged.Lexicon.Vectors.AsSpan(i * width));
        }
        Bridge.AddProduct(Gather(rows), WordVectors.Width, merged.Lexicon.Vectors, width, rows.Length);
        return merged;
    }

    private Span<float> Own(int row) => network.Lexicon.Vectors.AsSpan(row * network.Widths.Word, network.Widths.Word);
}
