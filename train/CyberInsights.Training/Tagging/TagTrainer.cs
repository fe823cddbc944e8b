using CyberInsights.Recognise.Tagging;

namespace CyberInsights.Training.Tagging;

/// <summary>
/// An averaged structured perceptron (Collins 2002): a sentence whose best sequence is wrong moves the weights from the wrong features to
/// the right ones; the mean over all steps is the model. The same lessons give the same bytes.
/// </summary>
internal sealed class TagTrainer
{
    private const int Epochs = 12;

    // The order of the sentences alone moves a single run by a point; the mean of a few is steadier.
    private const int Runs = 4;

    // A feature met once in training tells nothing.
    private const int MinCount = 2;

    private readonly Dictionary<uint, int> places = [];
    private readonly List<(int[][] Features, int[] Tags)> lessons;
    private readonly float[] weights;
    private readonly float[] sums;
    private readonly float[] means;
    private readonly float[] pairs = new float[Tag.Count * Tag.Count];
    private readonly float[] pairSums = new float[Tag.Count * Tag.Count];
    private readonly float[] pairMeans = new float[Tag.Count * Tag.Count];
    private readonly Random random = new(20261129);
    private float step;

    internal TagTrainer(IReadOnlyList<Lesson> given)
    {
        var counts = new Dictionary<uint, int>();
        foreach (var feature in given.SelectMany(l => l.Features).SelectMany(f => f))
        {
            counts[(uint)feature] = counts.GetValueOrDefault((uint)feature) + 1;
        }
        foreach (var (feature, count) in counts)
        {
            if (count >= MinCount)
            {
                places.Add(feature, places.Count * Tag.Count);
            }
        }
        lessons = [.. given.Select(l => (l.Features.Select(Places).ToArray(), l.Tags))];
        weights = new float[places.Count * Tag.Count];
        sums = new float[weights.Length];
        means = new float[weights.Length];
    }

    private int[] Places(ulong[] features) =>
        [.. features.Where(f => places.ContainsKey((uint)f)).Select(f => places[(uint)f])];

    internal TagModel Train()
    {
        for (var run = 0; run < Runs; run++)
        {
            step = 1;
            for (var epoch = 0; epoch < Epochs; epoch++)
            {
                var order = Enumerable.Range(0, lessons.Count).ToArray();
                random.Shuffle(order);
                foreach (var i in order)
                {
                    Learn(lessons[i].Features, lessons[i].Tags);
                    step++;
                }
            }
            Close(weights, sums, means);
            Close(pairs, pairSums, pairMeans);
        }
        return Model();
    }

    private void Close(float[] values, float[] valueSums, float[] valueMeans)
    {
        for (var i = 0; i < values.Length; i++)
        {
            valueMeans[i] += (values[i] - (valueSums[i] / step)) / Runs;
        }
        Array.Clear(values);
        Array.Clear(valueSums);
    }

    private void Learn(int[][] features, int[] tags)
    {
        var guess = Decode(features);
        for (var i = 0; i < tags.Length; i++)
        {
            var (before, guessBefore) = i == 0 ? (Tag.Outside, Tag.Outside) : (tags[i - 1], guess[i - 1]);
            if (tags[i] == guess[i] && before == guessBefore)
            {
                continue;
            }
            Move(pairs, pairSums, (before * Tag.Count) + tags[i], 1);
            Move(pairs, pairSums, (guessBefore * Tag.Count) + guess[i], -1);
            if (tags[i] != guess[i])
            {
                foreach (var place in features[i])
                {
                    Move(weights, sums, place + tags[i], 1);
                    Move(weights, sums, place + guess[i], -1);
                }
            }
        }
    }

    // The mean of a weight over all steps is its last value less what it would have been without the steps before each change.
    private void Move(float[] values, float[] valueSums, int at, float by)
    {
        values[at] += by;
        valueSums[at] += step * by;
    }

    private int[] Decode(int[][] features)
    {
        var length = features.Length;
        var best = new float[length, Tag.Count];
        var from = new int[length, Tag.Count];
        Span<float> local = stackalloc float[Tag.Count];
        for (var i = 0; i < length; i++)
        {
            local.Clear();
            foreach (var place in features[i])
            {
                for (var tag = 0; tag < Tag.Count; tag++)
                {
                    local[tag] += weights[place + tag];
                }
            }
            for (var tag = 0; tag < Tag.Count; tag++)
            {
                var (score, chosen) = (float.NegativeInfinity, Tag.Outside);
                for (var before = 0; before < Tag.Count; before++)
                {
                    if (Tag.Follows(tag, before) && (i > 0 || before == Tag.Outside))
                    {
                        var sum = (i == 0 ? 0 : best[i - 1, before]) + pairs[(before * Tag.Count) + tag];
                        (score, chosen) = sum > score ? (sum, before) : (score, chosen);
                    }
                }
                best[i, tag] = score + local[tag];
                from[i, tag] = chosen;
            }
        }
        return Follow(best, from, length);
    }

    private static int[] Follow(float[,] best, int[,] from, int length)
    {
        var tags = new int[length];
        for (var tag = 1; tag < Tag.Count; tag++)
        {
            tags[^1] = best[length - 1, tag] > best[length - 1, tags[^1]] ? tag : tags[^1];
        }
        for (var i = length - 1; i > 0; i--)
        {
            tags[i - 1] = from[i, tags[i]];
        }
        return tags;
    }

    private TagModel Model()
    {
        var features = new Dictionary<uint, short[]>();
        foreach (var (feature, place) in places)
        {
            var row = new short[Tag.Count];
            for (var tag = 0; tag < Tag.Count; tag++)
            {
                row[tag] = Rounded(means[place + tag]);
            }
            if (row.Any(w => w != 0))
            {
                features.Add(feature, row);
            }
        }
        return new TagModel(features, [.. pairMeans.Select(Rounded)]);
    }

    private static short Rounded(float weight) =>
        (short)Math.Clamp(MathF.Round(weight / TagModel.Step), short.MinValue, short.MaxValue);
}
