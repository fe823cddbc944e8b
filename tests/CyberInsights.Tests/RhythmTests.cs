namespace CyberInsights.Tests;

public sealed class RhythmTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_first_document_tells_the_rate_of_its_last_two_weeks()
    {
        var rhythm = Rhythm.Learn(null, [.. Daily(10, 8)], Noon);

        // Eight in the morning for ten days: one a day, faded alike above and below the line.
        Assert.Equal(1, rhythm.PerDay, 0.15);
        Assert.Equal(Noon.AddHours(-4), rhythm.NewestAt);
        Assert.Equal(24, rhythm.LongestPause, 3);
        Assert.Empty(rhythm.Delays);
        Assert.Null(rhythm.Freshness);
    }

    [Fact]
    public void Items_older_than_two_weeks_or_from_the_future_teach_nothing()
    {
        var rhythm = Rhythm.Learn(null, [Item(Noon.AddDays(-400)), Item(Noon.AddDays(2))], Noon);

        Assert.Equal(0, rhythm.PerDay);
        Assert.Null(rhythm.NewestAt);
    }

    [Fact]
    public void The_usual_hour_is_expected_more_than_the_others()
    {
        var rhythm = Rhythm.Learn(null, [.. Daily(14, 8)], Noon);

        var morning = rhythm.Expected(Noon.Date.AddHours(8).AsUtc(), Noon.Date.AddHours(9).AsUtc());
        var evening = rhythm.Expected(Noon.Date.AddHours(20).AsUtc(), Noon.Date.AddHours(21).AsUtc());

        Assert.True(morning > 5 * evening, $"{morning} {evening}");
        Assert.InRange(rhythm.When(Noon, 0.3), Noon.AddHours(12), Noon.AddHours(21));
    }

    [Fact]
    public void A_day_without_items_lowers_what_is_expected_and_a_busy_one_raises_it()
    {
        var known = Rhythm.Learn(null, [.. Daily(10, 8)], Noon);

        var quiet = Rhythm.Learn(known, [], Noon.AddDays(10));
        var busy = Rhythm.Learn(
            known,
            [.. Enumerable.Range(1, 20).Select(i => Item(Noon.AddHours(i)))],
            Noon.AddDays(1)
        );

        Assert.True(quiet.PerDay < 0.7 * known.PerDay);
        Assert.True(busy.PerDay > 2 * known.PerDay);
        Assert.Equal(known.NewestAt, quiet.NewestAt);
    }

    [Fact]
    public void Freshness_is_the_median_delay_of_items_met_after_the_first_reading()
    {
        var known = Rhythm.Learn(null, [.. Daily(3, 8)], Noon);
        var later = Rhythm.Learn(
            known,
            [.. new[] { 2, 4, 90 }.Select(m => Item(Noon.AddMinutes(200 - m), TimeSpan.FromMinutes(m)))],
            Noon.AddMinutes(200)
        );

        Assert.Equal(TimeSpan.FromMinutes(4), later.Freshness);
    }

    [Fact]
    public void What_is_stored_comes_back()
    {
        var rhythm = Rhythm.Learn(null, [.. Daily(10, 8)], Noon) with
        {
            Pacing = new Pacing
            {
                Ttl = TimeSpan.FromMinutes(30),
                SkipHours = [1, 2],
                SkipDays = [DayOfWeek.Sunday],
            },
            EmptyDocuments = 2,
            OneLink = true,
        };

        var back = Rhythm.Parse(rhythm.ToJson())!;

        Assert.Equal(rhythm.ToJson(), back.ToJson());
        Assert.Equal([DayOfWeek.Sunday], back.Pacing.SkipDays);
        Assert.Null(Rhythm.Parse(null));
    }

    private static IEnumerable<RhythmItem> Daily(int days, int hour) =>
        Enumerable
            .Range(0, days)
            .Select(d => Item(new DateTimeOffset(Noon.Date.AddDays(-d).AddHours(hour), TimeSpan.Zero)));

    private static RhythmItem Item(DateTimeOffset at, TimeSpan? delay = null) => new(at, delay, 500, "en");
}

file static class Moments
{
    internal static DateTimeOffset AsUtc(this DateTime at) => new(at, TimeSpan.Zero);
}
