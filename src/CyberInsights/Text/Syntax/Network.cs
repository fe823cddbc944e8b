namespace CyberInsights.Text.Syntax;

/// <summary>Widths of the layers; each a multiple of 16.</summary>
/// <param name="Word">Of a word's vector.</param>
/// <param name="Lower">Of one direction of the lower memory, from which tags are read.</param>
/// <param name="Upper">Of one direction of the upper memory, from which arcs are read.</param>
/// <param name="Arc">Of what is compared to find a head.</param>
/// <param name="Relation">Of what a relation is told from.</param>
internal sealed record Widths(int Word, int Lower, int Upper, int Arc, int Relation);

/// <summary>
/// The parser's network: vectors of words, two bidirectional memories one above the other, tags from both, the lower one thereby held to
/// them (Søgaard and Goldberg, 2016), heads by a bilinear product and relations by a sum of both ends from the upper one (after Dozat and Manning, 2017). Weights
/// only; reading them is thread safe.
/// </summary>
internal sealed class Network(Labels labels, uint[] features, Widths widths)
{
    internal Labels Labels { get; } = labels;
    internal Widths Widths { get; } = widths;
    internal Lexicon Lexicon { get; } = new(features, widths.Word);
    internal Lstm[] Lower { get; } = [new(widths.Word, widths.Lower, false), new(widths.Word, widths.Lower, true)];
    internal Lstm[] Upper { get; } =
    [new(2 * widths.Lower, widths.Upper, false), new(2 * widths.Lower, widths.Upper, true)];

    /// <summary>UPOS, then XPOS, as the lower memory tells them.</summary>
    internal Dense Tags { get; } = new(2 * widths.Lower, labels.Upos.Length + labels.Xpos.Length);

    /// <summary>What the upper memory adds to them.</summary>
    internal Dense UpperTags { get; } = new(2 * widths.Upper, labels.Upos.Length + labels.Xpos.Length);

    /// <summary>What a token is as dependent and as head: for arcs, then for relations.</summary>
    internal Dense Roles { get; } = new(2 * widths.Upper, 2 * widths.Arc + 2 * widths.Relation);

    /// <summary>The dependent as it is compared with heads.</summary>
    internal Dense Query { get; } = new(widths.Arc, widths.Arc);

    internal Dense Relations { get; } = new(widths.Relation, labels.Relations.Length);

    /// <summary>The root as head: for arcs, then for relations.</summary>
    internal float[] Root { get; } = new float[widths.Arc + widths.Relation];

    /// <summary>All weights but the vectors of words, in the order of the model file.</summary>
    internal IEnumerable<float[]> Weights => [.. Layers.SelectMany(l => (float[][])[l.Weights, l.Bias]), Root];

    /// <summary>A network of the same shape with all weights zero.</summary>
    internal Network Blank() => new(Labels, Lexicon.Features, Widths);

    internal IEnumerable<Dense> Layers =>
        [
            .. Lower.Concat(Upper).SelectMany(l => (Dense[])[l.Input, l.Recurrent]),
            Tags,
            UpperTags,
            Roles,
            Query,
            Relations,
        ];
}

/// <summary>The names of what the network tells apart.</summary>
/// <param name="Pairs">The UPOS and XPOS that occur together, as indices.</param>
internal sealed record Labels(string[] Upos, string[] Xpos, string[] Relations, (int Upos, int Xpos)[] Pairs);
