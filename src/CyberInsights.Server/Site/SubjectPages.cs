using CyberInsights.Publish.Reading;
using CyberInsights.Publish.Reading.Pictures;
using CyberInsights.Server.Site.Pages;
using CyberInsights.Server.Site.Parts;

namespace CyberInsights.Server.Site;

/// <summary>The pages to browse in: proofs, affairs, authors, tags, lists of topics, entities and sources, and the further pages of long lists.</summary>
internal sealed class SubjectPages(
    SitePages site,
    SiteMessages messages,
    ProofReader proofs,
    StoryReader stories,
    TopicReader topics,
    EntityReader entities,
    EntityIndexReader entityIndex,
    SourceReader sources,
    AuthorReader authors,
    TagReader tags,
    PageDescriber describer,
    PictureReader pictures
)
{
    internal async Task<IResult> ProofAsync(HttpContext http, string slug, long id)
    {
        if (await proofs.FindAsync(id, http.RequestAborted) is not { } page)
        {
            return await messages.MissingAsync(http, "missing.proof");
        }
        var told = page.Statement;
        // The event of a statement may be another by now: it was merged or split.
        return told.EventSlug != slug
            ? Results.Redirect($"{SitePages.LanguageOf(http).Prefix}/events/{told.EventSlug}/proof/{id}")
            : await site.ShowAsync<ProofView>(
                http,
                Head(http, $"{Text(http, "proof.title")}: {told.Speaker}") with
                {
                    Unlisted = true,
                },
                page
            );
    }

    internal async Task<IResult> StoryAsync(HttpContext http, string slug)
    {
        if (await stories.FindAsync(slug, http.RequestAborted) is not { } page)
        {
            return await messages.MissingAsync(http, "missing.story");
        }
        // An affair may get an earlier event, so its address is not for ever.
        return page.Slug != slug
            ? Results.Redirect($"{SitePages.LanguageOf(http).Prefix}/stories/{page.Slug}")
            : await site.ShowAsync<StoryView>(
                http,
                Head(http, $"{Text(http, "dossier.story")}: {page.Main.Title}") with
                {
                    FeedPath = $"/stories/{page.Slug}",
                    AsOf = page.AsOf,
                },
                page
            );
    }

    internal async Task<IResult> TopicsAsync(HttpContext http)
    {
        var page = await topics.IndexAsync(http.RequestAborted);
        return await site.ShowAsync<TopicIndexView>(
            http,
            Head(http, Text(http, "topics.title")) with
            {
                AsOf = page.AsOf,
            },
            page
        );
    }

    internal async Task<IResult> TopicEventsAsync(HttpContext http, string slug) =>
        await topics.EventsAsync(slug, Number(http), http.RequestAborted) is { } page
            ? await site.ShowAsync<TopicEventsView>(
                http,
                Head(http, $"{page.Topic.Name}: {Text(http, "list.events")}", page.Events.Number) with
                {
                    AsOf = page.AsOf,
                },
                page
            )
            : await messages.MissingAsync(http, "missing.topic");

    internal async Task<IResult> EntitiesAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var asked = query["kind"].FirstOrDefault();
        var kind = Enum.GetValues<EntityKind>().FirstOrDefault(k => k.Key() == asked, EntityKind.Actor);
        var page = await entityIndex.ReadAsync(
            kind,
            query["letter"].FirstOrDefault(),
            Number(http),
            http.RequestAborted
        );
        return await site.ShowAsync<EntityIndexView>(
            http,
            Head(http, Text(http, "entities.title")) with
            {
                KeepQuery = asked == kind.Key() || page.Letter is not null || page.Entities.Number > 1,
            },
            page
        );
    }

    internal async Task<IResult> EntityListAsync(HttpContext http, string slug, EntityList list) =>
        await entities.ListAsync(slug, list, Number(http), http.RequestAborted) is { } page
            ? await site.ShowAsync<EntityListView>(
                http,
                Head(
                    http,
                    $"{page.Entity.Name}: {Text(http, EntityListView.TitleKey(list))}",
                    page.Events?.Number ?? page.Statements!.Number
                ) with
                {
                    AsOf = page.AsOf,
                },
                page
            )
            : await messages.MissingAsync(http, "missing.entity");

    internal async Task<IResult> SourcesAsync(HttpContext http)
    {
        var filter = new SourceFilter(Asked("q"), Asked("country"), Asked("lang"), Asked("label"));
        var page = await sources.ListAsync(filter, Number(http), http.RequestAborted);
        return await site.ShowAsync<SourcesView>(
            http,
            Head(http, Text(http, "sources.title"), page.Lines.Number) with
            {
                KeepQuery = !filter.Empty || page.Lines.Number > 1,
                Unlisted = !filter.Empty,
            },
            page
        );

        string? Asked(string name) =>
            http.Request.Query[name].FirstOrDefault()?.Trim() is { Length: > 0 } text ? text : null;
    }

    internal async Task<IResult> SourceAsync(HttpContext http, string key) =>
        await sources.FindAsync(key, http.RequestAborted) is { } page
            ? await site.ShowAsync<SourceView>(
                http,
                Head(http, page.Line.Source.Name) with
                {
                    FeedPath = $"/sources/{page.Line.Source.Key}",
                    AsOf = page.AsOf,
                },
                page,
                pictures: await pictures.OfSourceAsync(page.Line.Source.Id, page.AsOf, http.RequestAborted)
            )
            : await messages.MissingAsync(http, "missing.source");

    internal async Task<IResult> SourceReportsAsync(HttpContext http, string key) =>
        await sources.ReportsAsync(key, Number(http), http.RequestAborted) is { } page
            ? await site.ShowAsync<SourceReportsView>(
                http,
                Head(http, $"{page.Source.Name}: {Text(http, "source.reports")}", page.Reports.Number) with
                {
                    AsOf = page.AsOf,
                },
                page
            )
            : await messages.MissingAsync(http, "missing.source");

    internal async Task<IResult> AuthorAsync(HttpContext http, string slug) =>
        await authors.FindAsync(slug, Number(http), http.RequestAborted) is { } page
            ? await site.ShowAsync<AuthorView>(
                http,
                describer.Author(
                    Head(http, page.Author.Name, page.Articles.Number) with
                    {
                        FeedPath = $"/authors/{page.Author.Slug}",
                    },
                    page.Author,
                    SitePages.LanguageOf(http)
                ),
                page
            )
            : await messages.MissingAsync(http, "missing.author");

    internal async Task<IResult> TagAsync(HttpContext http, string slug) =>
        await tags.FindAsync(slug, Number(http), http.RequestAborted) is { } page
            ? await site.ShowAsync<TagView>(
                http,
                Head(http, page.Tag.Name, page.Articles.Number) with
                {
                    FeedPath = $"/tags/{page.Tag.Slug}",
                },
                page
            )
            : await messages.MissingAsync(http, "missing.tag");

    private PageHead Head(HttpContext http, string title, int number = 1) =>
        new(site.Named(http, title)) { KeepQuery = number > 1 };

    private static string Text(HttpContext http, string key) => SitePages.LanguageOf(http).Strings[key];

    /// <summary>The page that is asked for: the first where nothing useful is, the last there may be where it is beyond.</summary>
    private static int Number(HttpContext http) =>
        ListPage.Clamp(
            long.TryParse(http.Request.Query["page"].FirstOrDefault(), out var number)
                ? (int)Math.Clamp(number, 1, ListPage.Most)
                : 1
        );
}
