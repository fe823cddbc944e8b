using System.Globalization;
using System.Text.RegularExpressions;
using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site;

/// <summary>From when a reader wants to see changes: <c>?since=2025-05-29T10:00Z</c>, or a number of days, <c>?since=P7D</c> (ISO 8601).</summary>
public sealed partial record SinceQuery
{
    private const int MaxCharacters = 40;

    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);

    /// <summary>Null: a period is asked for.</summary>
    public DateTimeOffset? Since { get; private init; }

    /// <summary>Counted back from the moment the site speaks from.</summary>
    public TimeSpan Period { get; private init; } = Usual;

    /// <summary>What was given could not be read; the usual period stands for it.</summary>
    public bool Unreadable { get; private init; }

    /// <summary>Whether changes are shown from this many days before on.</summary>
    internal bool IsDays(int days) => Since is null && Period == TimeSpan.FromDays(days);

    internal DateTimeOffset From(DateTimeOffset now) => Since ?? now - Period;

    internal static SinceQuery Of(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            return new SinceQuery();
        }
        return Days.Match(given) is { Success: true } days
                ? new SinceQuery
                {
                    Period = TimeSpan.FromDays(int.Parse(days.Groups[1].Value, CultureInfo.InvariantCulture)),
                }
            : Moment(given) is { } moment ? new SinceQuery { Since = moment }
            : new SinceQuery { Unreadable = true };
    }

    /// <summary>A moment as a reader may write it, UTC unless it says otherwise; null when it cannot be read.</summary>
    internal static DateTimeOffset? Moment(string given) =>
        given.Length <= MaxCharacters
        && DateTimeOffset.TryParse(
            given,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment
            : null;

    // Two digits: ChangedReader looks back a month at most.
    [GeneratedRegex(@"^P([0-9]{1,2})D$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Days { get; }
}

/// <summary>What the page of changes shows, and what was asked of it.</summary>
public sealed record ChangesPage(ChangedPage Changed, SinceQuery Asked);
