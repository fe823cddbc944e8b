using System.Globalization;
using CyberInsights.Deliver.Editions;

namespace CyberInsights.Tests.Deliver.Editions;

public sealed class EditionScheduleTests
{
    [Theory]
    [InlineData(Frequency.Daily, "2025-05-29T05:00Z", "2025-05-29T05:00Z")]
    [InlineData(Frequency.Daily, "2025-05-29T04:59Z", "2025-05-28T05:00Z")]
    // The day is that of the place: 29 May has begun there, and its hour has not come.
    [InlineData(Frequency.Daily, "2025-05-28T22:30Z", "2025-05-28T05:00Z")]
    [InlineData(Frequency.Weekly, "2025-05-29T12:00Z", "2025-05-26T05:00Z")]
    [InlineData(Frequency.Weekly, "2025-05-26T04:00Z", "2025-05-19T05:00Z")]
    // In winter the same hour is another one of UTC.
    [InlineData(Frequency.Daily, "2025-12-01T12:00Z", "2025-12-01T06:00Z")]
    public void An_edition_is_composed_for_an_hour_of_a_place(Frequency frequency, string now, string slot) =>
        Assert.Equal(At(slot), Prague(7).LastSlot(frequency, At(now)));

    [Fact]
    public void An_hour_that_the_clocks_skip_counts_as_the_next() =>
        // On 30 March 2025 there is no 02:30 in Prague: after 01:59 comes 03:00.
        Assert.Equal(At("2025-03-30T01:00Z"), Prague(2).LastSlot(Frequency.Daily, At("2025-03-30T12:00Z")));

    private static EditionSchedule Prague(int hour) =>
        new() { Hour = hour, Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Prague") };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
