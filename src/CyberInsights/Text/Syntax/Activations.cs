namespace CyberInsights.Text.Syntax;

/// <summary>What the network computes for one batch. Grows with the largest batch seen; one thread at a time.</summary>
internal sealed class Activations(Network network)
{
    private readonly Widths widths = network.Widths;
    private float[] keys = [];
    private float[] queries = [];
    private float[] scores = [];

    internal float[] Words { get; private set; } = [];
    internal Memory[] Lower { get; } = [new(), new()];
    internal Memory[] Upper { get; } = [new(), new()];
    internal float[] LowerOut { get; private set; } = [];
    internal float[] UpperOut { get; private set; } = [];
    internal float[] Tags { get; private set; } = [];
    internal float[] Roles { get; private set; } = [];
    internal float[] Queries { get; private set; } = [];
    internal float[] Ends { get; private set; } = [];
    internal float[] Relations { get; private set; } = [];

    /// <summary>Of the sentence scored last: head h of token t at t · stride + h.</summary>
    internal float[] Scores => scores;

    internal void Reserve(int rows)
    {
        if (Words.Length >= rows * widths.Word)
        {
            return;
        }
        Words = new float[rows * widths.Word];
        foreach (
            var (memory, hidden) in Lower.Select(m => (m, widths.Lower)).Concat(Upper.Select(m => (m, widths.Upper)))
        )
        {
            memory.Gates = new float[rows * 4 * hidden];
            memory.Cells = new float[rows * hidden];
        }
        LowerOut = new float[rows * 2 * widths.Lower];
        UpperOut = new float[rows * 2 * widths.Upper];
        Tags = new float[rows * network.Tags.Width];
        Roles = new float[rows * network.Roles.Width];
        Queries = new float[rows * widths.Arc];
        Ends = new float[rows * widths.Relation];
        Relations = new float[rows * network.Relations.Width];
    }

    /// <summary>From <see cref="Words"/> to <see cref="LowerOut"/>.</summary>
    internal void RunLower(Batch batch) => Run(network.Lower, batch, Words, widths.Word, Lower, LowerOut, widths.Lower);

    /// <summary>From <see cref="LowerOut"/> to <see cref="UpperOut"/>.</summary>
    internal void RunUpper(Batch batch) =>
        Run(network.Upper, batch, LowerOut, 2 * widths.Lower, Upper, UpperOut, widths.Upper);

    /// <summary>From <see cref="LowerOut"/> and <see cref="UpperOut"/> to <see cref="Tags"/>.</summary>
    internal void RunTags(Batch batch)
    {
        network.Tags.Apply(LowerOut, 2 * widths.Lower, Tags, network.Tags.Width, batch.Rows);
        network.UpperTags.AddProduct(UpperOut, 2 * widths.Upper, Tags, network.Tags.Width, batch.Rows);
    }

    /// <summary>From <see cref="UpperOut"/> to <see cref="Roles"/>, those for arcs without their negative values.</summary>
    internal void RunRoles(Batch batch)
    {
        network.Roles.Apply(UpperOut, 2 * widths.Upper, Roles, network.Roles.Width, batch.Rows);
        for (var row = 0; row < batch.Rows; row++)
        {
            Curves.Rectify(Roles.AsSpan(row * network.Roles.Width, 2 * widths.Arc));
        }
    }

    /// <summary>From <see cref="Roles"/> to <see cref="Queries"/>.</summary>
    internal void RunQueries(Batch batch) =>
        network.Query.Apply(Roles, network.Roles.Width, Queries, widths.Arc, batch.Rows);

    /// <summary>From <see cref="Roles"/> and <see cref="Queries"/> of one sentence to <see cref="Scores"/>. Head 0 is the root, tokens count from 1.</summary>
    /// <returns>The stride.</returns>
    internal int RunScores(Batch batch, int sentence)
    {
        var length = batch.Lengths[sentence];
        var stride = Matrices.Padded(length + 1);
        var arc = widths.Arc;
        Grow(ref keys, stride * arc);
        Grow(ref queries, length * arc);
        Grow(ref scores, length * stride);
        keys.AsSpan(0, stride * arc).Clear();
        scores.AsSpan(0, length * stride).Clear();
        SetKey(keys, 0, network.Root.AsSpan(0, arc));
        for (var t = 0; t < length; t++)
        {
            var row = batch.Row(sentence, t);
            SetKey(keys, t + 1, Roles.AsSpan(row * network.Roles.Width + arc, arc));
            Queries.AsSpan(row * arc, arc).CopyTo(queries.AsSpan(t * arc));
        }
        Matrices.MultiplyAdd(
            new(queries, arc),
            new(keys, Matrices.Panel, arc * Matrices.Panel),
            new(scores, stride),
            length,
            arc,
            stride / Matrices.Panel
        );
        return stride;
    }

    /// <summary>Sets what the relation of a token to its head is told from; head 0 is the root.</summary>
    internal void SetEnds(Batch batch, int sentence, int token, int head)
    {
        var (arc, relation) = (widths.Arc, widths.Relation);
        var row = batch.Row(sentence, token);
        var dependent = Roles.AsSpan(row * network.Roles.Width + 2 * arc, relation);
        var above =
            head == 0
                ? network.Root.AsSpan(arc, relation)
                : Roles.AsSpan(batch.Row(sentence, head - 1) * network.Roles.Width + 2 * arc + relation, relation);
        var ends = Ends.AsSpan(row * relation, relation);
        for (var i = 0; i < relation; i++)
        {
            ends[i] = Math.Max(0, dependent[i] + above[i]);
        }
    }

    /// <summary>From <see cref="Ends"/> to <see cref="Relations"/>.</summary>
    internal void RunRelations(Batch batch) =>
        network.Relations.Apply(Ends, widths.Relation, Relations, network.Relations.Width, batch.Rows);

    private static void SetKey(float[] keys, int head, ReadOnlySpan<float> key)
    {
        var at = head / Matrices.Panel * key.Length * Matrices.Panel + head % Matrices.Panel;
        for (var k = 0; k < key.Length; k++)
        {
            keys[at + k * Matrices.Panel] = key[k];
        }
    }

    private static void Grow(ref float[] values, int length)
    {
        if (values.Length < length)
        {
            values = new float[length];
        }
    }

    private static void Run(Lstm[] layer, Batch batch, float[] x, int xRow, Memory[] memories, float[] y, int hidden)
    {
        for (var d = 0; d < 2; d++)
        {
            layer[d].Run(batch, x, xRow, memories[d].Gates, memories[d].Cells, y.AsSpan(d * hidden), 2 * hidden);
        }
    }

    internal sealed class Memory
    {
        internal float[] Gates { get; set; } = [];
        internal float[] Cells { get; set; } = [];
    }
}
