using System.Globalization;
using CyberInsights.Text;

namespace CyberInsights.Tests.Text;

public sealed class DatesTests
{
    [Theory]
    // RFC 822 and 2822, as written and as mistaken.
    [InlineData("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z")]
    [InlineData("Fri, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z")]
    [InlineData("Tues, 1 Sept 2026 10:00 EST", "2026-09-01T15:00:00Z")]
    [InlineData("01 Jan 04 19:48 GMT", "2004-01-01T19:48:00Z")]
    [InlineData("1 Jan 99 19:48:21 +0100", "1999-01-01T18:48:21Z")]
    [InlineData("Thu, 01 Jan 2004 19:48:21 -0330", "2004-01-01T23:18:21Z")]
    [InlineData("Thu, 01 Jan 2004 19:48:21", "2004-01-01T19:48:21Z")]
    [InlineData("Thu,01 Jan 2004  19:48:21 PDT", "2004-01-02T02:48:21Z")]
    [InlineData("Thu, 01 Jan 2004 19:48:21 MET", "2004-01-01T18:48:21Z")]
    [InlineData("Thu, 1 Jan 2004 19:48:21 GMT+2", "2004-01-01T17:48:21Z")]
    [InlineData("Mon, 26 January 2004 16:31:00 ET", "2004-01-26T21:31:00Z")]
    [InlineData("Thu, 31 Dec 2015 23:59:60 GMT", "2015-12-31T23:59:59Z")]
    [InlineData("Thu, 01 Jan 2004 24:00:00 GMT", "2004-01-02T00:00:00Z")]
    [InlineData("Wed, 28 May 2025 11:30:00 +0200 (CEST)", "2025-05-28T09:30:00Z")]
    // asctime, and the free forms of people.
    [InlineData("Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z")]
    [InlineData("Sun Jan 4 16:29:06 2004", "2004-01-04T16:29:06Z")]
    [InlineData("January 5, 2024 3:07 PM", "2024-01-05T15:07:00Z")]
    [InlineData("May 28, 2025 at 12:05 a.m. UTC", "2025-05-28T00:05:00Z")]
    [InlineData("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z")]
    [InlineData("7 Jun 2023 10:00 EST", "2023-06-07T15:00:00Z")]
    // W3C-DTF and ISO 8601.
    [InlineData("2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z")]
    [InlineData("2003-12-31T10:14:55.25+01:00", "2003-12-31T09:14:55Z")]
    [InlineData("2003-12-31 10:14:55", "2003-12-31T10:14:55Z")]
    [InlineData("2003-12-31T10:14-0500", "2003-12-31T15:14:00Z")]
    [InlineData("20031231T101455Z", "2003-12-31T10:14:55Z")]
    [InlineData("2003-335", "2003-12-01T00:00:00Z")]
    [InlineData("2004-07-08 23:56:58.0", "2004-07-08T23:56:58Z")]
    [InlineData("2024-02-29T12:00:00 +0530", "2024-02-29T06:30:00Z")]
    [InlineData("2025-05-28T09:30:00Europe/Prague", "2025-05-28T09:30:00Z")]
    // Numbers.
    [InlineData("1714557600", "2024-05-01T10:00:00Z")]
    [InlineData("1714557600123", "2024-05-01T10:00:00.123Z")]
    [InlineData("20240501100000", "2024-05-01T10:00:00Z")]
    // Other languages.
    [InlineData("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z")]
    [InlineData("2004년 05월 25일  오후 11:23:17", "2004-05-25T14:23:17Z")]
    [InlineData("2004-07-13T9:15-05:00", "2004-07-13T14:15:00Z")]
    [InlineData("28. května 2025 14:30", "2025-05-28T14:30:00Z")]
    [InlineData("Mittwoch, 28. Mai 2025, 14:30 Uhr", "2025-05-28T14:30:00Z")]
    [InlineData("mar. 4 nov. 2025 10:00 CET", "2025-11-04T09:00:00Z")]
    [InlineData("28 de mayo de 2025", "2025-05-28T00:00:00Z")]
    [InlineData("1er août 2025", "2025-08-01T00:00:00Z")]
    [InlineData("28 мая 2025 г. 15:00 MSK", "2025-05-28T12:00:00Z")]
    [InlineData("٢٨ مايو ٢٠٢٥", "2025-05-28T00:00:00Z")]
    [InlineData("2025年5月28日", "2025-05-28T00:00:00Z")]
    [InlineData("28.05.2025 14:30", "2025-05-28T14:30:00Z")]
    [InlineData("28/05/2025", "2025-05-28T00:00:00Z")]
    [InlineData("05/28/2025", "2025-05-28T00:00:00Z")]
    public void A_date_is_read_as_it_was_meant(string raw, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), Dates.Read(raw)?.Moment);

    [Theory]
    [InlineData("not a date")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("Mon, 31 Feb 2024 00:00:00 GMT")]
    [InlineData("Wed, 32 Jan 2024 25:61:61 GMT")]
    [InlineData("Mon, 6 May 2024 10:00:00 +9900")]
    [InlineData("9999-12-31T23:59:59-12:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("Sat, 12 Apr 275760 00:00:00 GMT")]
    [InlineData("2023-02-29")]
    [InlineData("2023-366")]
    [InlineData("0000-01-01")]
    [InlineData("5 minutes ago")]
    [InlineData("10:30")]
    public void A_date_that_does_not_exist_is_none(string? raw) => Assert.Null(Dates.Read(raw));

    [Fact]
    public void A_date_that_could_mean_two_days_is_none() => Assert.Null(Dates.Read("03/04/2025"));

    [Theory]
    [InlineData("2004", DateGrain.Year)]
    [InlineData("2004-05", DateGrain.Month)]
    [InlineData("2004-05-06", DateGrain.Day)]
    [InlineData("6 May 2004", DateGrain.Day)]
    [InlineData("2004-05-06T10:00Z", DateGrain.Minute)]
    [InlineData("6 May 2004 10:00 GMT", DateGrain.Minute)]
    [InlineData("2004-05-06T10:00:00Z", DateGrain.Second)]
    public void It_says_how_exactly_a_date_was_written(string raw, DateGrain grain) =>
        Assert.Equal(grain, Dates.Read(raw)?.Grain);

    [Fact]
    public void Text_beyond_the_limit_is_not_looked_at()
    {
        const string Date = "2004-05-06";

        Assert.NotNull(Dates.Read(Date + new string(' ', 200)));
        Assert.NotNull(Dates.Read("6 May 2004 " + new string('x', 89)));
        Assert.Null(Dates.Read("6 May 2004 " + new string('x', 90)));
    }

    [Fact]
    public void Mutated_dates_do_not_throw()
    {
        Random random = new(7);
        string[] seeds =
        [
            "Thu, 01 Jan 2004 19:48:21 GMT",
            "2003-12-31T10:14:55.25+01:00",
            "2004년 05월 25일  오후 11:23:17",
            "28.05.2025 14:30",
            "1714557600",
        ];
        for (var i = 0; i < 5000; i++)
        {
            var text = seeds[i % seeds.Length].ToCharArray();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                text[random.Next(text.Length)] = (char)random.Next(32, 127);
            }

            Dates.Read(new string(text));
        }
    }
}
