using System.Globalization;
using System.Text.Json;

namespace CyberInsights.Server.Weather;

/// <summary>OpenWeather's current weather API 2.5 (openweathermap.org/current); needs a key. Skies are its condition ids.</summary>
internal sealed class OpenWeather(Uri? address, string key) : IWeatherProvider
{
    private readonly Uri start = address ?? new("https://api.openweathermap.org/");

    public string Name => "OpenWeather";
    public string Licence => "CC BY-SA 4.0";
    public Uri Home { get; } = new("https://openweathermap.org/");

    public Uri Address(City city) =>
        new(
            start,
            string.Create(
                CultureInfo.InvariantCulture,
                $"data/2.5/weather?lat={city.Latitude}&lon={city.Longitude}&units=metric&appid={Uri.EscapeDataString(key)}"
            )
        );

    public IEnumerable<Conditions> Read(JsonElement answer)
    {
        var weather = answer.Items("weather").FirstOrDefault();
        return
            answer.Field("main") is { } main
            && Conditions.Of(
                main.Number("temp"),
                SkyOf(weather.Number("id")),
                weather.Text("icon")?.EndsWith('n') == true,
                main.Number("humidity"),
                answer.Field("wind")?.Number("speed"),
                answer.Moment("dt")
            )
                is { } now
            ? [now]
            : [];
    }

    // openweathermap.org/weather-conditions
    internal static Sky? SkyOf(double? id) =>
        id switch
        {
            >= 200 and < 300 => Sky.Thunderstorm,
            >= 300 and < 400 => Sky.Drizzle,
            500 => Sky.LightRain,
            501 => Sky.Rain,
            511 => Sky.FreezingRain,
            >= 502 and < 511 => Sky.HeavyRain,
            >= 520 and < 600 => Sky.Showers,
            600 => Sky.LightSnow,
            601 => Sky.Snow,
            602 => Sky.HeavySnow,
            >= 611 and <= 616 => Sky.Sleet,
            >= 620 and < 700 => Sky.SnowShowers,
            701 => Sky.Mist,
            711 or 721 or 762 => Sky.Haze,
            731 or 751 or 761 => Sky.Dust,
            741 => Sky.Fog,
            771 or 781 => Sky.Storm,
            800 => Sky.Clear,
            801 => Sky.FewClouds,
            802 => Sky.ScatteredClouds,
            803 => Sky.BrokenClouds,
            804 => Sky.Overcast,
            _ => null,
        };
}
