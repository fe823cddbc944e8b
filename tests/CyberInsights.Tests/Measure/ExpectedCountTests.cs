using CyberInsights.Measure;

namespace CyberInsights.Tests.Measure;

public sealed class ExpectedCountTests
{
    // With shape 1 a negative binomial count is geometric: P(k or more) = (mean / (1 + mean))^k.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void The_tail_of_a_geometric_count_is_exact_however_far_out(int count)
    {
        var expected = new ExpectedCount(2, 1);

        var exact = Math.Pow(2.0 / 3, count);
        Assert.InRange(expected.AtLeast(count) / exact, 1 - 1e-9, 1 + 1e-9);
        Assert.Equal(1 - exact, expected.AtMost(count - 1), 1e-12);
    }

    // Poisson, mean 3: P(8 or more) = 0.011905, P(0) = e^-3.
    [Fact]
    public void A_large_shape_gives_a_poisson_count()
    {
        var expected = new ExpectedCount(3, 1e9);

        Assert.Equal(0.0119045, expected.AtLeast(8), 1e-6);
        Assert.Equal(Math.Exp(-3), expected.AtMost(0), 1e-6);
    }

    [Fact]
    public void A_small_shape_leaves_more_to_chance_at_the_same_mean() =>
        Assert.True(new ExpectedCount(5, 2).AtLeast(15) > 10 * new ExpectedCount(5, 1e9).AtLeast(15));

    [Theory]
    [InlineData(0.5)]
    [InlineData(5)]
    [InlineData(80)]
    public void A_quantile_is_the_smallest_count_that_leaves_no_more_than_its_share_above(double mean)
    {
        var expected = new ExpectedCount(mean, 3);

        var high = expected.Quantile(0.95);

        Assert.True(expected.AtMost(high) >= 0.95);
        Assert.True(high == 0 || expected.AtMost(high - 1) < 0.95);
    }

    [Fact]
    public void Where_nothing_is_told_nothing_is_expected()
    {
        var nothing = new ExpectedCount(0, 1);

        Assert.Equal(
            (1.0, 0.0, 1.0, 0),
            (nothing.AtLeast(0), nothing.AtLeast(1), nothing.AtMost(0), nothing.Quantile(0.95))
        );
    }
}
