using System.Globalization;

namespace CyberInsights.Net;

/// <summary>Reads the Retry-After header (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfter
{
    // RFC 9110, section 5.6.7: one form to write and two old ones that must be understood.
    private static readonly string[] HttpDates =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <summary>The wait within the limits; null when there is no header or none that can be read.</summary>
    internal static TimeSpan? Read(string? header, DateTimeOffset now, OutboundLimits limits)
    {
        var text = header?.Trim() ?? "";
        if (text.Length is > 0 and < 30 && text.All(char.IsAsciiDigit))
        {
            var seconds = double.Parse(text, CultureInfo.InvariantCulture);
            return seconds >= limits.MaxRetryAfter.TotalSeconds
                ? limits.MaxRetryAfter
                : Within(limits, TimeSpan.FromSeconds(seconds));
        }
        return DateTimeOffset.TryParseExact(
            text,
            HttpDates,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite,
            out var moment
        )
            ? Within(limits, moment - now)
            : null;
    }

    private static TimeSpan Within(OutboundLimits limits, TimeSpan wait) =>
        wait < limits.MinRetryAfter ? limits.MinRetryAfter
        : wait > limits.MaxRetryAfter ? limits.MaxRetryAfter
        : wait;
}
