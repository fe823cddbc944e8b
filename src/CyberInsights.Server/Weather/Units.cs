namespace CyberInsights.Server.Weather;

/// <summary>How temperatures are told.</summary>
public enum TemperatureUnit
{
    Fahrenheit,
    Celsius,
}

/// <summary>How the speed of wind is told.</summary>
public enum WindUnit
{
    MetresPerSecond,
    KilometresPerHour,
    MilesPerHour,
    Knots,
}

/// <summary>The units that a reader chose; in addresses and settings each has a short name.</summary>
public sealed record Units(TemperatureUnit Temperature, WindUnit Wind)
{
    internal static IReadOnlyDictionary<string, TemperatureUnit> Temperatures { get; } =
        new Dictionary<string, TemperatureUnit> { ["F"] = TemperatureUnit.Fahrenheit, ["C"] = TemperatureUnit.Celsius };

    internal static IReadOnlyDictionary<string, WindUnit> Winds { get; } =
        new Dictionary<string, WindUnit>
        {
            ["m/s"] = WindUnit.MetresPerSecond,
            ["km/h"] = WindUnit.KilometresPerHour,
            ["mph"] = WindUnit.MilesPerHour,
            ["kn"] = WindUnit.Knots,
        };

    /// <summary>With what is named by its short name; another name, or none, changes nothing.</summary>
    internal Units With(string? temperature, string? wind) =>
        new(
            Temperatures.TryGetValue(temperature ?? "", out var t) ? t : Temperature,
            Winds.TryGetValue(wind ?? "", out var w) ? w : Wind
        );

    /// <summary>Degrees Celsius as whole degrees of this unit.</summary>
    internal long Degrees(double celsius) =>
        (long)Math.Round(Temperature == TemperatureUnit.Celsius ? celsius : (celsius * 9 / 5) + 32);

    /// <summary>Metres per second in this unit: as measured in m/s and kn, whole in the others.</summary>
    internal double Speed(double metresPerSecond) =>
        Wind switch
        {
            WindUnit.KilometresPerHour => Math.Round(metresPerSecond * 3.6),
            WindUnit.MilesPerHour => Math.Round(metresPerSecond * 3600 / 1609.344),
            WindUnit.Knots => Math.Round(metresPerSecond * 3600 / 1852, 1),
            _ => Math.Round(metresPerSecond, 1),
        };
}
