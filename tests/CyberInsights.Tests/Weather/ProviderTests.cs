using System.Text.Json;
using CyberInsights.Server.Weather;

namespace CyberInsights.Tests.Weather;

public sealed class ProviderTests
{
    private static readonly DateTimeOffset At = new(2025, 5, 28, 14, 0, 0, TimeSpan.Zero);
    private static readonly City Raleigh = Cities.Named("Raleigh, NC")!;

    [Fact]
    public void Open_Meteo_is_asked_for_metric_values_and_read()
    {
        var provider = new OpenMeteo(null);

        Assert.Equal(
            "https://api.open-meteo.com/v1/forecast?latitude=35.77&longitude=-78.64&current=temperature_2m,relative_humidity_2m,weather_code,wind_speed_10m,is_day&wind_speed_unit=ms&timeformat=unixtime",
            provider.Address(Raleigh).AbsoluteUri
        );
        Assert.Equal(
            [new Conditions(-1.5, Sky.Overcast, false, 60, 3.09, At)],
            Read(provider, Answers.OpenMeteo(At, -1.5))
        );
    }

    [Fact]
    public void OpenWeather_is_asked_with_the_key_and_read()
    {
        var provider = new OpenWeather(null, "a key");

        Assert.Equal(
            "https://api.openweathermap.org/data/2.5/weather?lat=35.77&lon=-78.64&units=metric&appid=a%20key",
            provider.Address(Raleigh).AbsoluteUri
        );
        Assert.Equal(
            [new Conditions(0.4, Sky.BrokenClouds, true, 60, 3.09, At)],
            Read(provider, Answers.OpenWeather(At))
        );
    }

    [Fact]
    public void MET_Norway_gives_the_hours_to_come()
    {
        var provider = new MetNorway(null);

        var hours = Read(provider, Answers.MetNorway(At));

        Assert.Equal(
            "https://api.met.no/weatherapi/locationforecast/2.0/compact?lat=35.77&lon=-78.64",
            provider.Address(Raleigh).AbsoluteUri
        );
        Assert.Equal(12, hours.Count);
        Assert.Equal(new Conditions(11, Sky.LightRain, true, 60.4, 3.1, At.AddHours(11)), hours[^1]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"current":7,"main":[],"properties":"x"}""")]
    [InlineData("""{"current":{"time":1748440800,"temperature_2m":"warm","weather_code":3}}""")]
    [InlineData("""{"current":{"time":1748440800,"temperature_2m":900,"weather_code":3}}""")]
    [InlineData("""{"current":{"time":1e300,"temperature_2m":9,"weather_code":3}}""")]
    [InlineData("""{"current":{"time":1748440800,"temperature_2m":9,"weather_code":4}}""")]
    [InlineData("""{"weather":[],"main":{"temp":3},"dt":1748440800}""")]
    [InlineData("""{"weather":[{"id":800}],"main":{"temp":3}}""")]
    [InlineData(
        """{"properties":{"timeseries":[{"time":"soon","data":{"instant":{"details":{"air_temperature":3}}}}]}}"""
    )]
    public void An_answer_without_what_is_promised_gives_nothing(string answer)
    {
        foreach (
            var provider in new IWeatherProvider[]
            {
                new OpenMeteo(null),
                new OpenWeather(null, "k"),
                new MetNorway(null),
            }
        )
        {
            Assert.Empty(Read(provider, answer));
        }
    }

    [Fact]
    public void Humidity_and_wind_may_be_missing_or_nonsense()
    {
        var read = Read(
            new OpenMeteo(null),
            """{"current":{"time":1748440800,"temperature_2m":9,"weather_code":0,"relative_humidity_2m":140,"is_day":0}}"""
        );

        Assert.Equal([new Conditions(9, Sky.Clear, true, null, null, At)], read);
    }

    [Theory]
    [InlineData("clearsky_day", Sky.Clear)]
    [InlineData("partlycloudy_polartwilight", Sky.ScatteredClouds)]
    [InlineData("cloudy", Sky.Overcast)]
    [InlineData("heavyrain", Sky.HeavyRain)]
    [InlineData("lightrainshowers_day", Sky.Showers)]
    [InlineData("lightssleetshowersandthunder_day", Sky.Thunderstorm)]
    [InlineData("heavysleet", Sky.Sleet)]
    [InlineData("snowshowers_night", Sky.SnowShowers)]
    [InlineData("lightsnow", Sky.LightSnow)]
    [InlineData("rainoffrogs", Sky.Rain)]
    [InlineData("frogs", null)]
    [InlineData(null, null)]
    public void Symbols_of_MET_Norway_become_skies(string? symbol, Sky? sky) =>
        Assert.Equal(sky, MetNorway.SkyOf(symbol));

    [Theory]
    [InlineData(200, Sky.Thunderstorm)]
    [InlineData(321, Sky.Drizzle)]
    [InlineData(500, Sky.LightRain)]
    [InlineData(504, Sky.HeavyRain)]
    [InlineData(511, Sky.FreezingRain)]
    [InlineData(531, Sky.Showers)]
    [InlineData(602, Sky.HeavySnow)]
    [InlineData(616, Sky.Sleet)]
    [InlineData(762, Sky.Haze)]
    [InlineData(781, Sky.Storm)]
    [InlineData(803, Sky.BrokenClouds)]
    [InlineData(900, null)]
    public void Condition_ids_of_OpenWeather_become_skies(int id, Sky? sky) => Assert.Equal(sky, OpenWeather.SkyOf(id));

    [Theory]
    [InlineData(0, 32, 0)]
    [InlineData(-40, -40, -40)]
    [InlineData(36.6, 98, 37)]
    public void Degrees_are_whole(double celsius, long fahrenheit, long whole)
    {
        Assert.Equal(fahrenheit, new Units(TemperatureUnit.Fahrenheit, WindUnit.Knots).Degrees(celsius));
        Assert.Equal(whole, new Units(TemperatureUnit.Celsius, WindUnit.Knots).Degrees(celsius));
    }

    [Theory]
    [InlineData("m/s", 3.1)]
    [InlineData("km/h", 11)]
    [InlineData("mph", 7)]
    [InlineData("kn", 6)]
    [InlineData("furlongs", 3.1)]
    public void Wind_is_told_in_the_unit_of_the_reader(string unit, double speed) =>
        Assert.Equal(speed, new Units(TemperatureUnit.Celsius, WindUnit.MetresPerSecond).With(null, unit).Speed(3.09));

    private static List<Conditions> Read(IWeatherProvider provider, string answer) =>
        [.. provider.Read(JsonDocument.Parse(answer).RootElement)];
}
