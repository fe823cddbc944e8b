using System.Text.Json;
using System.Text.RegularExpressions;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Apis;

/// <summary>Reads one item by a rule whose paths are parsed once.</summary>
internal sealed partial class JsonItem(JsonRule rule, Uri? origin)
{
    private readonly JsonPath? id = Path(rule.Id);
    private readonly JsonPath? title = Path(rule.Title);
    private readonly AddressRule link = new(rule.Link);
    private readonly JsonPath? summary = Path(rule.Summary);
    private readonly JsonPath? content = Path(rule.Content);
    private readonly JsonPath? date = Path(rule.Date);
    private readonly JsonPath? author = Path(rule.Author);
    private readonly JsonPath? category = Path(rule.Category);
    private readonly AddressRule? image = rule.Image is null ? null : new AddressRule(rule.Image);
    private readonly JsonPath? language = Path(rule.Language);

    /// <summary>Null when it has neither title nor text.</summary>
    public FeedItem? Read(JsonElement item)
    {
        var address = link.Of(item, origin);
        var from = address is null ? origin : new Uri(address);
        var published = FeedFields.Date(WholeSeconds(Text(date, item)));
        FeedItem read = new()
        {
            Id = FeedFields.Id(Text(id, item)) ?? address,
            Link = address,
            Title = FeedFields.Title(Text(title, item)),
            Summary = FeedFields.Html(Html(Text(summary, item)), from),
            Content = FeedFields.Html(Html(Text(content, item)), from),
            Published = published.Moment,
            PublishedPrecision = published.Precision,
            PublishedRaw = published.Raw,
            Authors = FeedFields.Authors(Texts(author, item)),
            Categories = FeedFields.Categories(Texts(category, item)),
            Image = image?.Of(item, origin),
            Language = FeedFields.Language(Text(language, item)),
        };
        return read is { Title: null, Summary: null, Content: null } ? null : read;
    }

    /// <summary>The first text or number that <paramref name="path"/> leads to.</summary>
    internal static string? Text(JsonPath? path, JsonElement item) =>
        Texts(path, item).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    private static IEnumerable<string?> Texts(JsonPath? path, JsonElement item) =>
        path is null ? [] : path.Values(item).Select(JsonText.Of);

    private static JsonPath? Path(string? written) => written is null ? null : JsonPath.Parse(written);

    // Some write the seconds since 1970 as 1748424600.0.
    private static string? WholeSeconds(string? written) =>
        written is not null && Fraction.Match(written) is { Success: true } match ? match.Groups[1].Value : written;

    // Nothing in JSON says whether a text is HTML; a tag in it does.
    private static string? Html(string? text) =>
        text is null ? null
        : Tag.IsMatch(text) ? text
        : JsonText.Paragraphs(text);

    [GeneratedRegex(@"^(\d{10})\.\d{1,9}$", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Fraction { get; }

    [GeneratedRegex(@"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|&(?:#\d+|[a-z]+);", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Tag { get; }
}
