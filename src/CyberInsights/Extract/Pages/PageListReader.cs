using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using CyberInsights.Extract.Feeds;
using CyberInsights.Text;

namespace CyberInsights.Extract.Pages;

/// <summary>Reads a page without a feed as if it had one.</summary>
public static class PageListReader
{
    /// <summary>Newest items taken of one page, as of one feed.</summary>
    public const int MaxItems = 1000;

    /// <summary>
    /// The items that <paramref name="rule"/> finds, in the page's order, each link once. Items without a title or link are left
    /// out with a warning; a page on which nothing is found gives a feed without items, with a warning.
    /// </summary>
    /// <exception cref="RefusalException">The rule is no rule (bad input).</exception>
    public static Feed Read(byte[] body, string? contentType, Uri? address, PageRule rule)
    {
        var reading = new ItemReading(rule, address);
        var slim = SlimMarkup.OfPage(Decoder.Decode(body, contentType));
        if (slim.TooDeep)
            return Empty("The page is nested too deeply to be read; nothing was taken from it.");
        var document = HtmlTree.Parse(slim.Html);
        var items = new List<FeedItem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (found, incomplete) = (0, 0);
        foreach (var element in document.All.Where(e => reading.IsItem(e)).Take(MaxItems))
        {
            found++;
            if (reading.Read(element) is not { } item)
                incomplete++;
            else if (seen.Add(item.Link!))
                items.Add(item);
        }
        return new Feed
        {
            Kind = "page",
            Title = Headline.Of(document, JsonLd.Of(document), new MetaTags(document), null),
            Link = address?.AbsoluteUri,
            Language = document.DocumentElement.GetAttribute("lang"),
            Items = items,
            Warnings = Warnings(rule, found, incomplete, slim.Cut),
        };
    }

    private static Feed Empty(string warning) => new() { Kind = "page", Warnings = [warning] };

    private static List<string> Warnings(PageRule rule, int found, int incomplete, bool cut)
    {
        var warnings = new List<string>();
        if (found == 0)
            warnings.Add(
                $"The rule's item selector '{rule.Item}' matches nothing on the page; the page may have changed."
            );
        if (incomplete > 0)
            warnings.Add($"{incomplete} of {found} items had no title or no link and were left out.");
        if (cut)
            warnings.Add("The page was longer than can be read; what stands at its end was left out.");
        return warnings;
    }

    /// <summary>A rule with its selectors parsed once.</summary>
    private sealed class ItemReading(PageRule rule, Uri? address)
    {
        private readonly PageSelector _item = Parse(rule.Item);
        private readonly PageSelector _title = Parse(rule.Title);
        private readonly PageSelector _link = Parse(rule.Link ?? "a[href]@href");
        private readonly PageSelector? _date = rule.Date is null ? null : Parse(rule.Date);
        private readonly PageSelector? _summary = rule.Summary is null ? null : Parse(rule.Summary);

        public bool IsItem(IElement element) => _item.Selector!.Match(element, null);

        public FeedItem? Read(IElement item)
        {
            var title = OneLine(_title.ValueIn(item));
            var link = Links.Web(_link.ValueIn(item) ?? (item as IHtmlAnchorElement)?.GetAttribute("href"), address);
            if (title is null || link is null)
                return null;
            var raw = OneLine(_date?.ValueIn(item));
            var date = Dates.Read(raw);
            return new FeedItem
            {
                Id = link,
                Link = link,
                Title = title,
                Summary = OneLine(_summary?.ValueIn(item)) is { } summary ? HtmlWriter.Escape(summary) : null,
                Published = date?.Moment,
                PublishedPrecision = PublicationTime.PrecisionOf(date),
                PublishedRaw = raw,
                Image = item.QuerySelectorAll("img")
                    .Select(i => Pictures.AddressOf(i, address))
                    .FirstOrDefault(i => i is not null),
            };
        }

        private static PageSelector Parse(string text) =>
            PageSelector.TryParse(text, out var selector)
                ? selector
                : throw new RefusalException(
                    RefusalKind.BadInput,
                    $"'{text}' is no CSS selector, so no items can be found on the page. Correct the source's page rule."
                );

        private static string? OneLine(string? text)
        {
            if (text is null)
                return null;
            var words = new ParagraphBuilder();
            words.Append(Characters.Clean(text));
            return words.Length == 0 ? null : words.ToString();
        }
    }
}
