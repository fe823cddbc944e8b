namespace CyberInsights.Server.Weather;

/// <summary>The weather at a place and moment, as a provider gave it.</summary>
/// <param name="Temperature">Degrees Celsius.</param>
/// <param name="Night">Whether the sun is down there, as far as the provider says.</param>
/// <param name="Humidity">Relative, in percent; null when it was not given.</param>
/// <param name="Wind">Metres per second; null when it was not given.</param>
/// <param name="MeasuredAt">What moment the values are for.</param>
public sealed record Conditions(
    double Temperature,
    Sky Sky,
    bool Night,
    double? Humidity,
    double? Wind,
    DateTimeOffset MeasuredAt
)
{
    // Beyond every value ever measured (WMO archive of weather and climate extremes): such an answer is broken.
    private const double Coldest = -95;
    private const double Hottest = 65;
    private const double StrongestWind = 130;

    /// <summary>Null when what cannot be done without is missing or nothing that weather could be.</summary>
    internal static Conditions? Of(
        double? temperature,
        Sky? sky,
        bool night,
        double? humidity,
        double? wind,
        DateTimeOffset? measuredAt
    ) =>
        temperature is >= Coldest and <= Hottest && sky is { } seen && measuredAt is { } at
            ? new(
                temperature.Value,
                seen,
                night,
                humidity is >= 0 and <= 100 ? humidity : null,
                wind is >= 0 and <= StrongestWind ? wind : null,
                at
            )
            : null;
}
