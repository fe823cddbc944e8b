using CyberInsights.Measure;

namespace CyberInsights.Tests.Measure;

public sealed class FalseDiscoveryTests
{
    // The worked example of Benjamini and Hochberg (1995), section 3.1: 15 probabilities, of which four are discoveries at 0.05.
    [Fact]
    public void The_example_of_the_paper_gives_its_four_discoveries()
    {
        double[] probabilities =
        [
            0.0001,
            0.0004,
            0.0019,
            0.0095,
            0.0201,
            0.0278,
            0.0298,
            0.0344,
            0.0459,
            0.3240,
            0.4262,
            0.5719,
            0.6528,
            0.7590,
            1,
        ];

        var levels = FalseDiscovery.Levels(probabilities, probabilities.Length);

        Assert.Equal(4, levels.Count(l => l <= 0.05));
        Assert.Equal(0.0095 * 15 / 4, levels[3], 1e-12);
        Assert.Equal(levels.Order(), levels);
    }

    [Fact]
    public void What_was_tested_and_is_not_given_makes_it_harder()
    {
        Assert.Equal([0.001 * 10], FalseDiscovery.Levels([0.001], 10));
        Assert.Equal([1.0], FalseDiscovery.Levels([0.2], 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => FalseDiscovery.Levels([0.1, 0.2], 1));
    }
}
