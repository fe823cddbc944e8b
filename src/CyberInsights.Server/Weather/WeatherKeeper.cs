using System.Text.Json;
using System.Threading.RateLimiting;
using CyberInsights.Net;
using CyberInsights.Server.Settings;

namespace CyberInsights.Server.Weather;

/// <summary>
/// Keeps the weather of places in memory and asks for it anew when it is due, one question a place at a time. A page takes what is
/// here and never waits; who can wait does so for the time limit of an answer at most. Thread safe.
/// </summary>
internal sealed partial class WeatherKeeper : IDisposable
{
    /// <summary>Places that are kept; the one unused for longest makes room. 500.</summary>
    internal const int MaxPlaces = 500;

    /// <summary>Questions at once for places other than the site's own, and then one each 10 s: fewer than 9,000 a day. 40.</summary>
    internal const int MaxBurst = 40;

    /// <summary>Bytes of an answer; 256 KiB. MET Norway sends about 40.</summary>
    internal const int MaxAnswerBytes = 256 * 1024;

    /// <summary>Values older than this are not shown; 6 h.</summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromHours(6);

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(10);

    // Two machines seldom agree to the minute.
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(15);

    // Providers compute anew every 10 to 60 minutes; one that failed gets some rest.
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);

    private readonly Dictionary<City, Kept> places = [];
    private readonly TokenBucketRateLimiter calls = new(
        new TokenBucketRateLimiterOptions
        {
            TokenLimit = MaxBurst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = BetweenQuestions,
        }
    );
    private readonly CurrentSettings current;
    private readonly IWeatherProvider provider;
    private readonly GuardedHttp http;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private bool refusalTold;

    public WeatherKeeper(CurrentSettings current, OutboundPolicy policy, TimeProvider clock, ILogger<WeatherKeeper> log)
    {
        (this.current, this.clock, this.log) = (current, clock, log);
        var settings = Settings;
        provider = settings.NewProvider();
        http = new GuardedHttp(
            policy with
            {
                UserAgent = settings.Contact is { } contact ? $"{policy.UserAgent} ({contact})" : policy.UserAgent,
                Limits = policy.Limits with { Total = TimeLimit, MaxBodyBytes = MaxAnswerBytes },
                Trusted = settings.Address,
            },
            clock
        );
    }

    /// <summary>What is shown; who is asked for it is set at start.</summary>
    internal WeatherSettings Settings => current.Now.Weather!;

    public void Dispose()
    {
        http.Dispose();
        calls.Dispose();
    }

    /// <summary>What is known of the site's own place at once; asks for more in the background when it is due.</summary>
    internal LocalWeather AtHome()
    {
        var settings = Settings;
        _ = RefreshAsync(settings.Home);
        return Local(settings.Home, settings.Units);
    }

    /// <summary>The weather of a place; waits for an answer that is due, 3 s at most.</summary>
    internal async Task<LocalWeather> AskAsync(City city, Units units, CancellationToken cancel)
    {
        await RefreshAsync(city).WaitAsync(cancel);
        return Local(city, units);
    }

    private LocalWeather Local(City city, Units units) =>
        new(
            city,
            Latest(city),
            units,
            new WeatherCredit(provider.Name, provider.Home, provider.Licence),
            clock.GetUtcNow()
        );

    private Conditions? Latest(City city)
    {
        lock (places)
        {
            var now = clock.GetUtcNow();
            return
                places.TryGetValue(city, out var kept)
                && kept.Hours.LastOrDefault(c => c.MeasuredAt <= now + ClocksApart) is { } latest
                && now - latest.MeasuredAt <= MaxAge
                ? latest
                : null;
        }
    }

    private Task RefreshAsync(City city)
    {
        lock (places)
        {
            var now = clock.GetUtcNow();
            if (places.TryGetValue(city, out var kept))
            {
                kept.UsedAt = now;
                if (!kept.Asking.IsCompleted || now < kept.DueAt)
                {
                    return kept.Asking;
                }
            }
            if (city != Settings.Home && !calls.AttemptAcquire().IsAcquired)
            {
                return Task.CompletedTask;
            }
            if (kept is null)
            {
                MakeRoom();
                places[city] = kept = new Kept { UsedAt = now };
            }
            return kept.Asking = FetchAsync(city, kept);
        }
    }

    private void MakeRoom()
    {
        if (places.Count >= MaxPlaces)
        {
            places.Remove(places.Where(p => p.Key != Settings.Home).MinBy(p => p.Value.UsedAt).Key);
        }
    }

    private async Task FetchAsync(City city, Kept kept)
    {
        // Not under the lock of the caller.
        await Task.Yield();
        var outcome = await http.GetAsync(
            new FetchRequest
            {
                Address = provider.Address(city),
                Accept = "application/json",
                ETag = kept.ETag,
                LastModified = kept.LastModified,
            },
            CancellationToken.None
        );
        var now = clock.GetUtcNow();
        var read = outcome is FetchOutcome.Fresh fresh ? Read(fresh.Body) : [];
        lock (places)
        {
            switch (outcome)
            {
                case FetchOutcome.Fresh answer when read.Count > 0:
                    kept.Hours = read;
                    (kept.ETag, kept.LastModified) = (answer.ETag, answer.LastModified);
                    kept.DueAt = now + Pause(answer.MaxAge);
                    refusalTold = false;
                    break;
                case FetchOutcome.NotModified same:
                    kept.DueAt = now + Pause(same.MaxAge);
                    break;
                case FetchOutcome.Throttled throttled:
                    kept.DueAt = now + (throttled.RetryAfter ?? AfterFailure);
                    break;
                default:
                    kept.DueAt = now + AfterFailure;
                    break;
            }
        }
        TellRefusal(outcome);
    }

    // A provider that is not reached is no news; one that turns us away waits for the operator.
    private void TellRefusal(FetchOutcome outcome)
    {
        if (outcome is FetchOutcome.Failed { Status: { } status and (401 or 403) } && !refusalTold)
        {
            refusalTold = true;
            LogRefused(log, provider.Name, status);
        }
    }

    private IReadOnlyList<Conditions> Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return [.. provider.Read(json.RootElement)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static TimeSpan Pause(TimeSpan? asked) =>
        asked is not { } time || time < Usual ? Usual
        : time > Longest ? Longest
        : time;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Provider} refuses to tell the weather ({Status}): the header shows none. Check Insights__Weather__Key, or Insights__Contact for MET Norway."
    )]
    private static partial void LogRefused(ILogger log, string provider, int status);

    private sealed class Kept
    {
        internal IReadOnlyList<Conditions> Hours { get; set; } = [];
        internal string? ETag { get; set; }
        internal string? LastModified { get; set; }
        internal DateTimeOffset DueAt { get; set; }
        internal DateTimeOffset UsedAt { get; set; }
        internal Task Asking { get; set; } = Task.CompletedTask;
    }
}
