using System.Globalization;
using CyberInsights.Text;

namespace CyberInsights.Extract.Feeds;

/// <summary>Reads what a feed says about when to come again and who tells of changes.</summary>
internal static class FeedPacing
{
    /// <summary>
    /// RSS 2.0 ttl, skipHours and skipDays (rssboard.org/rss-specification). The RSS 1.0 module Syndication is not heeded: a common
    /// publishing program writes "hourly" into every feed, whatever its rhythm.
    /// </summary>
    internal static Pacing Of(FeedElement channel) =>
        new()
        {
            Ttl = Minutes(channel.First("", "ttl")),
            SkipHours =
            [
                .. Values(channel, "skiphours", "hour")
                    .Select(v => int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var h) ? h : -1)
                    // The specification counts from 0, its forerunner from 1 to 24.
                    .Select(h => h == 24 ? 0 : h)
                    .Where(h => h is >= 0 and < 24)
                    .Distinct()
                    .Order(),
            ],
            SkipDays =
            [
                .. Values(channel, "skipdays", "day")
                    .Select(v => Enum.TryParse<DayOfWeek>(v, ignoreCase: true, out var day) ? day : (DayOfWeek?)null)
                    .OfType<DayOfWeek>()
                    .Where(Enum.IsDefined)
                    .Distinct()
                    .Order(),
            ],
        };

    /// <summary>The links <c>hub</c> and <c>self</c> of a feed, whichever vocabulary they are written in.</summary>
    internal static PushHub? Push(FeedElement channel)
    {
        var links = channel.All("", "link").Concat(channel.All("atom", "link")).ToList();
        return Link("hub") is { } hub && Link("self") is { } self
            ? new PushHub(hub.AbsoluteUri, self.AbsoluteUri)
            : null;

        Uri? Link(string rel) =>
            links
                .Where(l => string.Equals(l["rel"]?.Trim(), rel, StringComparison.OrdinalIgnoreCase))
                .Select(l => Addresses.Resolve(l["href"], l.Base))
                .FirstOrDefault(a => a is not null);
    }

    private static TimeSpan? Minutes(FeedElement? ttl) =>
        int.TryParse(ttl?.InnerText().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
        && minutes > 0
            ? TimeSpan.FromMinutes(minutes)
            : null;

    private static IEnumerable<string> Values(FeedElement channel, string list, string value) =>
        channel.First("", list)?.All("", value).Select(e => e.InnerText().Trim()) ?? [];
}
