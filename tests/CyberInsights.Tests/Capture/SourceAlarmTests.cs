using CyberInsights.Capture;

namespace CyberInsights.Tests.Capture;

public sealed class SourceAlarmTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_source_that_does_as_usual_raises_no_alarm() => Assert.Empty(Alarms(Steady(Now)));

    [Fact]
    public void A_daily_source_is_silent_after_a_week_and_not_after_two_days()
    {
        var steady = Steady(Now);

        Assert.Empty(SourceAlarm.Of(Health(steady), Now.AddDays(2)));
        var alarm = Assert.Single(SourceAlarm.Of(Health(steady), Now.AddDays(9)));

        Assert.Equal(AlarmKind.Silent, alarm.Kind);
        Assert.StartsWith("No new item for 9.2 days", alarm.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_used_to_long_pauses_is_given_twice_as_long()
    {
        var pausing = Steady(Now) with { LongestPause = 24 * 6 };

        Assert.Empty(SourceAlarm.Of(Health(pausing), Now.AddDays(9)));
        Assert.Single(SourceAlarm.Of(Health(pausing), Now.AddDays(13)));
    }

    [Fact]
    public void Two_walls_in_a_week_are_chance_and_three_are_told()
    {
        var health = Health(Steady(Now));

        Assert.Empty(SourceAlarm.Of(health with { Walls = 2 }, Now));
        Assert.Equal(AlarmKind.Walled, Assert.Single(SourceAlarm.Of(health with { Walls = 3 }, Now)).Kind);
    }

    [Fact]
    public void Two_failures_are_a_hiccup_and_three_are_told()
    {
        var health = Health(Steady(Now)) with { LastError = "No answer." };

        Assert.Empty(SourceAlarm.Of(health with { Failures = 2 }, Now));
        Assert.Equal(
            "3 failures in a row, the last: No answer.",
            Assert.Single(SourceAlarm.Of(health with { Failures = 3 }, Now)).Sentence
        );
    }

    [Fact]
    public void Documents_without_items_are_told_when_it_happens_again()
    {
        Assert.Empty(Alarms(Steady(Now) with { EmptyDocuments = 1 }));
        Assert.Equal(AlarmKind.Empty, Assert.Single(Alarms(Steady(Now) with { EmptyDocuments = 2 })).Kind);
    }

    [Fact]
    public void One_address_for_all_items_is_told() =>
        Assert.Equal(AlarmKind.OneLink, Assert.Single(Alarms(Steady(Now) with { OneLink = true })).Kind);

    [Theory]
    [InlineData(3000, 200, true)]
    [InlineData(3000, 900, false)]
    [InlineData(300, 20, false)]
    public void Texts_that_are_suddenly_short_are_told(int before, int recent, bool told)
    {
        var rhythm = Steady(Now) with { Lengths = [.. Enumerable.Repeat(before, 12), .. Enumerable.Repeat(recent, 5)] };

        Assert.Equal(told, Alarms(rhythm).Any(a => a.Kind == AlarmKind.ShortTexts));
    }

    [Fact]
    public void Another_language_is_told_when_all_recent_texts_are_in_it()
    {
        var rhythm = Steady(Now);

        Assert.Contains(Alarms(rhythm with { Languages = Languages("tr", 5) }), a => a.Kind == AlarmKind.OtherLanguage);
        Assert.DoesNotContain(
            Alarms(rhythm with { Languages = Languages("tr", 4) }),
            a => a.Kind == AlarmKind.OtherLanguage
        );

        static IReadOnlyList<string> Languages(string other, int count) =>
            [.. Enumerable.Repeat("en", 17 - count), .. Enumerable.Repeat(other, count)];
    }

    [Fact]
    public void A_paused_source_raises_no_alarm() =>
        Assert.Empty(SourceAlarm.Of(Health(Steady(Now)) with { State = SourceState.Paused, Failures = 9 }, Now));

    // One item a day at eight for three weeks.
    private static Rhythm Steady(DateTimeOffset now) =>
        Rhythm.Learn(
            null,
            [
                .. Enumerable
                    .Range(0, 13)
                    .Select(d => new RhythmItem(now.Date.AddDays(-d).AddHours(8), null, 2000, "en")),
            ],
            now
        );

    private static IReadOnlyList<SourceAlarm> Alarms(Rhythm rhythm) => SourceAlarm.Of(Health(rhythm), Now);

    private static SourceHealth Health(Rhythm rhythm) =>
        new()
        {
            Key = "daily",
            Name = "The Daily",
            Address = "https://daily.example/feed",
            State = SourceState.Active,
            Rhythm = rhythm,
        };
}
