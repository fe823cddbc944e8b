using System.Text;
using CyberInsights.Net;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Server.Weather;
using CyberInsights.Tests.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Weather;

public sealed class WeatherKeeperTests
{
    private static readonly DateTimeOffset Start = new(2025, 5, 28, 14, 5, 0, TimeSpan.Zero);
    private static readonly Units Usual = new WeatherSettings().Units;

    private readonly FakeTimeProvider clock = new(Start);
    private readonly Lines lines = new();

    [Fact]
    public async Task A_page_takes_what_is_known_and_never_waits()
    {
        await using var server = new RawServer(x => x.OkAsync(Answers.OpenMeteo(Start)));
        using var keeper = Keeper(Answers.At(server));

        var first = keeper.AtHome();
        await AskAsync(keeper, keeper.Settings.Home);
        var second = keeper.AtHome();

        Assert.Null(first.Now);
        Assert.Equal(Sky.Overcast, second.Now?.Sky);
        Assert.Equal(("Raleigh", "Open-Meteo", "w-cloud"), (second.City.Name, second.Credit.Name, second.Mark));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_place_is_asked_for_again_only_when_it_is_due()
    {
        await using var server = new RawServer(x => x.OkAsync(Answers.OpenMeteo(clock.GetUtcNow())));
        using var keeper = Keeper(Answers.At(server));

        await AskAsync(keeper, keeper.Settings.Home);
        clock.Advance(TimeSpan.FromMinutes(9));
        await AskAsync(keeper, keeper.Settings.Home);
        Assert.Equal(1, server.Connections);
        clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(keeper, keeper.Settings.Home);

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task MET_Norway_is_told_who_asks_and_its_Expires_and_Last_Modified_are_heeded()
    {
        const string modified = "Wed, 28 May 2025 13:50:00 GMT";
        await using var server = new RawServer(x =>
            x.Header("If-Modified-Since") is null
                ? x.OkAsync(
                    Answers.MetNorway(Start.AddMinutes(-5)),
                    $"Date: Wed, 28 May 2025 14:05:00 GMT\r\nExpires: Wed, 28 May 2025 14:45:00 GMT\r\nLast-Modified: {modified}\r\n"
                )
                : x.SendAsync("HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n")
        );
        using var keeper = Keeper(Answers.At(server, ProviderName.MetNorway));

        Assert.Equal(0, (await AskAsync(keeper, keeper.Settings.Home)).Now?.Temperature);
        clock.Advance(TimeSpan.FromMinutes(39));
        await AskAsync(keeper, keeper.Settings.Home);
        Assert.Single(server.Heads);
        clock.Advance(TimeSpan.FromHours(2));
        var later = await AskAsync(keeper, keeper.Settings.Home);

        Assert.Equal(2, server.Heads.Count);
        Assert.Contains("(desk@news.example)", server.Heads[0], StringComparison.Ordinal);
        Assert.Contains($"If-Modified-Since: {modified}", server.Heads[1], StringComparison.Ordinal);
        Assert.Equal(2, later.Now?.Temperature);
        Assert.Null(later.LateSince);
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n<p>maybe</p>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"current\":{\"time\":1")]
    [InlineData("nothing of HTTP")]
    public async Task After_a_failure_the_old_values_stay_with_their_moment_and_then_step_aside(string failure)
    {
        var fails = false;
        await using var server = new RawServer(x => fails ? x.SendAsync(failure) : x.OkAsync(Answers.OpenMeteo(Start)));
        using var keeper = Keeper(Answers.At(server));
        await AskAsync(keeper, keeper.Settings.Home);

        fails = true;
        clock.Advance(TimeSpan.FromHours(2));
        var late = await AskAsync(keeper, keeper.Settings.Home);
        clock.Advance(TimeSpan.FromHours(4) + TimeSpan.FromSeconds(1));
        var gone = await AskAsync(keeper, keeper.Settings.Home);

        Assert.Equal((Start, Sky.Overcast), (late.LateSince, late.Now?.Sky));
        Assert.Null(gone.Now);
        Assert.Equal(3, server.Connections);
        Assert.Empty(lines.Told);
    }

    [Fact]
    public async Task An_answer_of_the_largest_size_is_read_and_one_byte_more_is_not()
    {
        var size = WeatherKeeper.MaxAnswerBytes;
        var answer = Encoding.UTF8.GetBytes(Answers.OpenMeteo(Start));
        await using var server = new RawServer(x =>
            x.OkAsync([.. answer, .. Enumerable.Repeat((byte)' ', size - answer.Length)])
        );
        using var keeper = Keeper(Answers.At(server));

        var largest = await AskAsync(keeper, keeper.Settings.Home);
        size += 1;
        var larger = await AskAsync(keeper, Cities.Named("Prague")!);

        Assert.NotNull(largest.Now);
        Assert.Null(larger.Now);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_waited_for_three_seconds()
    {
        await using var server = new RawServer(x => x.SilenceAsync());
        using var keeper = new WeatherKeeper(
            Current(Answers.At(server)),
            new OutboundPolicy(),
            TimeProvider.System,
            lines
        );
        var started = TimeProvider.System.GetTimestamp();

        var local = await AskAsync(keeper, keeper.Settings.Home);

        Assert.Null(local.Now);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 2.5, 20);
    }

    [Fact]
    public async Task A_flood_of_places_does_not_become_a_flood_of_questions_and_leaves_the_own_place_alone()
    {
        await using var server = new RawServer(x => x.OkAsync(Answers.OpenMeteo(Start)));
        using var keeper = Keeper(Answers.At(server));
        var places = Cities.Find("sa", "en", 200).Where(c => c != keeper.Settings.Home).ToList();
        Assert.True(places.Count > 2 * WeatherKeeper.MaxBurst);

        foreach (var place in places)
        {
            await AskAsync(keeper, place);
        }
        var home = await AskAsync(keeper, keeper.Settings.Home);

        Assert.NotNull(home.Now);
        // One more is allowed every 10 s of a slow test.
        Assert.InRange(server.Connections, WeatherKeeper.MaxBurst, WeatherKeeper.MaxBurst + 20);
    }

    [Fact]
    public async Task Many_readers_of_one_place_are_one_question()
    {
        var open = new TaskCompletionSource();
        await using var server = new RawServer(async x =>
        {
            await open.Task;
            await x.OkAsync(Answers.OpenMeteo(Start));
        });
        using var keeper = Keeper(Answers.At(server));

        var asking = Enumerable.Range(0, 50).Select(_ => AskAsync(keeper, keeper.Settings.Home)).ToList();
        open.SetResult();
        var told = await Task.WhenAll(asking);

        Assert.All(told, t => Assert.NotNull(t.Now));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_provider_that_turns_us_away_is_told_once_without_the_key()
    {
        await using var server = new RawServer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        using var keeper = Keeper(Answers.At(server, ProviderName.OpenWeather));

        await AskAsync(keeper, keeper.Settings.Home);
        await AskAsync(keeper, Cities.Named("Prague")!);

        Assert.Contains("appid=secret", server.Heads[0], StringComparison.Ordinal);
        var line = Assert.Single(lines.Told);
        Assert.Contains("OpenWeather refuses to tell the weather (401)", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    private WeatherKeeper Keeper(WeatherSettings settings) =>
        new(Current(settings), new OutboundPolicy(), clock, lines);

    private static CurrentSettings Current(WeatherSettings settings) => new(new SiteSettings { Weather = settings });

    private static Task<LocalWeather> AskAsync(WeatherKeeper keeper, City city) =>
        keeper.AskAsync(city, Usual, TestContext.Current.CancellationToken);

    private sealed class Lines : ILogger<WeatherKeeper>
    {
        internal List<string> Told { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Told.Add(formatter(state, exception));
    }
}
