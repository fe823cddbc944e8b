using CyberInsights.Text.Syntax;

namespace CyberInsights.Tests.Text.Syntax;

public sealed class NetworkTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 7, 2)]
    [InlineData(6, 32, 3)]
    [InlineData(131, 19, 4)]
    public void A_product_is_that_of_the_school_book(int rows, int steps, int panels)
    {
        var random = new Random(rows);
        var columns = panels * Matrices.Panel;
        float[] left = [.. Enumerable.Range(0, rows * steps).Select(_ => random.NextSingle())];
        float[] right = [.. Enumerable.Range(0, steps * columns).Select(_ => random.NextSingle())];
        var result = new float[rows * columns];

        Matrices.MultiplyAdd(
            new(left, steps),
            new(right, columns, Matrices.Panel),
            new(result, columns),
            rows,
            steps,
            panels
        );

        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var expected = Enumerable.Range(0, steps).Sum(k => left[i * steps + k] * right[k * columns + j]);
                Assert.Equal(expected, result[i * columns + j], 1e-3);
            }
        }
    }

    [Fact]
    public void A_product_beyond_its_matrices_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            Matrices.MultiplyAdd(new(new float[5], 3), new(new float[48], 16, 48), new(new float[32], 16), 2, 3, 1)
        );

    [Fact]
    public void A_batch_has_the_longest_sentence_first_and_no_empty_rows()
    {
        var batch = new Batch([2, 4, 1]);

        Assert.Equal([1, 0, 2], batch.Order);
        Assert.Equal(7, batch.Rows);
        Assert.Equal([3, 2, 1, 1, 0], Enumerable.Range(0, 5).Select(batch.Active));
        Assert.Equal(
            Enumerable.Range(0, 7),
            from s in Enumerable.Range(0, 4)
            from i in Enumerable.Range(0, 3)
            where s < batch.Lengths[i]
            orderby s, i
            select batch.Row(i, s)
        );
    }

    [Fact]
    public void The_tree_found_is_the_best_of_all_trees()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            float[] scores = [.. Enumerable.Range(0, 4 * 5).Select(_ => random.NextSingle())];
            var heads = new int[4];

            Projective.Decode(scores, 5, heads);

            Assert.True(Projective.IsTree(heads));
            Assert.Equal(BestOfAll(scores, 5, 4), Sum(scores, 5, heads), 1e-5);
        }
    }

    [Theory]
    [InlineData(true, 2, 0, 2)]
    [InlineData(false, 2, 3, 1)]
    [InlineData(false, 0, 0, 1)]
    [InlineData(false, 3, 4, 0, 3)]
    [InlineData(false, 2, 1, 0)]
    public void A_tree_has_one_root_no_cycle_and_no_crossing(bool tree, params int[] heads) =>
        Assert.Equal(tree, Projective.IsTree(heads));

    private static float BestOfAll(float[] scores, int stride, int length)
    {
        var best = float.NegativeInfinity;
        var heads = new int[length];
        for (var code = 0; code < Math.Pow(length + 1, length); code++)
        {
            var rest = code;
            for (var i = 0; i < length; i++, rest /= length + 1)
            {
                heads[i] = rest % (length + 1);
            }
            if (Projective.IsTree(heads) && !heads.Where((h, i) => h == i + 1).Any())
            {
                best = Math.Max(best, Sum(scores, stride, heads));
            }
        }
        return best;
    }

    private static float Sum(float[] scores, int stride, int[] heads) =>
        heads.Select((h, i) => scores[i * stride + h]).Sum();
}
