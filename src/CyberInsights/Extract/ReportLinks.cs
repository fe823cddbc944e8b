using System.Net;
using System.Text.RegularExpressions;
using CyberInsights.Capture;
using CyberInsights.Extract.Pages;
using CyberInsights.Storage;
using CyberInsights.Text;

namespace CyberInsights.Extract;

/// <summary>Where the body of a report links to outside its own site: the table <c>report_links</c>.</summary>
internal static partial class ReportLinks
{
    /// <summary>More of one report are not kept; the first count.</summary>
    internal const int MaxOfReport = 64;

    /// <summary>
    /// The addresses in the order of the text, each once: http and https, without fragment and tracking parameters, none of the
    /// site of <paramref name="address"/>.
    /// </summary>
    /// <param name="html">As <see cref="Sanitiser"/> writes it: links are absolute and between double quotation marks.</param>
    internal static IReadOnlyList<string> Of(string? html, string address)
    {
        var own = new Uri(address);
        return
        [
            .. LinkTarget()
                .Matches(html ?? "")
                .Select(m => Addresses.Resolve(WebUtility.HtmlDecode(m.Groups[1].Value), null))
                .OfType<Uri>()
                .Where(link => !Relocation.SameOwner(link, own))
                .Select(Addresses.Fetchable)
                .Distinct(StringComparer.Ordinal)
                .Take(MaxOfReport),
        ];
    }

    /// <summary>Replaces the links of reports by those of the versions given.</summary>
    internal static async Task PutAsync(Transaction t, IReadOnlyList<Report> current, CancellationToken cancel)
    {
        var edited = current.Where(r => r.Version > 1).Select(r => r.Id).ToArray();
        await t.ExecuteAsync("delete from report_links where report_id in @edited", new { edited }, cancel);
        await t.InsertAsync(
            "report_links (report_id, address)",
            [.. current.SelectMany(r => Of(r.Html, r.Address).Select(link => (object?[])[r.Id, link]))],
            "",
            cancel
        );
    }

    [GeneratedRegex("""<a\s[^>]*?href="([^"]*)"[^>]*>""", RegexOptions.None, Patience.Milliseconds)]
    private static partial Regex LinkTarget();
}
