using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2025, 5, 28, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 15)]
    [InlineData("899", 15)]
    [InlineData("900", 15)]
    [InlineData("960", 16)]
    [InlineData("172800", 48 * 60)]
    [InlineData("172801", 48 * 60)]
    [InlineData("99999999999999999999999999999", 48 * 60)]
    [InlineData(" 3600 ", 60)]
    [InlineData("Wed, 28 May 2025 14:00:00 GMT", 120)]
    [InlineData("Wednesday, 28-May-25 14:00:00 GMT", 120)]
    [InlineData("Wed May 28 14:00:00 2025", 120)]
    [InlineData("Wed, 28 May 2025 11:00:00 GMT", 15)]
    [InlineData("Thu, 01 Jan 2099 00:00:00 GMT", 48 * 60)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", 15)]
    [InlineData("soon", null)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("100000000000000000000000000000000000000000", null)]
    [InlineData("Wed, 99 May 2025 14:00:00 GMT", null)]
    public void A_wait_is_kept_between_15_minutes_and_48_hours(string? header, int? minutes) =>
        Assert.Equal(minutes, RetryAfter.Read(header, Now, new OutboundLimits())?.TotalMinutes);
}
