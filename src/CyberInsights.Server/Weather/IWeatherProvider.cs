using System.Text.Json;

namespace CyberInsights.Server.Weather;

/// <summary>Who tells the weather: where to ask, and how to read what comes back. It never fetches itself.</summary>
internal interface IWeatherProvider
{
    /// <summary>As its licence wants it named.</summary>
    string Name { get; }

    /// <summary>What its values may be used under.</summary>
    string Licence { get; }

    /// <summary>Its page for people.</summary>
    Uri Home { get; }

    Uri Address(City city);

    /// <summary>What the answer says of the present and, where it does, of the hours to come, in their order; nothing when it breaks its documentation.</summary>
    IEnumerable<Conditions> Read(JsonElement answer);
}
