using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace CyberInsights.Edit;

/// <summary>An article as a file: front matter in YAML between lines of three dashes, then Markdown.</summary>
public sealed record ArticleFile
{
    private const int MaxCharacters = 500_000;

    public required string Slug { get; init; }
    public required string Title { get; init; }
    public string Deck { get; init; } = "";
    public required string Author { get; init; }
    public string Language { get; init; } = "en";
    public required DateTimeOffset Published { get; init; }

    /// <summary>Names or slugs of topics; others are ignored.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Words and phrases that the events it is about are found by.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];
    public required string Markdown { get; init; }

    /// <exception cref="RefusalException">The file cannot be used; the sentence names it and what is missing.</exception>
    public static ArticleFile Parse(string name, string text)
    {
        if (text.Length > MaxCharacters)
        {
            throw Refuse(name, $"is longer than {MaxCharacters:N0} characters. Split it");
        }
        var lines = text.ReplaceLineEndings("\n");
        var end = lines.StartsWith("---\n", StringComparison.Ordinal)
            ? lines.IndexOf("\n---\n", 3, StringComparison.Ordinal)
            : -1;
        if (end < 0)
        {
            throw Refuse(
                name,
                "has no front matter. Begin it with a line of three dashes, then title, author and published, then three dashes again"
            );
        }
        var front = Read(name, lines[4..(end + 1)]);
        var published = MomentOf(name, Needed(name, "published", front.Published));
        return new ArticleFile
        {
            Slug = Checked(name, front.Slug ?? Path.GetFileNameWithoutExtension(name)),
            Title = Needed(name, "title", front.Title),
            Deck = front.Deck?.Trim() ?? "",
            Author = Needed(name, "author", front.Author),
            Language = front.Language ?? "en",
            Published = published,
            Topics = front.Topics ?? [],
            Events = front.Events ?? [],
            Markdown = lines[(end + 5)..].Trim(),
        };
    }

    private static FrontMatter Read(string name, string yaml)
    {
        try
        {
            return new DeserializerBuilder()
                    .WithNamingConvention(CamelCaseNamingConvention.Instance)
                    .IgnoreUnmatchedProperties()
                    .Build()
                    .Deserialize<FrontMatter?>(yaml)
                ?? new FrontMatter();
        }
        catch (YamlException e)
        {
            throw Refuse(name, $"has front matter that is not YAML (line {e.Start.Line + 1}: {e.Message})", e);
        }
    }

    private static DateTimeOffset MomentOf(string name, string written) =>
        DateTimeOffset.TryParse(
            written,
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment
            : throw Refuse(name, $"has a date that cannot be read, '{written}'. Write it as 2025-05-28T20:15:00Z");

    private static string Checked(string name, string slug) =>
        slug.Length is > 0 and <= 100 && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? slug
            : throw Refuse(name, $"has the slug '{slug}'. Use small letters a to z, digits and dashes, 100 at most");

    private static string Needed(string name, string field, string? value) =>
        string.IsNullOrWhiteSpace(value)
            ? throw Refuse(name, $"has no {field} in its front matter. Add it")
            : value.Trim();

    private static RefusalException Refuse(string name, string what, Exception? cause = null) =>
        new(RefusalKind.BadInput, $"The article {name} {what}; it was not imported.", cause);

    private sealed class FrontMatter
    {
        public string? Slug { get; set; }
        public string? Title { get; set; }
        public string? Deck { get; set; }
        public string? Author { get; set; }
        public string? Language { get; set; }
        public string? Published { get; set; }
        public List<string>? Topics { get; set; }
        public List<string>? Events { get; set; }
    }
}
