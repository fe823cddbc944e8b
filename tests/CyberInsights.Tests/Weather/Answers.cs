using System.Globalization;
using CyberInsights.Server.Weather;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Weather;

/// <summary>Invented answers in the shapes that the providers document.</summary>
internal static class Answers
{
    internal static string OpenMeteo(DateTimeOffset at, double temperature = 0, int code = 3) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"latitude":35.77,"longitude":-78.64,"utc_offset_seconds":0,
             "current_units":{"time":"unixtime","interval":"seconds","temperature_2m":"°C","wind_speed_10m":"m/s"},
             "current":{"time":{{at.ToUnixTimeSeconds()}},"interval":900,"temperature_2m":{{temperature}},"relative_humidity_2m":60,
              "weather_code":{{code}},"wind_speed_10m":3.09,"is_day":1} }
            """
        );

    internal static string OpenWeather(DateTimeOffset at) =>
        $$$"""
            {"coord":{"lon":-78.64,"lat":35.77},"weather":[{"id":803,"main":"Clouds","description":"broken clouds","icon":"04n"}],
             "main":{"temp":0.4,"feels_like":-3,"pressure":1015,"humidity":60},"wind":{"speed":3.09,"deg":349},"dt":{{{at.ToUnixTimeSeconds()}}},"cod":200}
            """;

    /// <summary>Hours from <paramref name="first"/> on, one degree warmer each, the first at 0 °C.</summary>
    internal static string MetNorway(DateTimeOffset first, int hours = 20)
    {
        var entries = Enumerable
            .Range(0, hours)
            .Select(h =>
                $$$"""
                    {"time":"{{{first.AddHours(h).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}}","data":{"instant":{"details":
                    {"air_temperature":{{{h}}}.0,"relative_humidity":60.4,"wind_speed":3.1} },
                    "next_1_hours":{"summary":{"symbol_code":"lightrain_night"},"details":{"precipitation_amount":0.3} } } }
                    """
            );
        return $$"""{"type":"Feature","properties":{"meta":{"units":{} },"timeseries":[{{string.Join(',', entries)}}] } }""";
    }

    /// <summary>Settings that ask <paramref name="server"/> in a provider's place.</summary>
    internal static WeatherSettings At(RawServer server, ProviderName provider = ProviderName.OpenMeteo) =>
        new()
        {
            Provider = provider,
            Key = "secret",
            Contact = "desk@news.example",
            Address = new Uri($"http://{server.Endpoint}/"),
        };
}
