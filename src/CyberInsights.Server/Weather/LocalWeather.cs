namespace CyberInsights.Server.Weather;

/// <summary>The weather of one place as a reader is told it.</summary>
/// <param name="Now">Null: nothing is known, or only what is too old.</param>
public sealed record LocalWeather(City City, Conditions? Now, Units Units, WeatherCredit Credit, DateTimeOffset AsOf)
{
    // Providers compute at least every hour; values that are older were not to be had newer.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(75);

    /// <summary>When the values are from, where that has to be said.</summary>
    public DateTimeOffset? LateSince => Now?.MeasuredAt is { } at && AsOf - at > Late ? at : null;

    /// <summary>The drawing of the sky among <c>Parts/WeatherMarks</c>.</summary>
    public string Mark =>
        Now switch
        {
            null => "w-none",
            { Sky: Sky.Clear, Night: true } => "w-moon",
            { Sky: Sky.Clear } => "w-sun",
            { Sky: Sky.FewClouds or Sky.ScatteredClouds, Night: true } => "w-mooncloud",
            { Sky: Sky.FewClouds or Sky.ScatteredClouds } => "w-suncloud",
            { Sky: Sky.BrokenClouds or Sky.Overcast } => "w-cloud",
            { Sky: Sky.Mist or Sky.Fog or Sky.Haze or Sky.Dust } => "w-fog",
            { Sky: Sky.LightSnow or Sky.Snow or Sky.HeavySnow or Sky.SnowShowers } => "w-snow",
            { Sky: Sky.Sleet or Sky.FreezingRain } => "w-sleet",
            { Sky: Sky.Thunderstorm or Sky.Hailstorm or Sky.Storm } => "w-storm",
            _ => "w-rain",
        };
}

/// <summary>Who told the weather, as the licence wants it named.</summary>
public sealed record WeatherCredit(string Name, Uri Home, string Licence);
