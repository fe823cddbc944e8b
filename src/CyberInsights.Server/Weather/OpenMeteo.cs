using System.Globalization;
using System.Text.Json;

namespace CyberInsights.Server.Weather;

/// <summary>Open-Meteo's forecast API (open-meteo.com/en/docs), "current" values; needs no key. Skies are WMO codes.</summary>
internal sealed class OpenMeteo(Uri? address) : IWeatherProvider
{
    private readonly Uri start = address ?? new("https://api.open-meteo.com/");

    public string Name => "Open-Meteo";
    public string Licence => "CC BY 4.0";
    public Uri Home { get; } = new("https://open-meteo.com/");

    public Uri Address(City city) =>
        new(
            start,
            string.Create(
                CultureInfo.InvariantCulture,
                $"v1/forecast?latitude={city.Latitude}&longitude={city.Longitude}&current=temperature_2m,relative_humidity_2m,weather_code,wind_speed_10m,is_day&wind_speed_unit=ms&timeformat=unixtime"
            )
        );

    public IEnumerable<Conditions> Read(JsonElement answer) =>
        answer.Field("current") is { } current
        && Conditions.Of(
            current.Number("temperature_2m"),
            SkyOf(current.Number("weather_code")),
            current.Number("is_day") == 0,
            current.Number("relative_humidity_2m"),
            current.Number("wind_speed_10m"),
            current.Moment("time")
        )
            is { } now
            ? [now]
            : [];

    // The part of WMO's code table 4677 that the provider uses.
    internal static Sky? SkyOf(double? code) =>
        code switch
        {
            0 => Sky.Clear,
            1 => Sky.FewClouds,
            2 => Sky.ScatteredClouds,
            3 => Sky.Overcast,
            45 or 48 => Sky.Fog,
            51 or 53 or 55 => Sky.Drizzle,
            56 or 57 or 66 or 67 => Sky.FreezingRain,
            61 => Sky.LightRain,
            63 => Sky.Rain,
            65 => Sky.HeavyRain,
            71 or 77 => Sky.LightSnow,
            73 => Sky.Snow,
            75 => Sky.HeavySnow,
            80 or 81 or 82 => Sky.Showers,
            85 or 86 => Sky.SnowShowers,
            95 => Sky.Thunderstorm,
            96 or 99 => Sky.Hailstorm,
            _ => null,
        };
}
