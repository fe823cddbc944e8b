using System.Globalization;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;

namespace CyberInsights.Server.Site.Letters;

/// <summary>An edition as a mail: what is new, what changed, what the desk wrote, what rises; each with its source and its page.</summary>
internal static class EditionMail
{
    internal static Mailing Write(SiteSettings settings, Edition edition, EditionContent shown, string code)
    {
        var language = Language.All.FirstOrDefault(l => l.Code == code, Language.Default);
        var name = PageContext.NameIn(language, settings);
        var letter = new Letter(language);
        var title = EditionWords.Title(language, edition);
        letter.Title($"{name}{language.Strings["list.colon"]}{title}");
        if (edition.Texts.GetValueOrDefault(language.Code)?.Intro is { Length: > 0 } intro)
        {
            letter.Markup(intro, EditionTrial.IntroHtml(intro));
        }
        Events(letter, language, settings, edition, shown);
        Articles(letter, language, settings, shown);
        Trends(letter, language, settings, shown);
        Close(letter, language, settings, edition);
        var (text, html) = letter.Done(title);
        return new Mailing
        {
            Audience = SubscriberState.Active,
            Language = language.Code,
            Sender = name,
            Subject = EditionWords.Subject(language, name, edition, shown),
            Text = text,
            Html = html,
        };
    }

    private static void Events(
        Letter letter,
        Language language,
        SiteSettings settings,
        Edition edition,
        EditionContent shown
    )
    {
        foreach (var group in shown.Events.GroupBy(e => e.OpenedAt is not null).OrderByDescending(g => g.Key))
        {
            letter.Section(language.Strings[group.Key ? "newsletter.edition.new" : "newsletter.edition.changed"]);
            foreach (var told in group)
            {
                letter.Headline(told.Title, told.Language, Of(settings, language, PathOf(told, edition)));
                letter.Note(EditionWords.Facts(language, told));
                Event(letter, language, told);
            }
        }
    }

    private static void Event(Letter letter, Language language, EditionEvent told)
    {
        foreach (var sentence in told.OpenedAt is null ? [] : told.Summary)
        {
            letter.Sourced(
                "",
                sentence.Text,
                sentence.Language,
                sentence.Source,
                sentence.Address,
                sentence.According is { } teller ? language.Strings.Format("summary.according", teller) : null
            );
        }
        letter.Points(EditionWords.Changes(language, told));
        foreach (var statement in told.Statements)
        {
            var words = EditionWords.Words(statement);
            letter.Sourced(
                EditionWords.Says(language, statement) + (words.Length > 0 ? language.Strings["list.colon"] : ""),
                words,
                statement.Language,
                statement.Source,
                statement.Address
            );
        }
    }

    private static void Articles(Letter letter, Language language, SiteSettings settings, EditionContent shown)
    {
        if (shown.Articles.Count > 0)
        {
            letter.Section(language.Strings["front.articles"]);
        }
        foreach (var article in shown.Articles)
        {
            letter.Headline(article.Title, article.Language, Of(settings, language, $"/articles/{article.Slug}"));
            if (article.Deck.Length > 0)
            {
                letter.Note(article.Deck);
            }
            letter.Note(article.Author);
        }
    }

    private static void Trends(Letter letter, Language language, SiteSettings settings, EditionContent shown)
    {
        if (shown.Trends.Count > 0)
        {
            letter.Section(language.Strings["trend.title"]);
        }
        foreach (var trend in shown.Trends)
        {
            letter.Link(
                $"{NameOf(language, trend)}{language.Strings["list.colon"]}{EditionWords.Trend(language, trend)}",
                Of(settings, language, $"/trends{trend.Address}")
            );
        }
    }

    private static void Close(Letter letter, Language language, SiteSettings settings, Edition edition)
    {
        var home = Of(settings, language, "/subscribe/").AbsoluteUri;
        letter.Close(
            settings.Mail?.Imprint ?? PageContext.NameIn(language, settings),
            [
                (
                    language.Strings["changes.title"],
                    Of(settings, language, $"/changes?since={Minute(edition.Since)}").AbsoluteUri
                ),
                (language.Strings["newsletter.archive"], Of(settings, language, "/newsletter").AbsoluteUri),
                (language.Strings["newsletter.preferences"], $"{home}preferences/{Mailing.ReaderMark}"),
                (language.Strings["newsletter.leave.button"], $"{home}leave/{Mailing.ReaderMark}"),
            ]
        );
    }

    /// <summary>The page of an event; of one that changed, with what changed since the edition began.</summary>
    internal static string PathOf(EditionEvent told, Edition edition) =>
        told.OpenedAt is null ? $"/events/{told.Slug}?since={Minute(edition.Since)}" : $"/events/{told.Slug}";

    /// <summary>A topic or an entity, whose stored names are English.</summary>
    internal static string NameOf(Language language, EditionTrend trend) =>
        PageContext.NameOf(language, trend.Kind, trend.Code, trend.Name, trend.Address);

    private static string Minute(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    private static Uri Of(SiteSettings settings, Language language, string path) =>
        new(settings.BaseAddress, language.Prefix + path);
}
