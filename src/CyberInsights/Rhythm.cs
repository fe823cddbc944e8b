using System.Text.Json;
using System.Text.Json.Serialization;

namespace CyberInsights;

/// <summary>What a source asks of those who poll it.</summary>
public sealed record Pacing
{
    /// <summary>How long a document may be kept before it is asked for again: RSS 2.0 <c>ttl</c>.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>Hours of the day, 0 to 23 UTC, in which nothing new appears (RSS 2.0 <c>skipHours</c>).</summary>
    public IReadOnlyList<int> SkipHours { get; init; } = [];

    /// <summary>Days on which nothing new appears (RSS 2.0 <c>skipDays</c>).</summary>
    public IReadOnlyList<DayOfWeek> SkipDays { get; init; } = [];
}

/// <summary>Who tells of changes, and by which address the source is known there.</summary>
public sealed record PushHub(string Hub, string Topic);

/// <summary>One new item, as far as a rhythm is concerned.</summary>
/// <param name="At">When it was published; the time of capture when it does not say.</param>
/// <param name="Delay">From publication to capture; null when it does not say to the minute when it was published.</param>
/// <param name="Length">Characters of its text.</param>
public sealed record RhythmItem(DateTimeOffset At, TimeSpan? Delay, int Length, string Language);

/// <summary>
/// How a source usually publishes, learned from what it published: how many items at which hours, how long its pauses are, how
/// long its texts. Old observations fade with a half-life of 14 days. Pure: learning gives a new rhythm.
/// </summary>
public sealed record Rhythm
{
    private const double HalfLifeHours = 14 * 24;

    // The newest items tell what is usual now; a month of a daily source.
    private const int Remembered = 31;

    // As many items as would be seen by chance in an hour nobody has watched: keeps an unknown hour from counting as never.
    private const double PriorItemsPerHour = 0.25;

    /// <summary>Faded number of items in each hour of the day, UTC.</summary>
    public IReadOnlyList<double> Hours { get; init; } = new double[24];

    /// <summary>Faded number of hours in which these items were seen.</summary>
    public double Watched { get; init; }
    public DateTimeOffset LearnedAt { get; init; }
    public DateTimeOffset? NewestAt { get; init; }

    /// <summary>The longest time between two items lately, in hours; fades like the rest.</summary>
    public double LongestPause { get; init; }

    /// <summary>Seconds from the publication of an item to its capture, the newest last; items of the first reading are not counted.</summary>
    public IReadOnlyList<long> Delays { get; init; } = [];

    /// <summary>Characters of the newest texts, the newest last.</summary>
    public IReadOnlyList<int> Lengths { get; init; } = [];

    /// <summary>Languages of the newest texts, the newest last.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Documents without any item, in a row.</summary>
    public int EmptyDocuments { get; init; }

    /// <summary>Whether the last document gave one address for all of its items.</summary>
    public bool OneLink { get; init; }

    /// <summary>New items of the newest document that were put off, because the source brought too many within a day.</summary>
    public int PutOff { get; init; }

    /// <summary>Whether the last document gave most of its items under other ids than before.</summary>
    public bool ChangingIds { get; init; }
    public Pacing Pacing { get; init; } = new();

    /// <summary>The hub that tells of changes (W3C WebSub); null when the source names none.</summary>
    public PushHub? Hub { get; init; }

    /// <summary>Expected items a day.</summary>
    [JsonIgnore]
    public double PerDay => Watched <= 0 ? 0 : 24 * Hours.Sum() / Watched;

    /// <summary>Median time from publication to capture; null before an item was met after its first reading.</summary>
    [JsonIgnore]
    public TimeSpan? Freshness =>
        Delays.Count == 0 ? null : TimeSpan.FromSeconds(Delays.Order().ElementAt(Delays.Count / 2));

    /// <summary>What is stored of it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RhythmJson.Default.Rhythm);

    /// <summary>Null for null.</summary>
    public static Rhythm? Parse(string? json) =>
        json is null ? null : JsonSerializer.Deserialize(json, RhythmJson.Default.Rhythm);

    /// <summary>How many items are expected between two moments, by the hours of the day.</summary>
    public double Expected(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = 0.0;
        for (var at = from; at < to; )
        {
            var end = NextHour(at) < to ? NextHour(at) : to;
            sum += Rate(at.UtcDateTime.Hour) * (end - at).TotalHours;
            at = end;
        }
        return sum;
    }

    /// <summary>When <paramref name="items"/> items are expected to have appeared since <paramref name="now"/>, a week at most.</summary>
    public DateTimeOffset When(DateTimeOffset now, double items)
    {
        var left = items;
        for (var at = now; at < now.AddDays(7); at = NextHour(at))
        {
            var rate = Rate(at.UtcDateTime.Hour);
            var hours = (NextHour(at) - at).TotalHours;
            if (rate * hours >= left)
            {
                return at.AddHours(left / rate);
            }
            left -= rate * hours;
        }
        return now.AddDays(7);
    }

    /// <summary>What is known after one more document, of which <paramref name="fresh"/> are the items not seen before.</summary>
    /// <param name="known">What was known; null for a first document, whose items tell the past two weeks.</param>
    /// <param name="now">When the document was fetched.</param>
    public static Rhythm Learn(Rhythm? known, IReadOnlyList<RhythmItem> fresh, DateTimeOffset now)
    {
        var window = now.AddHours(-HalfLifeHours);
        var items = fresh.Where(i => i.At > window && i.At <= now).OrderBy(i => i.At).ToList();
        var since = known?.LearnedAt ?? (items.Count == 0 ? now.AddHours(-1) : items[0].At);
        var elapsed = Math.Max(0, (now - since).TotalHours);
        var fade = Fade(elapsed);
        var hours = (known ?? new Rhythm()).Hours.Select(h => h * fade).ToArray();
        foreach (var item in items)
        {
            hours[item.At.UtcDateTime.Hour] += Fade((now - item.At).TotalHours);
        }
        return new Rhythm
        {
            Hours = hours,
            // The integral of the fading over the hours watched since.
            Watched = ((known?.Watched ?? 0) * fade) + (HalfLifeHours / Math.Log(2) * (1 - fade)),
            LearnedAt = now,
            NewestAt = items.Count == 0 ? known?.NewestAt : Later(known?.NewestAt, items[^1].At),
            LongestPause = Math.Max((known?.LongestPause ?? 0) * fade, Pauses(known?.NewestAt, items)),
            Delays = known is null ? [] : Newest(known.Delays, items.Where(i => i.Delay is not null).Select(Seconds)),
            Lengths = Newest(known?.Lengths ?? [], items.Select(i => i.Length)),
            Languages = Newest(known?.Languages ?? [], items.Select(i => i.Language)),
            EmptyDocuments = known?.EmptyDocuments ?? 0,
            OneLink = known?.OneLink ?? false,
            Pacing = known?.Pacing ?? new Pacing(),
            Hub = known?.Hub,
        };
    }

    // Expected items in an hour of that name: its own count and its neighbours', so that one late item does not make a habit.
    private double Rate(int hour)
    {
        var near = (Hours[(hour + 23) % 24] + (2 * Hours[hour]) + Hours[(hour + 1) % 24]) / 4;
        var days = Math.Max(Watched / 24, 1.0 / 24);
        return (near + (PriorItemsPerHour * PerDay / 24)) / (days + PriorItemsPerHour);
    }

    private static double Fade(double hours) => Math.Pow(0.5, hours / HalfLifeHours);

    private static DateTimeOffset NextHour(DateTimeOffset at) =>
        new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero).AddHours(at.UtcDateTime.Hour + 1);

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private static double Pauses(DateTimeOffset? before, List<RhythmItem> items)
    {
        var longest = 0.0;
        foreach (var item in items)
        {
            longest = Math.Max(longest, before is { } earlier ? (item.At - earlier).TotalHours : 0);
            before = Later(before, item.At);
        }
        return longest;
    }

    private static long Seconds(RhythmItem item) => (long)Math.Max(0, item.Delay!.Value.TotalSeconds);

    private static IReadOnlyList<T> Newest<T>(IReadOnlyList<T> known, IEnumerable<T> more) =>
        [.. known.Concat(more).TakeLast(Remembered)];
}

[JsonSerializable(typeof(Rhythm))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class RhythmJson : JsonSerializerContext;
