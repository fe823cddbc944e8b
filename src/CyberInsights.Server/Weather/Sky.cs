namespace CyberInsights.Server.Weather;

/// <summary>What the sky does, in as many words as a reader tells apart; each provider's codes map to these.</summary>
public enum Sky
{
    Clear,
    FewClouds,
    ScatteredClouds,
    BrokenClouds,
    Overcast,
    Mist,
    Fog,

    /// <summary>Smoke, haze or ash.</summary>
    Haze,

    /// <summary>Dust or sand in the air.</summary>
    Dust,
    Drizzle,
    LightRain,
    Rain,
    HeavyRain,
    Showers,
    FreezingRain,
    Sleet,
    LightSnow,
    Snow,
    HeavySnow,
    SnowShowers,
    Thunderstorm,
    Hailstorm,

    /// <summary>Squalls or a tornado.</summary>
    Storm,
}
