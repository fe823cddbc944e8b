using System.Globalization;

namespace CyberInsights.Server.Site;

/// <summary>Dates and times in the words and digits of a language; always UTC.</summary>
public static class Dates
{
    extension(Language language)
    {
        /// <summary>12:10</summary>
        public string Clock(DateTimeOffset at) =>
            language.Strings.Format(
                "time.clock",
                language.Digits(at.UtcDateTime.ToString("HH", CultureInfo.InvariantCulture)),
                language.Digits(at.UtcDateTime.ToString("mm", CultureInfo.InvariantCulture))
            );

        /// <summary>28 May; with the year when it is not that of <paramref name="asOf"/>.</summary>
        public string Day(DateTimeOffset at, DateTimeOffset asOf) =>
            at.UtcDateTime.Year == asOf.UtcDateTime.Year
                ? language.Strings.Format("time.day", language.DayOfMonth(at), language.Month(at, "time.months-short"))
                : language.Strings.Format(
                    "time.day-year",
                    language.DayOfMonth(at),
                    language.Month(at, "time.months-short"),
                    language.Year(at)
                );

        /// <summary>28 May 2025</summary>
        public string FullDay(DateTimeOffset at) =>
            language.Strings.Format(
                "time.full-day",
                language.DayOfMonth(at),
                language.Month(at, "time.months"),
                language.Year(at)
            );

        /// <summary>May 2025</summary>
        public string MonthOfYear(DateTimeOffset at) =>
            language.Strings.Format("time.month-year", language.Month(at, "time.months-alone"), language.Year(at));

        /// <summary>Thursday 29 May 2025</summary>
        public string Weekday(DateTimeOffset at) =>
            language.Strings.Format(
                "time.weekday",
                language.Strings["time.weekdays"].Split('|')[(int)at.UtcDateTime.DayOfWeek],
                language.DayOfMonth(at),
                language.Month(at, "time.months"),
                language.Year(at)
            );

        /// <summary>28 May, 12:10</summary>
        public string Moment(DateTimeOffset at, DateTimeOffset asOf) =>
            language.Strings.Format("time.moment", language.Day(at, asOf), language.Clock(at));

        /// <summary>24 min ago, 3 h ago, yesterday, 4 days ago; from a week on the day.</summary>
        public string Ago(DateTimeOffset at, DateTimeOffset asOf)
        {
            var ago = asOf - at;
            return ago.TotalMinutes < 1 ? language.Strings["time.now"]
                : ago.TotalHours < 1 ? language.Counted("time.minutes", (int)ago.TotalMinutes)
                : ago.TotalDays < 1 ? language.Counted("time.hours", (int)ago.TotalHours)
                : ago.TotalDays < 7 ? language.Counted("time.days", (int)ago.TotalDays)
                : language.Day(at, asOf);
        }

        /// <summary>A count with its noun in the right plural form and digits.</summary>
        public string Counted(string key, int count) => language.Strings.Count(key, count, language.Number(count));

        // The first of a month has a word of its own in French: 1er mai.
        private string DayOfMonth(DateTimeOffset at) =>
            at.UtcDateTime.Day == 1
                ? language.Strings["time.first"]
                : language.Digits(at.UtcDateTime.Day.ToString(CultureInfo.InvariantCulture));

        private string Year(DateTimeOffset at) =>
            language.Digits(at.UtcDateTime.Year.ToString(CultureInfo.InvariantCulture));

        private string Month(DateTimeOffset at, string key) =>
            language.Strings[key].Split('|')[at.UtcDateTime.Month - 1];
    }
}
