using CyberInsights.Text.Syntax;

namespace CyberInsights.Training.Syntax;

/// <summary>
/// Vectors from raw text as a second source of what a word is: they stay as they are, a linear layer that is trained brings them into the
/// lexicon's space, so that words the treebank lacks are moved along with those it has.
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

    /// <summary>The vectors of rows, one after the other.</summary>
    internal float[] Gather(int[][] rows)
    {
        var gathered = new float[rows.Length * WordVectors.Width];
        for (var i = 0; i < rows.Length; i++)
        {
            vectors
                .AsSpan(rows[i][0] * WordVectors.Width, WordVectors.Width)
                .CopyTo(gathered.AsSpan(i * WordVectors.Width));
        }
        return gathered;
    }

    /// <summary>The network with both sources in its lexicon.</summary>
    internal Network Merge()
    {
        var merged = network.Blank();
        foreach (var (to, from) in merged.Weights.Zip(network.Weights))
        {
            from.CopyTo(to, 0);
        }
        network.Lexicon.Vectors.CopyTo(merged.Lexicon.Vectors, 0);
        Bridge.AddProduct(
            vectors,
            WordVectors.Width,
            merged.Lexicon.Vectors,
            network.Widths.Word,
            network.Lexicon.Features.Length + 1
        );
        return merged;
    }
}
