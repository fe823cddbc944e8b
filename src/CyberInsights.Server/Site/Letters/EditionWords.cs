using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site.Parts;

namespace CyberInsights.Server.Site.Letters;

/// <summary>What an edition says in the words of a language.</summary>
internal static class EditionWords
{
    private const int NamedSources = 4;

    /// <summary>Daily edition, 29 May 2025</summary>
    internal static string Title(Language language, Edition edition) =>
        language.Strings.Format(
            edition.Frequency == Frequency.Daily ? "newsletter.edition.daily" : "newsletter.edition.weekly",
            language.FullDay(edition.Until)
        );

    internal static string Subject(Language language, string siteName, Edition edition, EditionContent shown)
    {
        var written = edition.Texts.GetValueOrDefault(language.Code)?.Subject ?? "";
        var headline = shown.Events.Select(e => e.Title).Concat(shown.Articles.Select(a => a.Title)).FirstOrDefault();
        return written.Length > 0 ? written
            : headline is null ? Title(language, edition)
            : $"{siteName}{language.Strings["list.colon"]}{Excerpts.Shorten(headline, 120)}";
    }

    internal static string Facts(Language language, EditionEvent told) =>
        string.Join(
            language.Strings["list.comma"],
            language.Strings[$"state.{told.State.Key()}"],
            language.Counted("outlets", told.Outlets),
            language.Counted("independent", told.Independent)
        );

    /// <summary>What changed, a line for each kind of change, or for each change where they differ.</summary>
    internal static IReadOnlyList<string> Changes(Language language, EditionEvent told) =>
        [.. told.Changes.GroupBy(c => c.Kind).SelectMany(g => Lines(language, g.Key, [.. g]))];

    internal static string Says(Language language, EditionStatement statement) =>
        language.Strings.Format(
            "feed.says",
            statement.Speaker,
            language.Strings[$"stance.{statement.Stance.Key()}.verb"]
        );

    /// <summary>The words of a statement; empty where only its kind may be shown.</summary>
    internal static string Words(EditionStatement statement) =>
        statement.Quote.Length > 0 ? Language.Quoted(statement.Quote, statement.Language) : statement.Sentence;

    internal static string Trend(Language language, EditionTrend trend) =>
        language.Counted("trend.own", trend.LastDay)
        + (
            trend.UsualHigh <= 0
                ? ""
                : language.Strings["list.comma"]
                    + language.Strings.Format(
                        "trend.own.usual",
                        trend.UsualLow == trend.UsualHigh
                            ? language.Number(trend.UsualLow)
                            : language.Strings.Format(
                                "number.range",
                                language.Number(trend.UsualLow),
                                language.Number(trend.UsualHigh)
                            )
                    )
        );

    private static IEnumerable<string> Lines(Language language, ChangeKind kind, IReadOnlyList<EditionChange> changes)
    {
        var (colon, name) = (language.Strings["list.colon"], $"change.{kind.Key()}");
        if (kind is ChangeKind.ReportAdded or ChangeKind.StatementAdded or ChangeKind.StatementWithdrawn)
        {
            var sources = changes.Select(c => c.Source).OfType<string>().Distinct().ToList();
            var named = sources.Count is > 0 and <= NamedSources
                ? colon + string.Join(language.Strings["list.comma"], sources)
                : "";
            return [language.Counted(name, changes.Count) + named];
        }
        return changes
            .Select(c =>
            {
                var words = Words(language, c);
                return language.Strings[name]
                    + (c.Source is { } source ? $" ({source})" : "")
                    + (words.Length > 0 ? colon + words : "");
            })
            .Distinct();
    }

    // The first line of what grouping did is the number of the operation; what a source edited is on the page of the event, word for word.
    private static string Words(Language language, EditionChange change) =>
        change.Kind switch
        {
            ChangeKind.SourceEdited => "",
            ChangeKind.Merged or ChangeKind.Split or ChangeKind.Moved => change.Text[
                (change.Text.IndexOf('\n', StringComparison.Ordinal) + 1)..
            ],
            _ => ChangeWords.Text(language, change.Kind, change.Text),
        };
}
