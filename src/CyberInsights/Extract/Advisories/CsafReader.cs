using System.Text.Json;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Advisories;

/// <summary>Reads advisories of the Common Security Advisory Framework (OASIS CSAF 2.0; of 2.1 what is alike, and its metrics).</summary>
internal static class CsafReader
{
    internal static AdvisoryDocument Read(JsonElement root, JsonElement document)
    {
        var tracking = AdvisoryFields.Object(document, "tracking");
        var publisher = AdvisoryFields.Object(document, "publisher");
        var id = AdvisoryFields.Line(tracking, "id");
        var title = AdvisoryFields.Line(document, "title");
        if (id is null || title is null)
        {
            throw AdvisoryReader.Refuse(
                "The CSAF advisory has no title or no tracking id, which it must have (CSAF 2.0, section 3.2.1)"
            );
        }
        var address = Address(document, id);
        var advisory = new AdvisoryDocument
        {
            Kind = "csaf",
            Title = title,
            Id = id,
            Version = AdvisoryFields.Line(tracking, "version"),
            Status = AdvisoryFields.Line(tracking, "status"),
            Publisher = AdvisoryFields.Line(publisher, "name"),
            Namespace = AdvisoryFields.Line(publisher, "namespace"),
            Language = FeedFields.Language(JsonText.Of(document, "lang")),
            Tlp = Tlp(document),
            Address = address,
            ReleasedRaw =
                AdvisoryFields.Line(tracking, "current_release_date")
                ?? AdvisoryFields.Line(tracking, "initial_release_date"),
        };
        var products = new CsafProducts(AdvisoryFields.Object(root, "product_tree"));
        var vulnerabilities = AdvisoryFields
            .Objects(root, "vulnerabilities")
            .Take(AdvisoryLimits.Vulnerabilities)
            .Select(v => (Element: v, Facts: CsafVulnerability.Read(v, products, advisory)))
            .ToList();
        return advisory with
        {
            Vulnerabilities =
            [
                .. vulnerabilities
                    .Select(v => v.Facts)
                    .OfType<Vulnerability>()
                    .GroupBy(v => v.Cve)
                    .Select(g => g.First()),
            ],
            Paragraphs = CsafText.Write(document, vulnerabilities, products, advisory),
        };
    }

    private static string? Tlp(JsonElement document)
    {
        var label = AdvisoryFields.Line(
            AdvisoryFields.Object(AdvisoryFields.Object(document, "distribution"), "tlp"),
            "label"
        );
        return label?.ToUpperInvariant().Replace("TLP:", "", StringComparison.Ordinal).Trim();
    }

    // Self references are the JSON, the page for readers, and with those who pass advisories on the original, which several of
    // theirs may share: the one with the advisory's own id comes first, and a page before JSON.
    private static string? Address(JsonElement document, string id) =>
        AdvisoryFields
            .Objects(document, "references")
            .Where(r => JsonText.Of(r, "category") == "self")
            .Select(r => AdvisoryFields.Web(JsonText.Of(r, "url")))
            .OfType<string>()
            .OrderByDescending(a => a.Contains(id, StringComparison.OrdinalIgnoreCase))
            .ThenBy(a => new Uri(a).AbsolutePath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            .FirstOrDefault();
}
