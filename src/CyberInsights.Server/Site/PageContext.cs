using System.Globalization;
using CyberInsights.Server.Weather;

namespace CyberInsights.Server.Site;

/// <summary>What every part of a page may need to know about the page it stands on.</summary>
public sealed record PageContext
{
    public required Language Language { get; init; }
    public required SiteSettings Settings { get; init; }

    /// <summary>The address of the page within its language: <c>/events/x</c>, with the query where that makes another page.</summary>
    public required string Path { get; init; }

    /// <summary>All topics, in their own order.</summary>
    public IReadOnlyList<Topic> Sections { get; init; } = [];

    /// <summary>The moment the page speaks from.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>At the site's own place; null where none is shown.</summary>
    public LocalWeather? Weather { get; init; }

    /// <summary>When the page was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }
    public required string Title { get; init; }
    public string? Description { get; init; }

    /// <summary>Where the page's own feeds are: <c>/topics/ai</c>; null when only those of the site are meant.</summary>
    public string? FeedPath { get; init; }

    /// <summary>What follows the address of each of them: <c>?q=…</c> of a search.</summary>
    public string FeedQuery { get; init; } = "";

    /// <summary>The id of the newest change that the page may know; the page tells of later ones while it is open. Null: it does not.</summary>
    public long? LiveAfter { get; init; }

    /// <summary>Not to be kept by search engines: error pages, results of searches.</summary>
    public bool Unlisted { get; init; }

    /// <summary>How the page looks where it is shared; null: as the site.</summary>
    internal Sharing? Sharing { get; init; }

    /// <summary>What the page is for machines, as JSON-LD that may stand in markup; null: nothing in particular.</summary>
    internal string? Data { get; init; }

    public string SiteName => NameIn(Language, Settings);

    public static string NameIn(Language language, SiteSettings settings) =>
        settings.Name ?? language.Strings["site.name"];

    /// <summary>What the site is, in one line.</summary>
    public static string TaglineIn(Language language, SiteSettings settings) =>
        settings.Taglines.GetValueOrDefault(language.Code, language.Strings["site.description"]);

    /// <summary>The same in a few words more, unless the operator has said it.</summary>
    public static string AboutIn(Language language, SiteSettings settings) =>
        settings.Taglines.GetValueOrDefault(language.Code, language.Strings["about.text"]);

    /// <summary>The topics that the navigation shows, in its order.</summary>
    public IEnumerable<Topic> Navigation =>
        Settings.Sections is { } chosen
            ? chosen.Distinct().Select(slug => Sections.FirstOrDefault(t => t.Slug == slug)).OfType<Topic>()
            : Sections;

    /// <summary>What the site says about itself, with the language of it: that of the page, else the first there is; null: nothing.</summary>
    internal (string Text, string Language)? About =>
        Language
            .All.OrderByDescending(l => l == Language)
            .Where(l => Settings.About.ContainsKey(l.Code))
            .Select(l => ((string, string)?)(Settings.About[l.Code], l.Code))
            .FirstOrDefault();

    public string CountryName(string code) =>
        Language.Strings.Has($"country.{code}") ? Language.Strings[$"country.{code}"] : EnglishCountry(code);

    public string TopicName(Topic topic) => TopicNameIn(Language, topic);

    public static string TopicNameIn(Language language, Topic topic) =>
        language.Strings.Has($"topic.{topic.Slug}") ? language.Strings[$"topic.{topic.Slug}"] : topic.Name;

    /// <summary>The name of a sector, whose stored one is English.</summary>
    public string SectorName(string name)
    {
        var key = $"sector.{name.ToLowerInvariant().Replace(' ', '-')}";
        return Language.Strings.Has(key) ? Language.Strings[key] : name;
    }

    /// <summary>What an entity is called on the page: states and sectors in its language, others by the name they are known by.</summary>
    public string NameOf(EntityKind kind, string? code, string name) =>
        kind == EntityKind.Sector ? SectorName(name)
        : kind is EntityKind.Country or EntityKind.Bloc && Language.Strings.Has($"country.{code}") ? CountryName(code!)
        : name;

    public string NameOf(Trend trend) =>
        trend.Kind is { } kind ? NameOf(kind, trend.Code, trend.Name)
        : Sections.FirstOrDefault(t => t.Id == trend.SubjectId) is { } topic ? TopicName(topic)
        : trend.Name;

    /// <summary>What a topic or an entity is called where there is no page around it.</summary>
    /// <param name="kind">Null for a topic.</param>
    /// <param name="address">Its site address.</param>
    internal static string NameOf(Language language, EntityKind? kind, string? code, string name, string address)
    {
        var key = kind switch
        {
            null => $"topic.{address.Split('/')[^1]}",
            EntityKind.Sector => $"sector.{name.ToLowerInvariant().Replace(' ', '-')}",
            EntityKind.Country or EntityKind.Bloc => $"country.{code}",
            _ => "",
        };
        return language.Strings.Has(key) ? language.Strings[key] : name;
    }

    private static string EnglishCountry(string code)
    {
        try
        {
            return new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }
}
