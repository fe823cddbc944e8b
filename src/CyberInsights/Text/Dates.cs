using System.Globalization;
using System.Text.RegularExpressions;

namespace CyberInsights.Text;

/// <summary>How exactly a date was written.</summary>
public enum DateGrain
{
    Year,
    Month,
    Day,
    Minute,
    Second,
}

/// <summary>A date as understood: its moment in UTC (a missing zone counts as UTC, a missing part as its first value).</summary>
public readonly record struct WrittenDate(DateTimeOffset Moment, DateGrain Grain);

/// <summary>
/// Reads dates as publishers write them: RFC 822/2822 with wrong day names and odd zones, W3C-DTF and ISO 8601, asctime, epoch
/// numbers, and dates with month names of other languages. A date that does not exist, or that could mean two days, gives null: a
/// wrong date is worse than none.
/// </summary>
public static partial class Dates
{
    /// <summary>Longest text that is looked at, in characters.</summary>
    private const int MaxLength = 100;

    // Nine of ten dates in feeds are written like this; they take a twentieth of the time of the patterns below.
    private static readonly string[] Frequent =
    [
        "ddd, dd MMM yyyy HH:mm:ss zzz",
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "yyyy-MM-ddTHH:mm:ssK",
    ];

    /// <summary>The date in <paramref name="raw"/>; null when there is none to be found.</summary>
    public static WrittenDate? Read(string? raw)
    {
        var text = raw?.Trim() ?? "";
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }

        if (
            DateTimeOffset.TryParseExact(
                text,
                Frequent,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var moment
            )
        )
        {
            return new(moment, DateGrain.Second);
        }

        text = AsciiDigits(text);
        return Digits(text) ?? Iso(text) ?? Eastern(text) ?? WordDates.Read(text);
    }

    private static WrittenDate? Digits(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        return text.Length switch
        {
            // Seconds and milliseconds since 1970, from 2001 on: ten and thirteen digits.
            10 when long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) => new(
                DateTimeOffset.FromUnixTimeSeconds(seconds),
                DateGrain.Second
            ),
            13 when long.TryParse(text, CultureInfo.InvariantCulture, out var ms) => new(
                DateTimeOffset.FromUnixTimeMilliseconds(ms),
                DateGrain.Second
            ),
            14 => Make(
                Int(text.AsSpan(0, 4)),
                Int(text.AsSpan(4, 2)),
                Int(text.AsSpan(6, 2)),
                Int(text.AsSpan(8, 2)),
                Int(text.AsSpan(10, 2)),
                Int(text.AsSpan(12)),
                TimeSpan.Zero,
                DateGrain.Second
            ),
            _ => null,
        };
    }

    private static WrittenDate? Iso(string text)
    {
        var match = IsoPattern.Match(text);
        if (!match.Success)
        {
            return null;
        }

        var year = Int(match.Groups["y"].Value);
        var (month, day) = (Part(match, "m"), Part(match, "d"));
        if (Part(match, "doy") is { } dayOfYear)
        {
            if (year < 1 || dayOfYear < 1 || dayOfYear > (DateTime.IsLeapYear(year) ? 366 : 365))
            {
                return null;
            }

            var date = new DateOnly(year, 1, 1).AddDays(dayOfYear - 1);
            (month, day) = (date.Month, date.Day);
        }

        var zone = match.Groups["z"].Value is { Length: > 0 } name ? Zones.Read(name) : TimeSpan.Zero;
        var grain =
            month is null ? DateGrain.Year
            : day is null ? DateGrain.Month
            : Part(match, "h") is null ? DateGrain.Day
            : Part(match, "s") is null ? DateGrain.Minute
            : DateGrain.Second;
        return Make(
            year,
            month ?? 1,
            day ?? 1,
            Part(match, "h") ?? 0,
            Part(match, "min") ?? 0,
            Part(match, "s") ?? 0,
            zone,
            grain
        );
    }

    /// <summary>Korean, Chinese and Japanese: numbers followed by the signs for year, month, day, with a half of the day before the time.</summary>
    private static WrittenDate? Eastern(string text)
    {
        var match = EasternPattern.Match(text);
        if (!match.Success)
        {
            return null;
        }

        var hour = Part(match, "h");
        var half = match.Groups["half"].Value;
        if (hour is { } h)
        {
            hour =
                half is "오후" or "下午" or "午後" && h < 12 ? h + 12
                : half is "오전" or "上午" or "午前" && h == 12 ? 0
                : h;
        }

        var grain =
            hour is null ? DateGrain.Day
            : Part(match, "s") is null ? DateGrain.Minute
            : DateGrain.Second;
        // Korea has one zone; the Chinese signs are Japan's too, so they tell none.
        var zone =
            hour is not null && text.Contains('년', StringComparison.Ordinal) ? TimeSpan.FromHours(9) : TimeSpan.Zero;
        return Make(
            Int(match.Groups["y"].Value),
            Part(match, "m") ?? 1,
            Part(match, "d") ?? 1,
            hour ?? 0,
            Part(match, "min") ?? 0,
            Part(match, "s") ?? 0,
            zone,
            grain
        );
    }

    internal static WrittenDate? Make(
        int year,
        int month,
        int day,
        int hour,
        int minute,
        int second,
        TimeSpan? zone,
        DateGrain grain
    )
    {
        // A leap second (RFC 3339 section 5.6) is the last of its minute; 24:00 is the end of the day.
        var (leap, midnight) = (second == 60, hour == 24 && minute == 0 && second == 0);
        second = leap ? 59 : second;
        hour = midnight ? 0 : hour;
        if (
            zone is not { } offset
            || year is < 1 or > 9999
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23
            || minute is < 0 or > 59
            || second is < 0 or > 59
        )
        {
            return null;
        }

        var ticks =
            new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks
            - offset.Ticks
            + (midnight ? TimeSpan.TicksPerDay : 0);
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? null
            : new WrittenDate(new DateTimeOffset(ticks, TimeSpan.Zero), grain);
    }

    internal static int Int(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;

    private static int? Part(Match match, string name) =>
        match.Groups[name] is { Success: true, Length: > 0 } group ? Int(group.ValueSpan) : null;

    // Arabic-Indic and Persian digits are digits too.
    private static string AsciiDigits(string text) =>
        !System.Text.Ascii.IsValid(text) && text.Any(char.IsDigit)
            ? string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + char.GetNumericValue(c)) : c))
            : text;

    [GeneratedRegex(
        """
            ^(?<y>\d{4})(?:(?:-(?<m>\d{1,2})(?:-(?<d>\d{1,2}))?)|(?:/(?<m>\d{1,2})/(?<d>\d{1,2}))|(?<m>\d{2})(?<d>\d{2})?|-(?<doy>\d{3})|(?<doy>\d{3}))?
            (?:(?:\s*[Tt]\s*|\s+|,\s*)(?<h>\d{1,2})(?::?(?<min>\d{2})(?::?(?<s>\d{2})(?:[.,]\d+)?)?)?)?
            \s*(?<z>[A-Za-z][A-Za-z/_]*(?:\s*[+-]\d{1,2}:?\d{0,2})?|[+\-−]\d{1,2}:?\d{0,2})?$
            """,
        RegexOptions.IgnorePatternWhitespace,
        200
    )]
    private static partial Regex IsoPattern { get; }

    [GeneratedRegex(
        """
            ^(?<y>\d{4})\s*[년年]\s*(?<m>\d{1,2})\s*[월月]\s*(?<d>\d{1,2})\s*[일日号]\s*(?:\(?\S\)?요?일?)?\s*
            (?:(?<half>오전|오후|上午|下午|午前|午後)?\s*(?<h>\d{1,2})\s*[:시時时点]\s*(?<min>\d{1,2})?\s*[:분分]?\s*(?<s>\d{1,2})?\s*[초秒]?)?$
            """,
        RegexOptions.IgnorePatternWhitespace,
        200
    )]
    private static partial Regex EasternPattern { get; }
}
