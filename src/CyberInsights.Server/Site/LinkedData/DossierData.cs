using System.Text.Json.Nodes;
using CyberInsights.Publish.Reading;

namespace CyberInsights.Server.Site.LinkedData;

/// <summary>
/// The dossier of an event. While it runs it is a LiveBlogPosting whose updates are the public change log; once settled or quiet a NewsArticle. Its
/// statements are Quotations where a report quotes, and Claims where a report tells them in its own words; each cites the report that carries it.
/// </summary>
internal static class DossierData
{
    private const int MaxStatements = 30;
    private const int MaxReports = 30;
    private const int MaxEntities = 20;
    private const int MaxUpdates = 30;

    internal static string Of(SiteData site, DossierPage page, Sharing sharing, string? description)
    {
        var line = page.Event;
        var path = $"/events/{line.Slug}";
        var dossier = new JsonObject
        {
            ["@type"] = Runs(line.State) ? "LiveBlogPosting" : "NewsArticle",
            ["@id"] = site.Address(path) + "#dossier",
            ["mainEntityOfPage"] = site.Address(path),
            ["headline"] = line.Title,
            ["description"] = description,
            ["image"] = new JsonArray(site.Picture(sharing.Picture)),
            ["datePublished"] = SiteData.Iso(sharing.Article!.PublishedAt),
            ["dateModified"] = SiteData.Iso(sharing.Article.ModifiedAt),
            ["inLanguage"] = line.Language,
            ["isAccessibleForFree"] = true,
            ["author"] = site.Reference("publisher"),
            ["publisher"] = site.Publisher(),
            ["articleSection"] = SiteData.Array(
                line.Topics.Select(t => (JsonNode)PageContext.TopicNameIn(site.Language, t))
            ),
            ["about"] = SiteData.Array(page.Entities.Take(MaxEntities).Select(e => Entity(site, e.Link))),
            ["citation"] = SiteData.Array(page.Cited.Take(MaxReports).Select(c => Report(c.Report))),
            ["hasPart"] = SiteData.Array(
                page.Statements.Take(MaxStatements).Select(s => Statement(site, s, page)).OfType<JsonNode>()
            ),
            ["correction"] = SiteData.Array(page.Changes.Where(c => c.Kind == ChangeKind.Corrected).Select(Correction)),
        };
        if (Runs(line.State))
        {
            dossier["coverageStartTime"] = SiteData.Iso(line.FirstToldAt);
            dossier["liveBlogUpdate"] = SiteData.Array(
                page.Changes.Take(MaxUpdates).Select(c => Update(site, c, page))
            );
        }
        return SiteData.Write(
            dossier,
            line.Topics is [var topic, ..]
                ? site.Breadcrumbs(
                    (PageContext.TopicNameIn(site.Language, topic), $"/topics/{topic.Slug}"),
                    (line.Title, path)
                )
                : site.Breadcrumbs((line.Title, path))
        );
    }

    private static bool Runs(EventState state) =>
        state is EventState.Developing or EventState.Disputed or EventState.Claimed;

    private static JsonObject Entity(SiteData site, EntityLink entity) =>
        new()
        {
            ["@type"] = entity.Kind switch
            {
                EntityKind.Country => "Country",
                EntityKind.Organisation or EntityKind.Bloc => "Organization",
                EntityKind.Person => "Person",
                EntityKind.Place => "Place",
                EntityKind.Product => "Product",
                EntityKind.Tool or EntityKind.Malware => "SoftwareApplication",
                _ => "Thing",
            },
            ["name"] = entity.Name,
            ["url"] = site.Address($"/entities/{entity.Slug}"),
        };

    private static JsonObject Report(CoverageLine report) =>
        new()
        {
            ["@type"] = "NewsArticle",
            ["headline"] = report.Title,
            ["url"] = report.Address?.AbsoluteUri,
            ["datePublished"] = SiteData.Iso(report.At),
            ["inLanguage"] = report.Language == "und" ? null : report.Language,
            ["publisher"] = new JsonObject { ["@type"] = "Organization", ["name"] = report.SourceName },
        };

    // Null when no word of it may be shown.
    private static JsonObject? Statement(SiteData site, ShownStatement statement, DossierPage page)
    {
        if ((statement.Quote ?? statement.Sentence) is not { } words)
        {
            return null;
        }
        var quoted = statement.Quote is not null;
        var report = new JsonObject
        {
            ["@type"] = "NewsArticle",
            ["url"] = statement.Source.Address?.AbsoluteUri,
            ["publisher"] = new JsonObject { ["@type"] = "Organization", ["name"] = statement.Source.Name },
        };
        return new JsonObject
        {
            ["@type"] = quoted ? "Quotation" : "Claim",
            ["url"] = site.Address($"/events/{page.Event.Slug}#proof-{statement.Id}"),
            ["text"] = words,
            ["inLanguage"] = statement.Language is "und" or "" ? null : statement.Language,
            ["dateCreated"] = SiteData.Iso(statement.At),
            [quoted ? "spokenByCharacter" : "author"] = Speaker(site, statement, page),
            [quoted ? "citation" : "appearance"] = report,
        };
    }

    // Of a speaker that is no entity nobody here knows whether it is a person or a body: it has a name and no type.
    private static JsonObject Speaker(SiteData site, ShownStatement statement, DossierPage page) =>
        new()
        {
            ["@type"] = page.Entities.FirstOrDefault(e => e.Link.Slug == statement.SpeakerSlug)?.Link.Kind switch
            {
                EntityKind.Person => "Person",
                EntityKind.Organisation or EntityKind.Country or EntityKind.Bloc => "Organization",
                _ => null,
            },
            ["name"] = statement.Speaker,
            ["url"] = statement.SpeakerSlug is { } slug ? site.Address($"/entities/{slug}") : null,
        };

    private static JsonObject Correction(DossierChange change) =>
        new()
        {
            ["@type"] = "CorrectionComment",
            ["text"] = change.Text,
            ["datePublished"] = SiteData.Iso(change.At),
        };

    private static JsonObject Update(SiteData site, DossierChange change, DossierPage page)
    {
        var statement = page.Statements.FirstOrDefault(s =>
            s.Id == change.StatementId || s.AlsoAs.Contains(change.StatementId ?? 0)
        );
        var words = ChangeWords.Text(site.Language, change, statement);
        return new JsonObject
        {
            ["@type"] = "BlogPosting",
            ["headline"] = ChangeWords.Title(site.Language, change, statement),
            ["articleBody"] = words.Length > 0 ? words : null,
            ["datePublished"] = SiteData.Iso(change.At),
            ["url"] = site.Address(
                $"/events/{page.Event.Slug}#{(statement is null ? "log" : $"proof-{statement.Id}")}"
            ),
            ["author"] = site.Reference("publisher"),
        };
    }
}
