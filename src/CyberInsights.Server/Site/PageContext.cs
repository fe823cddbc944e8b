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

    /// <summary>Not to be kept by search engines: error pages, results of searches.</summary>
    public bool Unlisted { get; init; }

    /// <summary>How the page looks where it is shared; null: as the site.</summary>
    internal Sharing? Sharing { get; init; }

    /// <summary>What the page is for machines, as JSON-LD that may stand in markup; null: nothing in particular.</summary>
    internal string? Data { get; init; }

    public string SiteName => NameIn(Language, Settings);

    public static string NameIn(Language language, SiteSettings settings) =>
        settings.Name ?? language.Strings["site.name"];

    public string CountryName(string code) =>
        Language.Strings.Has($"country.{code}") ? Language.Strings[$"country.{code}"] : EnglishCountry(code);

    public string TopicName(Topic topic) => TopicNameIn(Language, topic);

    public static string TopicNameIn(Language language, Topic topic) =>
        language.Strings.Has($"topic.{topic.Slug}") ? language.Strings[$"topic.{topic.Slug}"] : topic.Name;

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
