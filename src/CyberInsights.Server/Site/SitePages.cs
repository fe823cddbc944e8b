using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Publish.Reading;
using CyberInsights.Publish.Reading.Pictures;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Server.Site.Live;
using CyberInsights.Server.Site.Pages;
using Microsoft.AspNetCore.Components;

namespace CyberInsights.Server.Site;

/// <summary>Each page: read what it shows, then show it.</summary>
internal sealed class SitePages(
    PageRenderer renderer,
    SiteMessages messages,
    CurrentSettings current,
    PageDescriber describer,
    FrontPageReader front,
    DossierReader dossiers,
    ArticleReader articles,
    ArticlePartReader articleParts,
    TopicReader topics,
    EntityReader entities,
    TrendReader trends,
    TrendItemReader trendItems,
    ChangeReader changes,
    ChangedReader changed,
    LiveChanges live,
    PictureReader pictures,
    AsOfReader asOf,
    NewsletterForms newsletter,
    ArticlePress press
)
{
    private const string NoStore = "no-store";
    private const int TrendsShown = 40;
    private const int ChangesShown = 100;
    private const int CorrectionsShown = 200;

    internal async Task<IResult> FrontAsync(HttpContext http)
    {
        var newest = await live.NewestAsync(http.RequestAborted);
        var at = await asOf.ReadAsync(http.RequestAborted);
        // Beside the page, which needs nothing of it; SQLite answers on the thread that asks.
        var drawn = Task.Run(() => pictures.OfFrontAsync(at, http.RequestAborted), http.RequestAborted);
        var page = await front.ReadAsync(at, http.RequestAborted);
        var language = LanguageOf(http);
        var name = PageContext.NameIn(language, current.Now);
        return await ShowAsync<FrontView>(
            http,
            describer.Front(
                new PageHead(language.Strings.Format("front.title", name)) { AsOf = page.AsOf, LiveAfter = newest },
                language
            ),
            page,
            pictures: await drawn,
            form: await newsletter.NewFormAsync(http.RequestAborted)
        );
    }

    internal async Task<IResult> EventAsync(HttpContext http, string slug)
    {
        var newest = await live.NewestAsync(http.RequestAborted);
        if (await dossiers.FindAsync(slug, http.RequestAborted) is not { } page)
        {
            return await dossiers.MovedToAsync(slug, http.RequestAborted) is { } now
                    ? Results.Redirect($"{LanguageOf(http).Prefix}/events/{now}", permanent: true)
                : await dossiers.IsGoneAsync(slug, http.RequestAborted) ? await messages.GoneAsync(http, "gone.event")
                : await messages.MissingAsync(http, "missing.event");
        }
        page = await SinceAsync(page, http.Request.Query["since"].FirstOrDefault(), http.RequestAborted);
        page = page with { ByTime = http.Request.Query["order"].FirstOrDefault() == "time" };
        return await ShowAsync<DossierView>(
            http,
            describer.Event(
                new PageHead(LanguageOf(http).Strings.Format("dossier.title", page.Event.Title))
                {
                    Description = page.Summary is [var first, ..] ? InWords(first, LanguageOf(http)) : null,
                    FeedPath = $"/events/{page.Event.Slug}",
                    AsOf = page.AsOf,
                    LiveAfter = newest,
                },
                page,
                LanguageOf(http)
            ),
            page,
            pictures: await pictures.OfEventAsync(page.Event.EventId, http.RequestAborted)
        );
    }

    // A sentence that one source alone says is not handed on without it.
    private static string InWords(SummarySentence sentence, Language language) =>
        sentence.According is { } teller
            ? $"{sentence.Text} ({language.Strings.Format("summary.according", teller)})"
            : sentence.Text;

    private async Task<DossierPage> SinceAsync(DossierPage page, string? since, CancellationToken cancel) =>
        string.IsNullOrWhiteSpace(since) ? page
        : SinceQuery.Moment(since) is not { } moment ? page with { Since = new ChangesSince(null, 0, []) }
        : page with
        {
            Since = new ChangesSince(
                moment,
                await changes.CountAsync(page.Event.EventId, moment, cancel),
                await changes.OfEventAsync(page.Event.EventId, moment, ChangesShown, cancel)
            ),
        };

    internal async Task<IResult> ArticleAsync(HttpContext http, string slug) =>
        await articles.FindAsync(slug, http.RequestAborted) is { } page
            ? await ShowAsync<ArticleView>(
                http,
                describer.Article(
                    new PageHead(page.Article.Title) { Description = page.Article.Deck },
                    page,
                    LanguageOf(http)
                ),
                page
            )
        : await articles.WithdrawnAsync(slug, http.RequestAborted) is { } why
            ? await messages.GoneAsync(http, why.Length > 0 ? "gone.article.because" : "gone.article", why)
        : await articles.MovedToAsync(slug, http.RequestAborted) is { } now
            ? Results.Redirect($"{LanguageOf(http).Prefix}/articles/{now}", permanent: true)
        : await messages.MissingAsync(http, "missing.article");

    /// <summary>A draft, for whoever has the secret link to it; kept by nobody.</summary>
    internal async Task<IResult> PreviewAsync(HttpContext http, string code)
    {
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers.CacheControl = NoStore;
        return await press.OfCodeAsync(code, http.RequestAborted) is not { } work
            ? await messages.MissingAsync(http, "missing.preview")
            : new BodyResult(
                await renderer.RenderAsync<ArticleView>(
                    http,
                    LanguageOf(http),
                    new PageHead(work.Title) { Unlisted = true },
                    new Dictionary<string, object?>
                    {
                        [nameof(ArticleView.Model)] = await articles.PreviewAsync(work, http.RequestAborted),
                        [nameof(ArticleView.Draft)] = true,
                    }
                )
            )
            {
                CacheControl = NoStore,
            };
    }

    internal async Task<IResult> TopicAsync(HttpContext http, string slug)
    {
        if (await topics.FindAsync(slug, http.RequestAborted) is not { } page)
        {
            return await messages.MissingAsync(http, "missing.topic");
        }
        var name = PageContext.TopicNameIn(LanguageOf(http), page.Topic);
        return await ShowAsync<TopicView>(
            http,
            describer.Subject(
                new PageHead(Named(http, name)) { FeedPath = $"/topics/{page.Topic.Slug}", AsOf = page.AsOf },
                name,
                LanguageOf(http)
            ),
            page,
            pictures: await pictures.OfTopicAsync(page.Topic, page.AsOf, http.RequestAborted)
        );
    }

    internal async Task<IResult> EntityAsync(HttpContext http, string slug) =>
        await entities.FindAsync(slug, http.RequestAborted) is { } page
            ? await ShowAsync<EntityView>(
                http,
                describer.Subject(
                    new PageHead(Named(http, page.Entity.Name))
                    {
                        Description = page.Entity.Description,
                        FeedPath = $"/entities/{page.Entity.Slug}",
                        AsOf = page.AsOf,
                    },
                    page.Entity.Name,
                    LanguageOf(http)
                ),
                page,
                pictures: await pictures.OfEntityAsync(page.Entity, page.AsOf, http.RequestAborted)
            )
            : await messages.MissingAsync(http, "missing.entity");

    internal async Task<IResult> TrendsAsync(HttpContext http)
    {
        var moment = await asOf.ReadAsync(http.RequestAborted);
        var asked = http.Request.Query["kind"].FirstOrDefault();
        var kind = TrendsPage.Kinds.FirstOrDefault(k => k == asked);
        var board = await trends.BoardAsync(moment, TrendsShown, TrendsPage.Of(kind), http.RequestAborted);
        return await ShowAsync<TrendsView>(
            http,
            new PageHead(Named(http, LanguageOf(http).Strings["trend.page"]))
            {
                AsOf = moment,
                KeepQuery = kind is not null,
            },
            new TrendsPage(board, kind),
            pictures: await pictures.OfTrendsAsync(moment, http.RequestAborted)
        );
    }

    internal async Task<IResult> TrendItemsAsync(HttpContext http, bool topic, string slug)
    {
        var now = await asOf.ReadAsync(http.RequestAborted);
        var moment =
            DateTimeOffset.TryParse(
                http.Request.Query["at"].FirstOrDefault(),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var at
            )
            && at < now
                ? at
                : now;
        return await trendItems.FindAsync(topic, slug, moment, http.RequestAborted) is { } page
            ? await ShowAsync<TrendItemsView>(
                http,
                new PageHead(Named(http, LanguageOf(http).Strings.Format("trend.items.title", page.Trend.Name)))
                {
                    AsOf = now,
                    Unlisted = true,
                },
                page
            )
            : await messages.MissingAsync(http, topic ? "missing.topic" : "missing.entity");
    }

    internal async Task<IResult> ChangesAsync(HttpContext http)
    {
        var asked = SinceQuery.Of(http.Request.Query["since"].FirstOrDefault());
        var page = await changed.ReadAsync(asked.From, http.RequestAborted);
        return await ShowAsync<ChangesView>(
            http,
            new PageHead(Named(http, LanguageOf(http).Strings["changes.title"])) { AsOf = page.AsOf, Unlisted = true },
            new ChangesPage(page, asked)
        );
    }

    internal async Task<IResult> CorrectionsAsync(HttpContext http) =>
        await ShowAsync<CorrectionsView>(
            http,
            new PageHead(Named(http, LanguageOf(http).Strings["corrections.title"])) { FeedPath = "/corrections" },
            new CorrectionsPage(
                await changes.CorrectionsAsync(CorrectionsShown, http.RequestAborted),
                await articleParts.CorrectionsAsync(CorrectionsShown, http.RequestAborted)
            )
        );

    internal Task<IResult> AboutAsync(HttpContext http) =>
        ShowAsync<AboutView>(http, "about.title", head => describer.About(head, LanguageOf(http)));

    internal Task<IResult> PrivacyAsync(HttpContext http) => ShowAsync<PrivacyView>(http, "privacy.title");

    internal async Task<IResult> SubscribeAsync(HttpContext http) =>
        await ShowAsync<SubscribeView>(
            http,
            new PageHead(Named(http, LanguageOf(http).Strings["subscribe.title"])),
            form: await newsletter.NewFormAsync(http.RequestAborted)
        );

    internal Task<IResult> KeyboardAsync(HttpContext http) => ShowAsync<KeyboardView>(http, "keyboard.title");

    internal static Language LanguageOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Language>() ?? Language.Default;

    internal string Named(HttpContext http, string title) =>
        $"{title} · {PageContext.NameIn(LanguageOf(http), current.Now)}";

    private async Task<IResult> ShowAsync<TView>(
        HttpContext http,
        string titleKey,
        Func<PageHead, PageHead>? describe = null
    )
        where TView : IComponent
    {
        var language = LanguageOf(http);
        var head = new PageHead(Named(http, language.Strings[titleKey]));
        head = describe?.Invoke(head) ?? head;
        return new BodyResult(
            await renderer.RenderAsync<TView>(http, language, head, new Dictionary<string, object?>())
        );
    }

    /// <summary>The page as an answer.</summary>
    internal async Task<IResult> ShowAsync<TView>(
        HttpContext http,
        PageHead head,
        object? model = null,
        int status = StatusCodes.Status200OK,
        PagePictures? pictures = null,
        SignUpForm? form = null
    )
        where TView : IComponent
    {
        var given = new Dictionary<string, object?>
        {
            ["Model"] = model,
            ["Pictures"] = pictures,
            ["Form"] = form,
        };
        var parameters = given.Where(p => p.Value is not null).ToDictionary();
        return new BodyResult(await renderer.RenderAsync<TView>(http, LanguageOf(http), head, parameters))
        {
            Status = status,
        };
    }
}
