namespace CyberInsights.Server.Weather;

/// <summary>Who can be asked for the weather.</summary>
internal enum ProviderName
{
    OpenMeteo,
    MetNorway,
    OpenWeather,
}

/// <summary>What an operator sets about the weather in the header.</summary>
public sealed record WeatherSettings
{
    internal ProviderName Provider { get; init; } = ProviderName.OpenMeteo;

    /// <summary>Whether it is shown; otherwise nobody is asked either.</summary>
    public bool Shown { get; init; } = true;

    /// <summary>The place that is shown until a reader chooses another.</summary>
    public City Home
    {
        get => field ??= Cities.Named("Raleigh, NC")!;
        init;
    }

    /// <summary>The units until a reader chooses others.</summary>
    public Units Units { get; init; } = new(TemperatureUnit.Fahrenheit, WindUnit.MetresPerSecond);

    /// <summary>For <see cref="ProviderName.OpenWeather"/>; shown and logged nowhere.</summary>
    public string? Key { get; init; }

    /// <summary>A server of one's own that answers as the provider does; may be of this machine or network. Null: the provider's.</summary>
    public Uri? Address { get; init; }

    /// <summary>Whom the provider can write to: a mail address or the site's own; sent in the User-Agent. Null: nobody.</summary>
    public string? Contact { get; init; }

    // A record would show its key.
    public override string ToString() => $"{Provider} for {Home.Name}";

    internal IWeatherProvider NewProvider() =>
        Provider switch
        {
            ProviderName.MetNorway => new MetNorway(Address),
            ProviderName.OpenWeather => new OpenWeather(Address, Key!),
            _ => new OpenMeteo(Address),
        };
}
