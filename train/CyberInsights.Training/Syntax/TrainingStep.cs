using CyberInsights.Text.Syntax;

namespace CyberInsights.Training.Syntax;

/// <summary>A sentence as the network is trained on it.</summary>
/// <param name="Rows">Of each token its rows in the lexicon; the first is that of the word.</param>
/// <param name="Forms">Whether the second row of a token is that of its form as written.</param>
/// <param name="Rarity">Of each token the share of times that its word is taken for an unknown one.</param>
/// <param name="Heads">0 for the root, tokens from 1.</param>
internal sealed record Lesson(
    int[][] Rows,
    bool[] Forms,
    float[] Rarity,
    int[] Upos,
    int[] Xpos,
    int[] Heads,
    int[] Relations
);

/// <summary>Shares of values that are left out while training.</summary>
internal sealed record Dropout(float Words, float Lower, float Upper, float Roles);

/// <summary>Forward and back through the network for some sentences; slopes are gathered in a network of their own.</summary>
internal sealed class TrainingStep(School school, Dictionary<Dense, Dense> back, Dropout dropout)
{
    // Heads of less probability than this move nothing.
    private const float Negligible = 1e-4f;

    private readonly Network network = school.Network;
    private readonly Widths widths = school.Network.Widths;
    private readonly Activations a = new(school.Network);
    private ulong random;

    internal Network Slopes { get; } = school.Network.Blank();
    internal Dense BridgeSlopes { get; } = new(WordVectors.Width, school.Network.Widths.Word);
    internal HashSet<int> TouchedRows { get; } = [];

    /// <summary>Loss of the last run, summed over tokens.</summary>
    internal double Loss { get; private set; }

    internal void Clear()
    {
        foreach (var weights in Slopes.Weights)
        {
            Array.Clear(weights);
        }
        foreach (var row in TouchedRows)
        {
            Slopes.Lexicon.Vectors.AsSpan(row * widths.Word, widths.Word).Clear();
        }
        TouchedRows.Clear();
        Array.Clear(BridgeSlopes.Weights);
        Loss = 0;
    }

    /// <param name="scale">One over the tokens of the whole batch.</param>
    internal void Run(IReadOnlyList<Lesson> lessons, float scale, ulong seed)
    {
        if (lessons.Count == 0)
        {
            return;
        }
        random = seed * 0x9E3779B97F4A7C15 + 0x1234567;
        var batch = new Batch([.. lessons.Select(l => l.Heads.Length)]);
        a.Reserve(batch.Rows);
        var rows = SetWords(batch, lessons);
        var gathered = school.Pretrained.Gather([.. rows.Select(r => r[0])]);
        school.Pretrained.Bridge.AddProduct(gathered, WordVectors.Width, a.Words, widths.Word, batch.Rows);
        var wordMask = Mask(a.Words, batch.Rows * widths.Word, dropout.Words);
        a.RunLower(batch);
        var lowerFull = a.LowerOut.ToArray();
        var lowerMask = Mask(a.LowerOut, batch.Rows * 2 * widths.Lower, dropout.Lower);
        a.RunUpper(batch);
        var upperFull = a.UpperOut.ToArray();
        var upperMask = Mask(a.UpperOut, batch.Rows * 2 * widths.Upper, dropout.Upper);
        a.RunTags(batch);
        a.RunRoles(batch);
        var roleMask = Mask(a.Roles, batch.Rows * network.Roles.Width, dropout.Roles);
        a.RunQueries(batch);

        var dLower = new float[a.LowerOut.Length];
        var dUpper = new float[a.UpperOut.Length];
        BackHeads(batch, lessons, scale, roleMask, dUpper);
        BackTags(batch, lessons, scale, dLower, dUpper);
        Scale(dUpper, upperMask);
        BackMemories(
            network.Upper,
            Slopes.Upper,
            batch,
            (a.LowerOut, 2 * widths.Lower),
            a.Upper,
            upperFull,
            dUpper,
            dLower
        );
        Scale(dLower, lowerMask);
        var dWords = new float[a.Words.Length];
        BackMemories(network.Lower, Slopes.Lower, batch, (a.Words, widths.Word), a.Lower, lowerFull, dLower, dWords);
        Scale(dWords, wordMask);
        BackWords(rows, dWords);
        Layers.AddWeights(BridgeSlopes, gathered, WordVectors.Width, dWords, widths.Word, batch.Rows);
    }

    /// <summary>Adds what another has gathered.</summary>
    internal void AddSlopes(TrainingStep other)
    {
        foreach (var (sum, more) in Slopes.Weights.Zip(other.Slopes.Weights))
        {
            Floats.Add(sum, more, 1);
        }
        Floats.Add(BridgeSlopes.Weights, other.BridgeSlopes.Weights, 1);
        foreach (var row in other.TouchedRows)
        {
            TouchedRows.Add(row);
            var more = other.Slopes.Lexicon.Vectors.AsSpan(row * widths.Word, widths.Word);
            Floats.Add(Slopes.Lexicon.Vectors.AsSpan(row * widths.Word, widths.Word), more, 1);
        }
    }

    private int[][] SetWords(Batch batch, IReadOnlyList<Lesson> lessons)
    {
        var rows = new int[batch.Rows][];
        for (var s = 0; s < lessons.Count; s++)
        {
            var lesson = lessons[batch.Order[s]];
            for (var t = 0; t < lesson.Rows.Length; t++)
            {
                var row = batch.Row(s, t);
                rows[row] =
                    Uniform() < lesson.Rarity[t]
                        ? [0, .. lesson.Rows[t].Skip(lesson.Forms[t] ? 2 : 1)]
                        : lesson.Rows[t];
                network.Lexicon.Sum(rows[row], a.Words.AsSpan(row * widths.Word, widths.Word));
            }
        }
        return rows;
    }

    private void BackWords(int[][] rows, float[] dWords)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var slope = dWords.AsSpan(i * widths.Word, widths.Word);
            foreach (var row in rows[i])
            {
                TouchedRows.Add(row);
                var sum = Slopes.Lexicon.Vectors.AsSpan(row * widths.Word, widths.Word);
                Floats.Add(sum, slope, 1);
            }
        }
    }

    private void BackTags(Batch batch, IReadOnlyList<Lesson> lessons, float scale, float[] dLower, float[] dUpper)
    {
        var (width, upos) = (network.Tags.Width, network.Labels.Upos.Length);
        for (var s = 0; s < lessons.Count; s++)
        {
            var lesson = lessons[batch.Order[s]];
            for (var t = 0; t < lesson.Heads.Length; t++)
            {
                var tags = a.Tags.AsSpan(batch.Row(s, t) * width, width);
                Loss += Softmax(tags[..upos], lesson.Upos[t], scale);
                Loss += Softmax(tags.Slice(upos, network.Labels.Xpos.Length), lesson.Xpos[t], scale);
                tags[(upos + network.Labels.Xpos.Length)..].Clear();
            }
        }
        Back(network.Tags, Slopes.Tags, a.LowerOut, 2 * widths.Lower, a.Tags, batch.Rows, dLower, 2 * widths.Lower);
        Back(
            network.UpperTags,
            Slopes.UpperTags,
            a.UpperOut,
            2 * widths.Upper,
            a.Tags,
            batch.Rows,
            dUpper,
            2 * widths.Upper
        );
    }

    private void BackHeads(Batch batch, IReadOnlyList<Lesson> lessons, float scale, float[] roleMask, float[] dUpper)
    {
        var (arc, width) = (widths.Arc, network.Roles.Width);
        var dRoles = new float[batch.Rows * width];
        var dQueries = new float[batch.Rows * arc];
        for (var s = 0; s < lessons.Count; s++)
        {
            BackArcs(batch, s, lessons[batch.Order[s]].Heads, scale, dRoles, dQueries);
            for (var t = 0; t < batch.Lengths[s]; t++)
            {
                a.SetEnds(batch, s, t, lessons[batch.Order[s]].Heads[t]);
            }
        }
        BackRelations(batch, lessons, scale, dRoles);
        Back(network.Query, Slopes.Query, a.Roles, width, dQueries, batch.Rows, dRoles, width);
        Scale(dRoles, roleMask);
        for (var row = 0; row < batch.Rows; row++)
        {
            for (var j = 0; j < 2 * arc; j++)
            {
                dRoles[row * width + j] = a.Roles[row * width + j] > 0 ? dRoles[row * width + j] : 0;
            }
        }
        Back(network.Roles, Slopes.Roles, a.UpperOut, 2 * widths.Upper, dRoles, batch.Rows, dUpper, 2 * widths.Upper);
    }

    private void BackArcs(Batch batch, int s, int[] heads, float scale, float[] dRoles, float[] dQueries)
    {
        var (arc, width) = (widths.Arc, network.Roles.Width);
        var stride = a.RunScores(batch, s);
        for (var t = 0; t < heads.Length; t++)
        {
            var row = a.Scores.AsSpan(t * stride, heads.Length + 1);
            row[t + 1] = float.NegativeInfinity;
            Loss += Softmax(row, heads[t], scale);
            var query = a.Queries.AsSpan(batch.Row(s, t) * arc, arc);
            var dQuery = dQueries.AsSpan(batch.Row(s, t) * arc, arc);
            for (var h = 0; h <= heads.Length; h++)
            {
                var d = row[h];
                if (Math.Abs(d) < Negligible * scale)
                {
                    continue;
                }
                var key = h == 0 ? network.Root.AsSpan(0, arc) : a.Roles.AsSpan(batch.Row(s, h - 1) * width + arc, arc);
                var dKey = h == 0 ? Slopes.Root.AsSpan(0, arc) : dRoles.AsSpan(batch.Row(s, h - 1) * width + arc, arc);
                Floats.Add(dQuery, key, d);
                Floats.Add(dKey, query, d);
            }
        }
    }

    private void BackRelations(Batch batch, IReadOnlyList<Lesson> lessons, float scale, float[] dRoles)
    {
        var (width, ends) = (network.Relations.Width, widths.Relation);
        a.RunRelations(batch);
        for (var s = 0; s < lessons.Count; s++)
        {
            var lesson = lessons[batch.Order[s]];
            for (var t = 0; t < lesson.Heads.Length; t++)
            {
                var relations = a.Relations.AsSpan(batch.Row(s, t) * width, width);
                Loss += Softmax(relations[..network.Labels.Relations.Length], lesson.Relations[t], scale);
                relations[network.Labels.Relations.Length..].Clear();
            }
        }
        var dEnds = new float[batch.Rows * ends];
        Back(network.Relations, Slopes.Relations, a.Ends, ends, a.Relations, batch.Rows, dEnds, ends);
        for (var s = 0; s < lessons.Count; s++)
        {
            var heads = lessons[batch.Order[s]].Heads;
            for (var t = 0; t < heads.Length; t++)
            {
                var row = batch.Row(s, t);
                var at = row * network.Roles.Width + 2 * widths.Arc;
                var (above, offset) =
                    heads[t] == 0
                        ? (Slopes.Root, widths.Arc)
                        : (dRoles, batch.Row(s, heads[t] - 1) * network.Roles.Width + 2 * widths.Arc + ends);
                for (var j = 0; j < ends; j++)
                {
                    if (a.Ends[row * ends + j] > 0)
                    {
                        dRoles[at + j] += dEnds[row * ends + j];
                        above[offset + j] += dEnds[row * ends + j];
                    }
                }
            }
        }
    }

    private void BackMemories(
        Lstm[] layer,
        Lstm[] slopes,
        Batch batch,
        (float[] X, int Row) x,
        Activations.Memory[] memories,
        float[] y,
        float[] dy,
        float[] dx
    )
    {
        for (var d = 0; d < 2; d++)
        {
            var offset = d * layer[d].Hidden;
            Layers.Back(
                layer[d],
                (back[layer[d].Input], back[layer[d].Recurrent]),
                slopes[d],
                batch,
                x,
                memories[d],
                (y, offset, 2 * layer[d].Hidden),
                (dy, offset),
                dx
            );
        }
    }

    private void Back(Dense layer, Dense slopes, float[] x, int xRow, float[] dy, int rows, float[] dx, int dxRow)
    {
        Layers.AddWeights(slopes, x, xRow, dy, layer.Width, rows);
        Layers.AddBias(slopes, dy, layer.Width, rows);
        back[layer].AddProduct(dy, layer.Width, dx, dxRow, rows);
    }

    // Scores become their slopes; the return value is the loss.
    private static double Softmax(Span<float> scores, int gold, float scale)
    {
        var most = float.NegativeInfinity;
        foreach (var score in scores)
        {
            most = Math.Max(most, score);
        }
        var sum = 0f;
        foreach (ref var score in scores)
        {
            score = MathF.Exp(score - most);
            sum += score;
        }
        var loss = -Math.Log(Math.Max(scores[gold] / sum, 1e-12));
        foreach (ref var score in scores)
        {
            score *= scale / sum;
        }
        scores[gold] -= scale;
        return loss;
    }

    private float[] Mask(float[] values, int count, float share)
    {
        var mask = new float[values.Length];
        var kept = 1 / (1 - share);
        for (var i = 0; i < count; i++)
        {
            mask[i] = Uniform() < share ? 0 : kept;
            values[i] *= mask[i];
        }
        return mask;
    }

    private static void Scale(float[] slopes, float[] mask)
    {
        Floats.Multiply(slopes, mask);
    }

    // xorshift64* (Vigna, 2016).
    private float Uniform()
    {
        random ^= random >> 12;
        random ^= random << 25;
        random ^= random >> 27;
        return ((random * 0x2545F4914F6CDD1D) >> 40) * (1f / (1 << 24));
    }
}
