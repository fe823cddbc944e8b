using System.Globalization;
using System.Text.Json;

namespace CyberInsights.Server.Weather;

/// <summary>
/// MET Norway's Locationforecast 2.0 (api.met.no/weatherapi/locationforecast/2.0/documentation), hour by hour;
/// needs a User-Agent that says who asks. Skies are its symbol codes, at night with "_night" at the end.
/// </summary>
internal sealed class MetNorway(Uri? address) : IWeatherProvider
{
    // An answer stays the same for some hours ("Not Modified"), and the present moves on in it.
    private const int HoursRead = 12;
    private const StringComparison Sense = StringComparison.Ordinal;

    private readonly Uri start = address ?? new("https://api.met.no/");

    public string Name => "MET Norway";
    public string Licence => "CC BY 4.0, NLOD 2.0";
    public Uri Home { get; } = new("https://www.met.no/en");

    // The terms of use allow four decimals at most; cities have two.
    public Uri Address(City city) =>
        new(
            start,
            string.Create(
                CultureInfo.InvariantCulture,
                $"weatherapi/locationforecast/2.0/compact?lat={city.Latitude}&lon={city.Longitude}"
            )
        );

    public IEnumerable<Conditions> Read(JsonElement answer) =>
        (answer.Field("properties")?.Items("timeseries") ?? []).Take(HoursRead).Select(HourOf).OfType<Conditions>();

    private static Conditions? HourOf(JsonElement entry)
    {
        var data = entry.Field("data");
        var details = data?.Field("instant")?.Field("details");
        var symbol = (data?.Field("next_1_hours") ?? data?.Field("next_6_hours"))
            ?.Field("summary")
            ?.Text("symbol_code");
        return Conditions.Of(
            details?.Number("air_temperature"),
            SkyOf(symbol),
            symbol?.EndsWith("_night", StringComparison.Ordinal) == true,
            details?.Number("relative_humidity"),
            details?.Number("wind_speed"),
            TimeOf(entry)
        );
    }

    private static DateTimeOffset? TimeOf(JsonElement entry) =>
        DateTimeOffset.TryParse(
            entry.Text("time"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at
        )
            ? at
            : null;

    // Codes are put together: light or heavy, what falls, "showers", "andthunder" (github.com/metno/weathericons). Two of the
    // documented ones have a letter too many, "lightssnowshowersandthunder", so that what matters is looked for inside.
    internal static Sky? SkyOf(string? symbol)
    {
        var code = symbol?.Split('_')[0] ?? "";
        var (light, heavy, showers) = (
            code.StartsWith("light", Sense),
            code.StartsWith("heavy", Sense),
            Has("showers")
        );
        return code switch
        {
            "clearsky" => Sky.Clear,
            "fair" => Sky.FewClouds,
            "partlycloudy" => Sky.ScatteredClouds,
            "cloudy" => Sky.Overcast,
            "fog" => Sky.Fog,
            _ when Has("thunder") => Sky.Thunderstorm,
            _ when Has("sleet") => Sky.Sleet,
            _ when Has("snow") => showers ? Sky.SnowShowers
            : light ? Sky.LightSnow
            : heavy ? Sky.HeavySnow
            : Sky.Snow,
            _ when Has("rain") => showers ? Sky.Showers
            : light ? Sky.LightRain
            : heavy ? Sky.HeavyRain
            : Sky.Rain,
            _ => null,
        };

        bool Has(string part) => code.Contains(part, Sense);
    }
}
