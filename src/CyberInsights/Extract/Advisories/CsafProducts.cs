using System.Text.Json;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Advisories;

/// <summary>The products of a CSAF advisory by their ids (CSAF 2.0, section 3.2.2).</summary>
internal sealed class CsafProducts
{
    private readonly Dictionary<string, (string? Vendor, string? Product, string Name)> byId = new(
        StringComparer.Ordinal
    );

    internal CsafProducts(JsonElement tree)
    {
        Branches(tree, vendor: null, product: null, path: null);
        foreach (var product in AdvisoryFields.Objects(tree, "full_product_names"))
        {
            Add(product, null, null, null);
        }
        foreach (var relationship in AdvisoryFields.Objects(tree, "relationships"))
        {
            // "A as a component of B" is told by the vendor and product of A.
            var part = byId.GetValueOrDefault(JsonText.Of(relationship, "product_reference") ?? "");
            Add(AdvisoryFields.Object(relationship, "full_product_name"), part.Vendor, part.Product, part.Name);
        }
    }

    internal string? Vendors(IEnumerable<string> ids) => AdvisoryFields.Names(Known(ids).Select(p => p.Vendor));

    internal string? Products(IEnumerable<string> ids) =>
        AdvisoryFields.Names(Known(ids).Select(p => p.Product ?? p.Name));

    /// <summary>The names in full, with versions.</summary>
    internal string? FullNames(IEnumerable<string> ids) => AdvisoryFields.Names(Known(ids).Select(p => p.Name));

    internal IEnumerable<string> Ids => byId.Keys;

    private IEnumerable<(string? Vendor, string? Product, string Name)> Known(IEnumerable<string> ids) =>
        ids.Where(byId.ContainsKey).Select(id => byId[id]);

    // As deep as JSON may be nested, which AdvisoryLimits.Depth bounds.
    private void Branches(JsonElement parent, string? vendor, string? product, string? path)
    {
        foreach (var branch in AdvisoryFields.Objects(parent, "branches"))
        {
            var (category, name) = (JsonText.Of(branch, "category"), AdvisoryFields.Line(branch, "name"));
            var vendorHere = category == "vendor" ? name : vendor;
            var productHere = category == "product_name" ? name : product;
            var pathHere = path is null ? name : AdvisoryFields.Line($"{path} {name}");
            Add(AdvisoryFields.Object(branch, "product"), vendorHere, productHere, pathHere);
            Branches(branch, vendorHere, productHere, pathHere);
        }
    }

    private void Add(JsonElement product, string? vendor, string? named, string? path)
    {
        if (JsonText.Of(product, "product_id") is { } id && byId.Count < AdvisoryLimits.Products)
        {
            byId[id] = (vendor, named, AdvisoryFields.Line(product, "name") ?? path ?? id);
        }
    }
}
