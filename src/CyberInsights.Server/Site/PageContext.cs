using System.Globalization;

namespace CyberInsights.Server.Site;

/// <summary>What every part of a page may need to know about the page it stands on.</summary>
public sealed record PageContext
{
    public required Language Language { get; init; }
    public required SiteSettings Settings { get; init; }

    /// <summary>The address of the page within its language: <c>/events/x</c>, with the query where that makes another page.</summary>
    public required string Path { get; init; }

    /// <summary>The topics, in the order of the navigation.</summary>
    public IReadOnlyList<Topic> Sections { get; init; } = [];

    /// <summary>The moment the page speaks from.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>When the page was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }
    public required string Title { get; init; }
    public string? Description { get; init; }

    /// <summary>Where the page's own feeds are: <c>/topics/ai</c>; null when only those of the site are meant.</summary>
    public string? FeedPath { get; init; }

    /// <summary>The id of the newest change that the page may know; the page tells of later ones while it is open. Null: it does not.</summary>
    public long? LiveAfter { get; init; }

    /// <summary>Not to be kept by search engines: error pages, results of searches.</summary>
    public bool Unlisted { get; init; }

    public string SiteName => NameIn(Language, Settings);

    public static string NameIn(Language language, SiteSettings settings) =>
        settings.Name ?? language.Strings["site.name"];

    public string CountryName(string code) =>
        Language.Strings.Has($"country.{code}") ? Language.Strings[$"country.{code}"] : EnglishCountry(code);

    public string TopicName(Topic topic) =>
        Language.Strings.Has($"topic.{topic.Slug}") ? Language.Strings[$"topic.{topic.Slug}"] : topic.Name;

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
