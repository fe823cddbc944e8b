using CyberInsights.Server.Weather;

namespace CyberInsights.Server;

/// <summary>Reads who is asked for the weather; what is shown of it can be changed at the desk.</summary>
internal static class WeatherReader
{
    internal const string Section = "Weather";
    private const string Provider = "Provider";
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
    [.. new[] { Provider, Key, Address }.Select(n => $"{Section}__{n}")];

    /// <param name="contact">Whom a provider can write to; null: it gets nobody's address.</param>
    /// <returns>Null when no weather is wanted.</returns>
    internal static WeatherSettings? Read(IConfigurationSection section, string? contact, List<string> problems)
    {
        var usual = new WeatherSettings { Contact = contact };
        if (section[Provider] == None)
        {
            return null;
        }
        var settings = usual with
        {
            Provider = ProviderOf(section[Provider], usual.Provider, problems),
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

    private static ProviderName ProviderOf(string? written, ProviderName usual, List<string> problems)
    {
        if (string.IsNullOrEmpty(written))
        {
            return usual;
        }
        if (Sources.TryGetValue(written, out var provider))
        {
            return provider;
        }
        problems.Add(
            $"Insights__{Section}__{Provider} is '{written}'. Write {string.Join(", ", [.. Sources.Keys, None])}."
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
