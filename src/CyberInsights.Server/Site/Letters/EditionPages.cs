using CyberInsights.Deliver.Editions;
using CyberInsights.Server.Site.Pages;

namespace CyberInsights.Server.Site.Letters;

/// <summary>The editions that went out, as pages: what readers of everything got, without what is personal.</summary>
internal sealed class EditionPages(SitePages site, SiteMessages messages, EditionStore editions)
{
    private const int Listed = 100;

    internal async Task<IResult> ListAsync(HttpContext http) =>
        await site.ShowAsync<NewsletterView>(
            http,
            new PageHead(site.Named(http, SitePages.LanguageOf(http).Strings["newsletter.title"])),
            await editions.ShownAsync(Listed, http.RequestAborted)
        );

    internal async Task<IResult> ShowAsync(HttpContext http, string slug) =>
        await editions.FindShownAsync(slug, http.RequestAborted) is { } edition
            ? await site.ShowAsync<EditionView>(
                http,
                new PageHead(site.Named(http, EditionWords.Title(SitePages.LanguageOf(http), edition))),
                new ShownEdition(edition, EditionSelection.For(edition.Content, [], edition.Since))
            )
            : await messages.MissingAsync(http, "missing.edition");
}

/// <summary>An edition and what of it everybody may read.</summary>
public sealed record ShownEdition(Edition Edition, EditionContent Content);
