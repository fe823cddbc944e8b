using CyberInsights.Capture;

namespace CyberInsights.Tests.Capture;

public sealed class FetchPlanTests
{
    private static readonly CaptureLimits Limits = new();

    [Theory]
    [InlineData(0, 15)]
    [InlineData(0.999, 16.4985)]
    public void While_nothing_is_known_the_next_fetch_is_after_the_interval_or_up_to_a_tenth_later(
        double chance,
        double minutes
    ) => Assert.Equal(minutes, Minutes(FetchPlan.AfterSuccess(Some.Moment, null, null, Limits, chance)), 3);

    [Fact]
    public void A_busy_source_is_fetched_every_five_minutes_and_a_quiet_one_every_six_hours()
    {
        Assert.Equal(5, Minutes(Next(Publishing(everyHours: 0.1))), 3);
        Assert.Equal(6 * 60, Minutes(Next(Publishing(everyHours: 300))), 3);
        // Twelve a day: one in seven fetches finds something.
        Assert.InRange(Minutes(Next(Publishing(everyHours: 2))), 14, 22);
    }

    [Theory]
    [InlineData(60, null, 60)]
    [InlineData(null, 45, 45)]
    [InlineData(60, 90, 90)]
    [InlineData(1, 1, 5)]
    [InlineData(100_000, null, 6 * 60)]
    public void What_the_publisher_says_is_heeded_within_reason(int? maxAge, int? ttl, double minutes)
    {
        var rhythm = Publishing(everyHours: 0.1) with
        {
            Pacing = new Pacing { Ttl = ttl is { } t ? TimeSpan.FromMinutes(t) : null },
        };

        var next = FetchPlan.AfterSuccess(
            Some.Moment,
            rhythm,
            maxAge is { } m ? TimeSpan.FromMinutes(m) : null,
            Limits,
            0
        );

        Assert.Equal(minutes, Minutes(next), 3);
    }

    [Fact]
    public void Hours_and_days_in_which_nothing_appears_are_left_out()
    {
        var rhythm = Publishing(everyHours: 0.1);
        var at = new DateTimeOffset(2026, 3, 6, 22, 58, 0, TimeSpan.Zero); // a Friday

        Assert.Equal(new DateTimeOffset(2026, 3, 7, 1, 0, 0, TimeSpan.Zero), Skipping([23, 0], []));
        Assert.Equal(
            new DateTimeOffset(2026, 3, 9, 0, 0, 0, TimeSpan.Zero),
            Skipping([23], [DayOfWeek.Saturday, DayOfWeek.Sunday])
        );
        Assert.Equal(at.AddMinutes(5), Skipping([.. Enumerable.Range(0, 24)], []));

        DateTimeOffset Skipping(int[] hours, DayOfWeek[] days) =>
            FetchPlan.AfterSuccess(
                at,
                rhythm with
                {
                    Pacing = new Pacing { SkipHours = hours, SkipDays = days },
                },
                null,
                Limits,
                0
            );
    }

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

    private static DateTimeOffset Next(Rhythm rhythm) => FetchPlan.AfterSuccess(Some.Moment, rhythm, null, Limits, 0);

    private static Rhythm Publishing(double everyHours) =>
        Rhythm.Learn(
            null,
            [
                .. Enumerable
                    .Range(0, (int)(14 * 24 / everyHours) + 1)
                    .Select(i => new RhythmItem(Some.Moment.AddHours(-everyHours * i), null, 500, "en")),
            ],
            Some.Moment
        );

    private static double Minutes(DateTimeOffset dueAt) => (dueAt - Some.Moment).TotalMinutes;
}
