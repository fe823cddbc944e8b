using CyberInsights.Server.Weather;

namespace CyberInsights.Server;

/// <summary>Reads the settings of the weather, all under <c>Insights__Weather__</c>.</summary>
internal static class WeatherReader
{
    internal const string Section = "Weather";
    private const string Provider = "Provider";
    private const string Place = "Place";
    private const string Temperature = "Temperature";
    private const string Wind = "Wind";
    private const string Key = "Key";
    private const string Address = "Address";
    private const string None = "none";

    private static readonly Dictionary<string, ProviderName> Sources = new()
    {
        ["open-meteo"] = ProviderName.OpenMeteo,
        ["met-norway"] = ProviderName.MetNorway,
        ["openweathermap"] = ProviderName.OpenWeather,
    };

    internal static IReadOnlyList<string> Names { get; } =
    [.. new[] { Provider, Place, Temperature, Wind, Key, Address }.Select(n => $"{Section}__{n}")];

    /// <param name="contact">Whom a provider can write to; null: it gets nobody's address.</param>
    /// <returns>Null when no weather is wanted.</returns>
    internal static WeatherSettings? Read(IConfigurationSection section, string? contact, List<string> problems)
    {
        var usual = new WeatherSettings { Contact = contact };
        foreach (
            var unknown in section
                .GetChildren()
                .Select(c => $"{Section}__{c.Key}")
                .Where(n => !Names.Contains(n, StringComparer.OrdinalIgnoreCase))
        )
        {
            problems.Add(
                $"Insights__{unknown} is no setting of the weather. Correct its name ({string.Join(", ", Names)}) or take it out."
            );
        }
        if (section[Provider] == None)
        {
            return null;
        }
        var settings = usual with
        {
            Provider = OneOf(section, Provider, Sources, usual.Provider, problems, None),
            Place = PlaceOf(section[Place], usual.Place, problems),
            Units = new(
                OneOf(section, Temperature, Units.Temperatures, usual.Units.Temperature, problems),
                OneOf(section, Wind, Units.Winds, usual.Units.Wind, problems)
            ),
            Key = section[Key] is { Length: > 0 } key ? key : null,
            Address = AddressOf(section[Address], problems),
        };
        Check(settings, problems);
        return settings;
    }

    private static void Check(WeatherSettings settings, List<string> problems)
    {
        if (settings.Key is not null && Environment.GetEnvironmentVariable($"Insights__{Section}__{Key}") is null)
        {
            problems.Add(
                $"Insights__{Section}__{Key} stands in a file, where others may read it. Take it out, and set it as an environment variable."
            );
        }
        if (settings is { Provider: ProviderName.OpenWeather, Key: null })
        {
            problems.Add(
                $"Insights__{Section}__{Provider} is openweathermap, which answers nobody without a key. Set Insights__{Section}__{Key}, or choose open-meteo, which wants none."
            );
        }
        if (settings is { Provider: ProviderName.MetNorway, Contact: null })
        {
            problems.Add(
                $"Insights__{Section}__{Provider} is met-norway, whose terms want to know who asks. Set Insights__Contact or Insights__Site, or choose open-meteo."
            );
        }
    }

    private static string PlaceOf(string? written, string usual, List<string> problems)
    {
        if (string.IsNullOrEmpty(written) || Cities.Named(written) is not null)
        {
            return string.IsNullOrEmpty(written) ? usual : written;
        }
        problems.Add(
            $"Insights__{Section}__{Place} is '{written}', which the list of cities does not have. Write a larger city nearby as {usual} or Praha, CZ; the page /weather finds names."
        );
        return usual;
    }

    private static T OneOf<T>(
        IConfigurationSection section,
        string name,
        IReadOnlyDictionary<string, T> values,
        T usual,
        List<string> problems,
        params string[] others
    )
    {
        if (section[name] is not { Length: > 0 } written)
        {
            return usual;
        }
        if (values.TryGetValue(written, out var value))
        {
            return value;
        }
        problems.Add(
            $"Insights__{Section}__{name} is '{written}'. Write {string.Join(", ", [.. values.Keys, .. others])}."
        );
        return usual;
    }

    private static Uri? AddressOf(string? written, List<string> problems)
    {
        if (string.IsNullOrEmpty(written))
        {
            return null;
        }
        if (
            Uri.TryCreate(written.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
        )
        {
            return address;
        }
        problems.Add(
            $"Insights__{Section}__{Address} is '{written}', which is no web address. Write it as http://localhost:8080."
        );
        return null;
    }
}
