using System.Globalization;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Desk;

/// <summary>A time as a form gives it, in a time zone, and back.</summary>
internal static class LocalTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm";

    /// <summary>The names of all time zones that this machine knows (IANA).</summary>
    internal static IReadOnlyList<string> Zones { get; } =
    [
        .. TimeZoneInfo
            .GetSystemTimeZones()
            .Select(z => z.Id)
            .Where(id => id.Contains('/', StringComparison.Ordinal) || id == "UTC")
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="RefusalException">It is no time, no zone, or a time that the zone leaves out when clocks go forward.</exception>
    internal static DateTimeOffset Of(string written, string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone.Length > 0 ? zone : "UTC", out var found))
        {
            throw Refuse(
                $"'{zone[..Math.Min(zone.Length, 60)]}' is no time zone",
                "Choose one of the list, such as Europe/Prague"
            );
        }
        if (
            !DateTime.TryParseExact(
                written,
                [Form, "yyyy-MM-dd HH:mm"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local
            )
        )
        {
            throw Refuse("The time was not understood", "Write it as 2026-05-28T20:15");
        }
        if (found.IsInvalidTime(local))
        {
            throw Refuse(
                $"In {found.Id} there is no {local:HH:mm} on that day: clocks go forward",
                "Choose another time"
            );
        }
        return new DateTimeOffset(local, found.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>As a form takes it.</summary>
    internal static string Written(DateTimeOffset? moment, string zone) =>
        moment is not { } at ? ""
        : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? TimeZoneInfo.ConvertTime(at, found).ToString(Form, CultureInfo.InvariantCulture)
        : at.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Thursday 29 May 2025, 07:00 (Europe/Prague), 05:00 UTC</summary>
    internal static string InWords(Language language, DateTimeOffset at, TimeZoneInfo zone)
    {
        // Dates are written as UTC has them; the clock of the place is read as if it were that.
        var there = new DateTimeOffset(TimeZoneInfo.ConvertTime(at, zone).DateTime, TimeSpan.Zero);
        var local = language.Strings.Format("time.moment", language.Weekday(there), language.Clock(there));
        var utc = language.Strings.Format("time.utc", language.Clock(at));
        return there.DateTime == at.UtcDateTime
            ? language.Strings.Format("time.utc", local)
            : language.Strings.Format("desk.edition.moment", local, zone.Id, utc);
    }

    private static RefusalException Refuse(string what, string todo) =>
        new(RefusalKind.BadInput, $"{what}. Nothing was changed. {todo}.");
}
