using CyberInsights.Server.Weather;

namespace CyberInsights.Server.Site;

/// <summary>The weather in the words and digits of a language.</summary>
internal static class WeatherWords
{
    extension(Language language)
    {
        /// <summary>32 °F; empty when nothing is known.</summary>
        internal string Temperature(LocalWeather weather) =>
            weather.Now is { } now
                ? language.Strings.Format(
                    weather.Units.Temperature == TemperatureUnit.Celsius ? "weather.celsius" : "weather.fahrenheit",
                    language.Number(weather.Units.Degrees(now.Temperature)).Replace('-', '−')
                )
                : "";

        /// <summary>broken clouds</summary>
        internal string SkyOf(LocalWeather weather) => weather.Now is { } now ? language.Strings[$"sky.{now.Sky}"] : "";

        /// <summary>Humidity 60 %; empty when it is not known.</summary>
        internal string Humidity(LocalWeather weather) =>
            weather.Now?.Humidity is { } humidity
                ? language.Strings.Format("weather.humidity", language.Number((long)Math.Round(humidity)))
                : "";

        /// <summary>wind 3.1 m/s; empty when it is not known.</summary>
        internal string Wind(LocalWeather weather) =>
            weather.Now?.Wind is { } wind
                ? language.Strings.Format(
                    $"weather.wind.{weather.Units.Wind}",
                    language.Number(weather.Units.Speed(wind))
                )
                : "";

        /// <summary>measured 14:05 UTC; empty where the values are of now.</summary>
        internal string Lateness(LocalWeather weather) =>
            weather.LateSince is { } at
                ? language.Strings.Format("weather.measured", language.Strings.Format("time.utc", language.Clock(at)))
                : "";
    }
}
