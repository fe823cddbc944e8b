using CyberInsights.Group;

namespace CyberInsights.Tests.Group;

public sealed class ClustersTests
{
    [Fact]
    public void Two_clusters_are_joined_when_all_their_pairs_are_alike_on_average()
    {
        // 0 and 1 belong together; 2 is like 0 and not like 1: on average .45.
        double[,] alike =
        {
            { 0, 0.9, 0.8 },
            { 0.9, 0, 0.1 },
            { 0.8, 0.1, 0 },
        };

        Assert.Equal([0, 0, 2], Clusters.Of(alike, 0.5));
        Assert.Equal([0, 0, 0], Clusters.Of(alike, 0.45));
        Assert.Equal([0, 1, 2], Clusters.Of(alike, 0.95));
        Assert.Equal(0.9, alike[0, 1]);
    }

    [Fact]
    public void Nothing_has_no_clusters() => Assert.Empty(Clusters.Of(new double[0, 0], 0.5));
}
