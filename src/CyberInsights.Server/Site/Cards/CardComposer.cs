using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site.Parts;

namespace CyberInsights.Server.Site.Cards;

/// <summary>Puts cards into the words of a language.</summary>
internal sealed class CardComposer(SiteSettings settings, Language language)
{
    private readonly Strings strings = language.Strings;

    internal ShareCard OfSite() =>
        Card(PageContext.TaglineIn(language, settings), language.Code) with
        {
            Foot = settings.BaseAddress.Authority,
        };

    internal ShareCard Of(EventCard card) =>
        Card(card.Event.Title, card.Event.Language) with
        {
            Kick = strings[$"state.{card.Event.State.Key()}"],
            State = card.Event.State,
            Stances =
            [
                .. card.Event.Stances.Select(s =>
                    (s.Stance, language.Counted($"stance.{s.Stance.Key()}.count", s.Speakers))
                ),
            ],
            Outlets = card.Event.Outlets,
            Independent = card.Event.Independent,
            Foot =
                language.Counted("outlets", card.Event.Outlets)
                + strings["list.comma"]
                + language.Counted("independent", card.Event.Independent),
            Counts = card.Counts,
        };

    internal ShareCard Of(Article article) =>
        Card(article.Title, article.Language) with
        {
            Kick =
                $"{strings.Format("article.by", article.Author)}{strings["list.comma"]}{language.FullDay(article.PublishAt)}",
            Foot = strings["card.article"],
        };

    internal ShareCard Of(Topic topic, Trend trend) =>
        Card(PageContext.TopicNameIn(language, topic), language.Code) with
        {
            Kick = strings["card.topic"],
            Foot = language.Counted("trend.own", trend.LastDay),
            Counts = trend.Days,
            Usual = (trend.UsualLow, trend.UsualHigh),
        };

    internal ShareCard Of(Entity entity, Trend trend) =>
        // Names of entities are in no language of their own; most are written in Latin letters.
        Card(entity.Name, "und") with
        {
            Kick = strings[$"entity.{entity.Kind.Key()}"],
            Foot = language.Counted("trend.own", trend.LastDay),
            Counts = trend.Days,
            Usual = (trend.UsualLow, trend.UsualHigh),
        };

    private ShareCard Card(string title, string titleLanguage) =>
        new()
        {
            Title = title,
            TitleLanguage = titleLanguage,
            SiteName = PageContext.NameIn(language, settings),
            RightToLeft = language.Direction == "rtl",
        };
}
