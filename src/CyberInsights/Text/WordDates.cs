using System.Globalization;
using System.Text.RegularExpressions;

namespace CyberInsights.Text;

/// <summary>Dates made of words and numbers in any order: RFC 822 and what people make of it.</summary>
internal static partial class WordDates
{
    // By first letters, folded: enough to tell the months of these languages apart, whatever the case or the rest of the word.
    private static readonly string[][] Months =
    [
        ["jan", "gen", "ene", "led", "sty", "oca", "ian", "янв", "січ", "tammi", "يناير", "كانون الثاني"],
        ["feb", "fev", "uno", "lut", "φεβ", "фев", "лют", "helmi", "فبراير", "شباط"],
        ["mar", "mrt", "maa", "brez", "bre", "μαρ", "мар", "бер", "مارس", "آذار"],
        ["apr", "avr", "abr", "dub", "kwi", "nis", "απρ", "апр", "кві", "huhti", "أبريل", "نيسان"],
        ["may", "mai", "maj", "mag", "mei", "kve", "ma", "μαι", "μαϊ", "мая", "май", "тра", "touko", "مايو", "أيار"],
        ["jun", "juin", "giu", "cerven", "cervn", "cze", "haz", "ιου", "июн", "чер", "kesa", "يونيو", "حزيران"],
        ["jul", "juil", "lug", "cervenec", "cervence", "lip", "tem", "июл", "heina", "يوليو", "تموز"],
        ["aug", "aou", "ago", "srp", "sie", "agu", "αυγ", "авг", "сер", "elo", "أغسطس", "آب"],
        ["sep", "set", "zar", "wrz", "eyl", "szep", "σεπ", "сен", "вер", "syys", "سبتمبر", "أيلول"],
        ["oct", "okt", "ott", "out", "rij", "paz", "eki", "οκτ", "окт", "жов", "loka", "أكتوبر", "تشرين الأول"],
        ["nov", "listopadu", "lis", "kas", "noe", "νοε", "ноя", "marras", "نوفمبر", "تشرين الثاني"],
        ["dec", "dez", "des", "dic", "pro", "gru", "ara", "δεκ", "дек", "гру", "joulu", "ديسمبر", "كانون الأول"],
    ];

    public static WrittenDate? Read(string text)
    {
        var (time, rest) = TakeTime(text);
        if (time is { } clock && (clock.Hour > 24 || clock.Minute > 59 || clock.Second > 60))
        {
            return null;
        }

        var zone = TakeZone(ref rest, time is not null);
        var date = Numeric(rest) ?? Worded(rest);
        if (date is not var (year, month, day))
        {
            return null;
        }

        var grain =
            time is null ? DateGrain.Day
            : time.Value.Second < 0 ? DateGrain.Minute
            : DateGrain.Second;
        return time is null
            ? Dates.Make(year, month, day, 0, 0, 0, TimeSpan.Zero, grain)
            : Dates.Make(
                year,
                month,
                day,
                time.Value.Hour,
                time.Value.Minute,
                Math.Max(time.Value.Second, 0),
                zone,
                grain
            );
    }

    private static ((int Hour, int Minute, int Second)? Time, string Left) TakeTime(string text)
    {
        var match = Time.Match(text);
        if (!match.Success)
        {
            return (null, text);
        }

        var hour = Dates.Int(match.Groups["h"].ValueSpan);
        var half = match.Groups["half"].ValueSpan;
        if (half.Length > 0)
        {
            var afternoon = half[0] is 'p' or 'P';
            hour = hour is < 1 or > 12 ? 99 : (hour % 12) + (afternoon ? 12 : 0);
        }

        var second = match.Groups["s"].Success ? Dates.Int(match.Groups["s"].ValueSpan) : -1;
        return (
            (hour, Dates.Int(match.Groups["min"].ValueSpan), second),
            string.Concat(text.AsSpan(0, match.Index), " \u0001", text.AsSpan(match.Index + match.Length))
        );
    }

    /// <summary>Takes the zone out of <paramref name="rest"/>, where the time has left its mark; null for an impossible one.</summary>
    private static TimeSpan? TakeZone(ref string rest, bool hasTime)
    {
        var match = hasTime ? Zone.Match(rest) : Match.Empty;
        if (
            !match.Success
            || (
                char.IsAsciiLetter(match.Groups["z"].Value[0])
                && MonthOf(match.Groups["z"].Value) > 0
                && !Zones.IsName(match.Groups["z"].Value)
            )
        )
        {
            rest = rest.Replace('\u0001', ' ');
            return TimeSpan.Zero;
        }

        rest = string.Concat(rest.AsSpan(0, match.Index), " ", rest.AsSpan(match.Index + match.Length));
        return Zones.Read(match.Groups["z"].Value);
    }

    private static (int Year, int Month, int Day)? Numeric(string text)
    {
        var match = NumericDate.Match(text);
        if (!match.Success)
        {
            return null;
        }

        var (first, second, third) = (
            Dates.Int(match.Groups["a"].ValueSpan),
            Dates.Int(match.Groups["b"].ValueSpan),
            Dates.Int(match.Groups["c"].ValueSpan)
        );
        if (match.Groups["a"].Length == 4)
        {
            return (first, second, third);
        }

        // With dots the day comes first; with slashes only a number above twelve tells the day from the month.
        var year = Century(third, match.Groups["c"].Length);
        return match.Groups["sep"].Value == "." || first > 12 || first == second ? (year, second, first)
            : second > 12 ? (year, first, second)
            : null;
    }

    private static (int Year, int Month, int Day)? Worded(string text)
    {
        int month = 0,
            year = -1,
            day = -1;
        foreach (Match token in Token.Matches(text))
        {
            if (char.IsAsciiDigit(token.Value[0]))
            {
                var number = Dates.Int(token.ValueSpan);
                if (day < 0 && token.Length <= 2 && number is >= 1 and <= 31)
                {
                    day = number;
                }
                else if (year < 0 && token.Length is 2 or 4)
                {
                    year = Century(number, token.Length);
                }
                else
                {
                    return null;
                }
            }
            else if (MonthOf(token.Value) is > 0 and var named)
            {
                // The last one counts: "mardi" starts like March, but stands before the month.
                month = named;
            }
        }

        return month > 0 && day > 0 && year > 0 ? (year, month, day) : null;
    }

    /// <summary>RFC 2822 section 4.3: two digits are 1950 to 2049.</summary>
    private static int Century(int year, int digits) =>
        digits > 2 ? year
        : year < 50 ? 2000 + year
        : 1900 + year;

    private static int MonthOf(string word)
    {
        var folded = Fold(word);
        var (best, length) = (0, 0);
        for (var i = 0; i < Months.Length; i++)
        {
            foreach (var start in Months[i])
            {
                if (
                    start.Length > length
                    && (start.Length > 2 ? folded.StartsWith(start, StringComparison.Ordinal) : folded == start)
                )
                {
                    (best, length) = (i + 1, start.Length);
                }
            }
        }

        // Greek June and July share their start.
        return best == 6 && folded.StartsWith("ιουλ", StringComparison.Ordinal) ? 7 : best;
    }

    private static string Fold(string word) =>
        string.Concat(
            word.ToLowerInvariant()
                .Normalize(System.Text.NormalizationForm.FormD)
                .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
        );

    [GeneratedRegex(
        """(?<![\d.])T?(?<h>\d{1,2})[:.h](?<min>\d{2})(?::(?<s>\d{2})(?:[.,]\d+)?)?(?!\d|[.]\d)\s*(?<half>[aApP]\.?[mM]\.?(?![A-Za-z]))?""",
        RegexOptions.None,
        200
    )]
    private static partial Regex Time { get; }

    [GeneratedRegex(
        """\u0001\s*\(?(?<z>(?:[A-Za-z][A-Za-z/_]*\s*)?[+\-−]\d{1,2}:?\d{0,2}(?!\d)|[A-Za-z][A-Za-z/_]*)""",
        RegexOptions.None,
        200
    )]
    private static partial Regex Zone { get; }

    [GeneratedRegex(
        """(?<!\d)(?<a>\d{4}|\d{1,2})(?<sep>[./-])\s?(?<b>\d{1,2})\k<sep>\s?(?<c>\d{4}|\d{1,2})(?!\d)""",
        RegexOptions.None,
        200
    )]
    private static partial Regex NumericDate { get; }

    [GeneratedRegex("""\d+|\p{L}[\p{L}\p{M}]*""", RegexOptions.None, 200)]
    private static partial Regex Token { get; }
}
