using System.Globalization;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Feeds;

/// <summary>Puts a feed into words: the site's own in the language of the address, those of others as they are.</summary>
internal sealed class FeedComposer(SiteSettings settings, Language language)
{
    private readonly Strings strings = language.Strings;

    internal OutgoingFeed Compose(Syndication feed, string selfPath)
    {
        var name = PageContext.NameIn(language, settings);
        return new OutgoingFeed
        {
            Id = Tag(feed.Path.Trim('/') is { Length: > 0 } path ? path : "site", Epoch),
            Title = CleanText.Of(Title(feed, name)),
            Description = CleanText.Of(PageContext.TaglineIn(language, settings)),
            Language = language.Code,
            Home = Absolute(language.Prefix + feed.Path),
            Current = feed.Day is null ? null : Absolute(Home(feed) + "/atom.xml"),
            Earlier = ArchiveOf(feed, feed.Page == 1 ? feed.Earlier : null),
            Later = ArchiveOf(feed, feed.Later),
            Self = Absolute(feed.Page > 1 ? $"{selfPath}?page={feed.Page}" : selfPath),
            Next = feed.More ? Absolute($"{selfPath}?page={feed.Page + 1}") : null,
            Previous =
                feed.Page == 2 ? Absolute(selfPath)
                : feed.Page > 2 ? Absolute($"{selfPath}?page={feed.Page - 1}")
                : null,
            UpdatedAt = feed.Entries.Count > 0 ? feed.Entries.Max(e => e.UpdatedAt) : Epoch,
            Author = CleanText.Of(name),
            Entries = [.. feed.Entries.Select(Compose)],
        };
    }

    private string Home(Syndication feed) => language.Prefix + feed.Path.TrimEnd('/');

    private Uri? ArchiveOf(Syndication feed, DateOnly? day) =>
        day is { } on
            ? Absolute(string.Create(CultureInfo.InvariantCulture, $"{Home(feed)}/atom/{on:yyyy-MM-dd}.xml"))
            : null;

    // A feed without entries has never changed; the day the tags are dated from serves as well as any (RFC 4151, 2.1).
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private OutgoingEntry Compose(SyndicationEntry entry) =>
        new()
        {
            Id = Tag(entry.Key, Epoch),
            Title = CleanText.Of(
                entry.Change is { } change ? ChangeWords.Title(language, change, entry.Statement)
                : entry.Correction is { } kind
                    ? $"{strings[$"correction.{kind.ToString().ToLowerInvariant()}"]}{strings["list.colon"]}{entry.Title}"
                : entry.Title
            ),
            Text = CleanText.Of(
                entry.Change is { } told ? ChangeWords.Text(language, told, entry.Statement) : entry.Text
            ),
            Html = entry.Html is { } html ? CleanText.Of(WithAbsoluteLinks(html, settings.BaseAddress)) : null,
            Language = entry.Language,
            Address = Absolute(language.Prefix + entry.Path),
            At = entry.At,
            UpdatedAt = entry.UpdatedAt,
            Author = entry.Author is { } author ? CleanText.Of(author) : null,
        };

    private string Title(Syndication feed, string name) =>
        feed.Topic is { } topic && strings.Has($"topic.{topic.Slug}")
            ? strings.Format("feed.part", name, strings[$"topic.{topic.Slug}"])
        : feed.Path == "/corrections" ? strings.Format("feed.part", name, strings["corrections.title"])
        : feed.Name is { } part ? strings.Format("feed.part", name, part)
        : strings.Format("feed.site", name);

    // Sanitised markup writes attributes in double quotes; a link of the desk to the site itself begins with a slash.
    internal static string WithAbsoluteLinks(string html, Uri site) =>
        html.Replace("href=\"/", $"href=\"{site.GetLeftPart(UriPartial.Authority)}/", StringComparison.Ordinal);

    private Uri Absolute(string path) => new(settings.BaseAddress, path);

    private string Tag(string key, DateTimeOffset from) =>
        string.Create(CultureInfo.InvariantCulture, $"tag:{settings.BaseAddress.Host},{from:yyyy}:{key}");
}
