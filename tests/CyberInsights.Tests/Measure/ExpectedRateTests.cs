using CyberInsights.Measure;

namespace CyberInsights.Tests.Measure;

public sealed class ExpectedRateTests
{
    private static readonly DateTimeOffset Today = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly Prior Prior = Prior.Of(200, 200, 100);

    [Fact]
    public void A_steady_share_of_the_archive_is_expected_of_what_it_tells_now()
    {
        var archive = Archive(_ => 200);

        var whole = ExpectedRate.Of(Past(_ => 10), archive, Prior, Today, 200);
        var quiet = ExpectedRate.Of(Past(_ => 10), archive, Prior, Today, 40);

        Assert.Equal(10, whole.Mean, 0.1);
        Assert.Equal(2, quiet.Mean, 0.02);
    }

    [Fact]
    public void A_quiet_weekend_of_the_whole_archive_changes_nothing_in_what_is_expected_on_a_workday()
    {
        static bool Weekend(int ago) => Today.AddDays(-ago).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

        var expected = ExpectedRate.Of(
            Past(ago => Weekend(ago) ? 2 : 10),
            Archive(ago => Weekend(ago) ? 40 : 200),
            Prior,
            Today,
            200
        );

        Assert.Equal(10, expected.Mean, 0.1);
    }

    [Fact]
    public void An_earlier_burst_hardly_moves_what_is_usual()
    {
        var archive = Archive(_ => 200);

        var calm = ExpectedRate.Of(Past(_ => 2), archive, Prior, Today, 200);
        var burst = ExpectedRate.Of(Past(ago => ago is >= 10 and < 15 ? 60 : 2), archive, Prior, Today, 200);

        Assert.InRange(burst.Mean, calm.Mean, 2 * calm.Mean);
        Assert.True(burst.AtLeast(30) < 1e-6);
    }

    [Fact]
    public void What_is_older_counts_less()
    {
        var archive = Archive(_ => 200);

        var ceased = ExpectedRate.Of(Past(ago => ago > 60 ? 3 : 0), archive, Prior, Today, 200);
        var grown = ExpectedRate.Of(Past(ago => ago <= 30 ? 3 : 0), archive, Prior, Today, 200);

        Assert.True(grown.Mean > 2 * ceased.Mean);
    }

    [Fact]
    public void What_came_to_stay_is_learned_within_weeks()
    {
        var archive = Archive(_ => 200);

        var expected = ExpectedRate.Of(Past(ago => ago <= 30 ? 8 : 0), archive, Prior, Today, 200);

        Assert.True(expected.AtLeast(8) > 0.01);
    }

    [Fact]
    public void A_name_without_a_past_surprises_an_archive_that_has_one_and_not_one_that_has_none()
    {
        var old = ExpectedRate.Of([], Archive(_ => 200), Prior, Today, 200);
        var young = ExpectedRate.Of([], new ArchivePast([]), Prior, Today, 200);

        Assert.True(old.AtLeast(3) < 1e-5);
        Assert.True(young.AtLeast(4) > 0.05);
    }

    [Fact]
    public void Counts_are_wider_than_poisson_counts_however_long_the_past()
    {
        var expected = ExpectedRate.Of(Past(_ => 40), Archive(_ => 200), Prior, Today, 200);

        Assert.InRange(expected.Shape, 1, 8);
    }

    // Nothing happens: 300 subjects are told of at constant rates, on archives that are busier on some days than on others.
    [Fact]
    public void Of_subjects_that_do_not_change_hardly_any_is_called_surprising()
    {
        var chance = new Random(7);
        var rates = Enumerable.Range(0, 300).Select(i => 0.02 * Math.Pow(1.025, i)).ToArray();
        var told = Enumerable
            .Range(0, 60)
            .Select(day => rates.Select(rate => Poisson(chance, rate * (day % 7 < 2 ? 0.3 : 1))).ToArray())
            .ToArray();
        var alarms = 0;
        for (var day = 30; day < 60; day++)
        {
            var now = Today.AddDays(day);
            var archive = new ArchivePast(
                Enumerable.Range(0, day).Select(d => new DayCount(Today.AddDays(d), told[d].Sum()))
            );
            var volume = told[day].Sum();
            var prior = Prior.Of(volume, volume, told[day].Count(c => c > 0));
            var probabilities = Enumerable
                .Range(0, rates.Length)
                .Select(i =>
                    ExpectedRate
                        .Of(
                            Enumerable
                                .Range(0, day)
                                .Where(d => told[d][i] > 0)
                                .Select(d => new DayCount(Today.AddDays(d), told[d][i])),
                            archive,
                            prior,
                            now,
                            volume
                        )
                        .AtLeast(told[day][i])
                )
                .Order()
                .ToList();
            alarms += FalseDiscovery.Levels(probabilities, probabilities.Count).Count(l => l <= BurstFinder.Level);
        }

        Assert.InRange(alarms, 0, 3);
    }

    private static ArchivePast Archive(Func<int, double> volume) => new(Past(volume));

    private static IEnumerable<DayCount> Past(Func<int, double> count) =>
        Enumerable
            .Range(0, 90)
            .Select(i => 90 - i)
            .Where(ago => count(ago) > 0)
            .Select(ago => new DayCount(Today.AddDays(-ago), count(ago)));

    // Knuth, The Art of Computer Programming 2, 3.4.1.
    private static int Poisson(Random chance, double mean)
    {
        var (count, product, least) = (0, chance.NextDouble(), Math.Exp(-mean));
        while (product > least)
        {
            (count, product) = (count + 1, product * chance.NextDouble());
        }
        return count;
    }
}
