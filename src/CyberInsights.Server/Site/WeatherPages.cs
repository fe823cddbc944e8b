using System.Globalization;
using System.Text.Json.Serialization;
using CyberInsights.Server.Site.Pages;
using CyberInsights.Server.Weather;

namespace CyberInsights.Server.Site;

/// <summary>The page on which a reader chooses place and units, and what the script asks for the box in the header. Nothing of it is kept or logged.</summary>
/// <param name="keeper">Null: the operator wants no weather.</param>
internal sealed class WeatherPages(PageRenderer renderer, SiteMessages messages, WeatherKeeper? keeper = null)
{
    private const string PrivateMinute = "private, max-age=60";
    private const int FoundShown = 20;

    internal async Task<IResult> PageAsync(HttpContext http)
    {
        if (keeper is not { Settings.Shown: true })
        {
            return await messages.MissingAsync(http, "missing.page");
        }
        var asked = Asked.In(http.Request.Query);
        var language = Language.OfPath(http.Request.Path.Value ?? "/");
        var words = http.Request.Query["city"].FirstOrDefault() ?? "";
        var page = new WeatherPage(
            await LocalAsync(keeper, asked, http.RequestAborted),
            asked.Query,
            words,
            Cities.Find(words, language.Code, FoundShown)
        );
        var head = new PageHead(language.Strings.Format("weather.title", page.Local.City.NameIn(language.Code)))
        {
            Unlisted = http.Request.QueryString.HasValue,
            KeepQuery = true,
        };
        var parameters = new Dictionary<string, object?> { [nameof(WeatherView.Model)] = page };
        return new BodyResult(await renderer.RenderAsync<WeatherView>(http, language, head, parameters))
        {
            CacheControl = PrivateMinute,
        };
    }

    internal async Task<IResult> BoxAsync(HttpContext http)
    {
        if (keeper is not { Settings.Shown: true })
        {
            return Results.NotFound();
        }
        http.Response.Headers.CacheControl = PrivateMinute;
        var language = Language.OfPath(http.Request.Path.Value ?? "/");
        var local = await LocalAsync(keeper, Asked.In(http.Request.Query), http.RequestAborted);
        return Results.Json(
            new WeatherAnswer(
                local.City.NameIn(language.Code),
                local.Mark,
                language.Temperature(local),
                local.Now is null ? language.Strings["weather.none"] : language.SkyOf(local),
                language.Humidity(local),
                language.Wind(local),
                language.Lateness(local)
            ),
            WeatherJson.Default.WeatherAnswer
        );
    }

    private static Task<LocalWeather> LocalAsync(WeatherKeeper keeper, Asked asked, CancellationToken cancel)
    {
        var usual = keeper.Settings;
        return keeper.AskAsync(asked.City ?? usual.Home, usual.Units.With(asked.Temperature, asked.Wind), cancel);
    }

    /// <summary>What an address names; where it is wrong in one part it is right in the others.</summary>
    private sealed record Asked(City? City, string? Temperature, string? Wind)
    {
        internal static Asked In(IQueryCollection query) =>
            new(
                int.TryParse(query["place"].FirstOrDefault(), CultureInfo.InvariantCulture, out var id)
                    ? Cities.OfId(id)
                    : null,
                Units.Temperatures.Keys.FirstOrDefault(t => t == query["temperature"]),
                Units.Winds.Keys.FirstOrDefault(w => w == query["wind"])
            );

        internal string Query =>
            QueryString
                .Create(
                    new Dictionary<string, string?>
                    {
                        ["place"] = City?.Id.ToString(CultureInfo.InvariantCulture),
                        ["temperature"] = Temperature,
                        ["wind"] = Wind,
                    }.Where(p => p.Value is not null)
                )
                .ToUriComponent();
    }
}

/// <summary>What the weather page shows.</summary>
/// <param name="Query">What the address of the page names of place and units, as a query; the rest is the reader's kept choice.</param>
/// <param name="Words">What was looked for; empty when nothing was.</param>
public sealed record WeatherPage(LocalWeather Local, string Query, string Words, IReadOnlyList<City> Found);

/// <summary>The texts of the box, ready to be shown; those not known are empty.</summary>
internal sealed record WeatherAnswer(
    string Place,
    string Mark,
    string Temperature,
    string Sky,
    string Humidity,
    string Wind,
    string Lateness
);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WeatherAnswer))]
internal sealed partial class WeatherJson : JsonSerializerContext;
