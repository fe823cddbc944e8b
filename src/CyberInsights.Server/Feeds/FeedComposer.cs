using System.Globalization;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Parts;

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
            Description = CleanText.Of(strings["site.description"]),
            Language = language.Code,
            Home = Absolute(language.Prefix + feed.Path),
            Self = Absolute(selfPath),
            UpdatedAt = feed.Entries.Count > 0 ? feed.Entries.Max(e => e.UpdatedAt) : Epoch,
            Author = CleanText.Of(name),
            Entries = [.. feed.Entries.Select(Compose)],
        };
    }

    // A feed without entries has never changed; the day the tags are dated from serves as well as any (RFC 4151, 2.1).
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private OutgoingEntry Compose(SyndicationEntry entry) =>
        new()
        {
            Id = Tag(entry.Key, Epoch),
            Title = CleanText.Of(entry.Change is { } change ? ChangeTitle(change, entry.Statement) : entry.Title),
            Text = CleanText.Of(entry.Statement is { } statement ? Words(statement) : ChangeWords(entry)),
            Language = entry.Language,
            Address = Absolute(language.Prefix + entry.Path),
            At = entry.At,
            UpdatedAt = entry.UpdatedAt,
            Author = entry.Author is { } author ? CleanText.Of(author) : null,
        };

    private string Title(Syndication feed, string name) =>
        feed.Topic is { } topic && strings.Has($"topic.{topic.Slug}")
            ? strings.Format("feed.part", name, strings[$"topic.{topic.Slug}"])
        : feed.Name is { } part ? strings.Format("feed.part", name, part)
        : strings.Format("feed.site", name);

    private string ChangeTitle(DossierChange change, ShownStatement? statement) =>
        statement is not null
            ? strings.Format("feed.says", statement.Speaker, strings[$"stance.{statement.Stance.Key()}.verb"])
            : Kind(change.Kind);

    private string Kind(ChangeKind kind) =>
        kind is ChangeKind.ReportAdded or ChangeKind.StatementAdded or ChangeKind.StatementWithdrawn
            ? language.Counted($"change.{kind.Key()}", 1)
            : strings[$"change.{kind.Key()}"];

    // Old and new stand on a line each; those of a state are names of ours.
    private string ChangeWords(SyndicationEntry entry) =>
        entry.Change is not { } change ? entry.Text
        : change.Kind == ChangeKind.StateChanged
            ? string.Join(
                " → ",
                change
                    .Text.Split('\n')
                    .Select(w => Enum.TryParse<EventState>(w, out var state) ? strings[$"state.{state.Key()}"] : w)
            )
        : change.Kind == ChangeKind.NumberRevised
        && change.Text.Split('\n') is [var counted, var unit, var was, var became]
            ? $"{strings[$"counted.{counted.ToLowerInvariant()}"]}{strings["list.colon"]}{language.Amount(was, unit)} → {language.Amount(became, unit)}"
        : change.Text.Replace("\n", " → ", StringComparison.Ordinal);

    private static string Words(ShownStatement statement) =>
        (
            statement.Quote is { } quote
                ? $"{statement.Before}{Language.Quoted(quote, statement.Language)}{statement.After}"
                : statement.Sentence ?? ""
        )
        + $"\n{statement.Source.Name}"
        + (statement.Source.Address is { } address ? $" {address.AbsoluteUri}" : "");

    private Uri Absolute(string path) => new(settings.BaseAddress, path);

    private string Tag(string key, DateTimeOffset from) =>
        string.Create(CultureInfo.InvariantCulture, $"tag:{settings.BaseAddress.Host},{from:yyyy}:{key}");
}
