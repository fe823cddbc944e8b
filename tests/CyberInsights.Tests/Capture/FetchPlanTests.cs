using CyberInsights.Capture;

namespace CyberInsights.Tests.Capture;

public sealed class FetchPlanTests
{
    private static readonly CaptureLimits Limits = new();

    [Theory]
    [InlineData(0, 15)]
    [InlineData(0.999, 16.4985)]
    public void After_a_success_the_next_fetch_is_after_the_interval_or_up_to_a_tenth_later(
        double chance,
        double minutes
    ) => Assert.Equal(minutes, Minutes(FetchPlan.AfterSuccess(Some.Moment, Limits, chance)), 3);

    [Theory]
    [InlineData(1, 0, 15)]
    [InlineData(1, 0.5, 15)]
    [InlineData(2, 0.5, 30)]
    [InlineData(2, 0, 24)]
    [InlineData(2, 0.999, 35.988)]
    [InlineData(3, 0.5, 60)]
    [InlineData(4, 0.5, 120)]
    [InlineData(5, 0.5, 240)]
    [InlineData(6, 0.5, 480)]
    [InlineData(7, 0.5, 960)]
    [InlineData(8, 0.5, 24 * 60)]
    [InlineData(1000, 0.5, 24 * 60)]
    [InlineData(int.MaxValue, 0.999, 24 * 60)]
    public void Failures_in_a_row_double_the_wait_up_to_a_day(int failures, double chance, double minutes) =>
        Assert.Equal(minutes, Minutes(FetchPlan.AfterFailure(Some.Moment, failures, Limits, chance)), 3);

    [Theory]
    [InlineData(15, 0, 15)]
    [InlineData(60, 0, 60)]
    [InlineData(60, 0.999, 62.997)]
    [InlineData(48 * 60, 0, 48 * 60)]
    [InlineData(null, 0.5, 30)]
    public void A_publishers_own_time_is_never_undercut(int? retryAfter, double chance, double minutes) =>
        Assert.Equal(
            minutes,
            Minutes(
                FetchPlan.AfterThrottle(
                    Some.Moment,
                    retryAfter is { } m ? TimeSpan.FromMinutes(m) : null,
                    failures: 2,
                    Limits,
                    chance
                )
            ),
            3
        );

    [Fact]
    public void A_host_that_is_down_for_a_week_is_asked_less_than_forty_times()
    {
        var (now, asked) = (Some.Moment, 0);
        while (now < Some.Moment.AddDays(7))
        {
            now = FetchPlan.AfterFailure(now, ++asked, Limits, chance: 0);
        }

        Assert.InRange(asked, 8, 40);
    }

    private static double Minutes(DateTimeOffset dueAt) => (dueAt - Some.Moment).TotalMinutes;
}
