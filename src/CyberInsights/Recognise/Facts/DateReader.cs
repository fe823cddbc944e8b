using System.Globalization;
using CyberInsights.Text;

namespace CyberInsights.Recognise.Facts;

/// <summary>
/// Reads dates, absolute ("March 3, 2024", "24. November", "in May") and counted from the report's own ("on Tuesday", "last week", "two
/// weeks ago"). What lacks a part takes the latest that is not after the report; without a report's date only whole dates are read.
/// </summary>
internal sealed class DateReader(Reading reading, DateTimeOffset? told)
{
    // Earlier years in news of the field are model numbers and sums.
    private const int EarliestYear = 1990;
    private const int MaxAgo = 60;

    private readonly DateWords words = new(reading);
    private readonly Quantities numbers = new(reading);

    internal DateWords Words => words;

    /// <summary>The dates of a sentence that are not after the report, in order; "from one to the other" is one.</summary>
    internal IReadOnlyList<DateSpan> Of(Sentence sentence)
    {
        var dates = new List<DateSpan>();
        for (var i = sentence.First; i < sentence.End; )
        {
            var date = At(i);
            if (date is not null && !IsAhead(date) && !(told < date.From))
            {
                if (dates.Count > 0 && Joined(dates[^1], date) is { } joined)
                {
                    dates[^1] = joined;
                }
                else
                {
                    dates.Add(date);
                }
            }
            i = date?.End ?? i + 1;
        }
        return dates;
    }

    private DateSpan? At(int token) =>
        Numeric(token)
        ?? MonthFirst(token)
        ?? DayFirst(token)
        ?? Weekday(token)
        ?? Relative(token)
        ?? Ago(token)
        ?? Year(token);

    // "2025-06-17", "17.06.2025"
    private DateSpan? Numeric(int token)
    {
        if (Digits(token) is not { } text)
        {
            return null;
        }
        if (
            text.Length == 4
            && reading.IsMark(token + 1, '-')
            && reading.IsMark(token + 3, '-')
            && Digits(token + 4) is { Length: 2 } day
        )
        {
            return Day(token, token + 5, Number(text), Number(Digits(token + 2) ?? "0"), Number(day));
        }
        var pieces = text.Split('.');
        return pieces.Length == 3 && pieces[2].Length == 4
            ? Day(token, token + 1, Number(pieces[2]), Number(pieces[1]), Number(pieces[0]))
            : null;
    }

    // "March 3, 2024", "July 28th", "June 2024", "in May"
    private DateSpan? MonthFirst(int token)
    {
        if (words.MonthAt(token) is not (> 0 and var month))
        {
            return null;
        }
        var after = token + 1 + (reading.IsMark(token + 1, '.') ? 1 : 0);
        if (DayNumber(after) is { } day)
        {
            return Days(token, after, month, day);
        }
        var (named, stop) = YearAfter(after);
        if (named is null && words.At(token - 1, DateUse.Lead) is null)
        {
            return null;
        }
        return (named ?? YearOf(month, 1)) is { } of
            ? Span(
                token,
                named is null ? token + 1 : stop,
                new DateTimeOffset(of, month, 1, 0, 0, 0, TimeSpan.Zero),
                DateLength.Month,
                named is null
            )
            : null;
    }

    // "July 28th and 29th" are two days of one month.
    private DateSpan? Days(int token, int at, int month, int day)
    {
        var last = IsJoint(at + 1) && words.MonthAt(at + 3) == 0 ? DayNumber(at + 2) : null;
        var (year, end) = YearAfter(last is null ? at + 1 : at + 3);
        var of = year ?? YearOf(month, day);
        var first = Day(token, end, of, month, day);
        return last is { } until && Day(token, end, of, month, until) is { } second && first?.From < second.From
            ? first with
            {
                Until = second.Until,
            }
            : first;
    }

    private bool IsJoint(int token) =>
        reading.IsMark(token, '-')
        || reading.IsMark(token, '–')
        || reading.Word(token) is "to" or "and" or "bis" or "und" or "et" or "au" or "y" or "az" or "a" or "до" or "и";

    // "3 March 2024", "24. November", "24 de noviembre de 2025", "3rd of March"
    private DateSpan? DayFirst(int token)
    {
        if (DayNumber(token) is not { } day)
        {
            return null;
        }
        var at = token + 1;
        at += reading.IsMark(at, '.') || reading.Word(at) is "de" or "of" ? 1 : 0;
        if (words.MonthAt(at) is not (> 0 and var month))
        {
            return null;
        }
        var (year, end) = YearAfter(at + 1);
        return Day(token, end, year ?? YearOf(month, day), month, day);
    }

    private (int? Year, int End) YearAfter(int at)
    {
        var skipped = at;
        while (
            reading.IsMark(skipped, ',')
            || reading.IsMark(skipped, '.')
            || reading.Word(skipped) is "de" or "of" or "del"
        )
        {
            skipped++;
        }
        return skipped <= at + 1 && YearNumber(skipped) is { } year ? (year, skipped + 1) : (null, at);
    }

    private DateSpan? Weekday(int token)
    {
        if (
            told is not { } now
            || words.At(token, DateUse.Weekday) is not var (word, length)
            || words.At(token - 1, DateUse.Name) is not null
        )
        {
            return null;
        }
        var today = DateSpan.Around(now, DateLength.Day).From;
        var back = (((int)today.DayOfWeek + 6) % 7 + 8 - word.Number) % 7;
        back = back == 0 && reading.Word(token - 1) == "last" ? 7 : back;
        return Span(token, token + length, today.AddDays(-back), DateLength.Day, true);
    }

    private DateSpan? Relative(int token)
    {
        if (told is not { } now || words.At(token, DateUse.Relative) is not var (word, length))
        {
            return null;
        }
        var (unit, count) = word.Name.Split(':') is [var name, var offset]
            ? (Enum.Parse<DateLength>(name), Number(offset))
            : default;
        return Span(token, token + length, Moved(now, unit, count), unit, true);
    }

    // "two weeks ago", "vor zwei Wochen"
    private DateSpan? Ago(int token)
    {
        var first = words.At(token, DateUse.Ago) is ({ Name: "Before" }, var lead) ? token + lead : token;
        var count = Digits(first) is { Length: <= 2 } digits
            ? Number(digits)
            : (int?)numbers.At(first, QuantityUse.Number)?.Word.Value;
        count ??= reading.Word(first) is "a" or "einem" or "einer" or "un" or "une" or "una" ? 1 : null;
        if (
            told is not { } now
            || count is not (> 0 and <= MaxAgo)
            || words.At(first + 1, DateUse.Unit) is not var (word, length)
        )
        {
            return null;
        }
        var end = first + 1 + length;
        var after = words.At(end, DateUse.Ago) is ({ Name: "After" }, var tail) ? tail : 0;
        var unit = Enum.Parse<DateLength>(word.Name);
        return first > token || after > 0 ? Span(token, end + after, Moved(now, unit, -count.Value), unit, true) : null;
    }

    private DateSpan? Year(int token) =>
        YearNumber(token) is { } year && words.At(token - 1, DateUse.Lead) is not null && !(told?.Year < year)
            ? Span(token, token + 1, new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero), DateLength.Year, false)
            : null;

    private DateSpan? Joined(DateSpan first, DateSpan last)
    {
        var between = last.First - first.End;
        var joins = between == 1 && first.From < last.From && IsJoint(first.End);
        return joins ? first with { End = last.End, Until = last.Until, Length = DateLength.Week } : null;
    }

    private static DateSpan? Day(int first, int end, int? year, int month, int day) =>
        year is { } y && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(y, month)
            ? Span(first, end, new DateTimeOffset(y, month, day, 0, 0, 0, TimeSpan.Zero), DateLength.Day, false)
            : null;

    private static DateSpan Span(int first, int end, DateTimeOffset moment, DateLength length, bool relative)
    {
        var (from, until) = DateSpan.Around(moment, length);
        return new DateSpan(first, end, from, until, length, relative);
    }

    private static DateTimeOffset Moved(DateTimeOffset now, DateLength unit, int count) =>
        unit switch
        {
            DateLength.Day => now.AddDays(count),
            DateLength.Week => now.AddDays(7 * count),
            DateLength.Month => now.AddMonths(count),
            _ => now.AddYears(count),
        };

    // The latest such day that is not after the report.
    private int? YearOf(int month, int day) =>
        told is not { } now ? null
        : (month, day).CompareTo((now.Month, now.Day)) <= 0 ? now.Year
        : now.Year - 1;

    private bool IsAhead(DateSpan date) => words.At(date.First - 1, DateUse.Ahead) is not null;

    private string? Digits(int token) =>
        token >= 0 && token < reading.Tokens.Count && reading.Tokens[token].Kind == TokenKind.Number
            ? reading.Tokens[token].Folded
            : null;

    // "3", "28th"
    private int? DayNumber(int token)
    {
        var word = reading.Word(token);
        var digits = word.Length > 2 && word[^2..] is "st" or "nd" or "rd" or "th" ? word[..^2] : word;
        return digits.Length is 1 or 2 && digits.All(char.IsAsciiDigit) && Number(digits) is >= 1 and <= 31 and var day
            ? day
            : null;
    }

    private int? YearNumber(int token) =>
        Digits(token) is { Length: 4 } digits
        && Number(digits) is var year
        && year >= EarliestYear
        && year <= EarliestYear + 110
            ? year
            : null;

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
