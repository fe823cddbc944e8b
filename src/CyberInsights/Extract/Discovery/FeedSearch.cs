using System.Diagnostics;
using CyberInsights.Extract.Feeds;
using CyberInsights.Net;
using CyberInsights.Text;

namespace CyberInsights.Extract.Discovery;

/// <summary>One search: what is still to be looked at, the likeliest first, and what was found.</summary>
internal sealed class FeedSearch(PoliteReader reader, TimeProvider clock)
{
    // Of one page; sites declare a feed for each of fifty sections.
    private const int MaxDeclared = 6;
    private const int MaxLinks = 3;

    // robots.txt, a sitemap and one of its parts.
    private const int KeptForSitemaps = 3;

    private readonly PriorityQueue<Lead, (FoundBy, int)> leads = new();
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<FeedCandidate> found = [];
    private string? maker;
    private Uri? site;

    private bool HasFeed => found.Any(c => c is { Comments: false, Items: > 0 });

    public async Task<FoundFeeds> RunAsync(IReadOnlyList<Uri> given, CancellationToken cancel)
    {
        Add(FoundBy.Pattern, KnownHosts.FeedsOf(given[0]));
        await LookAsync(cancel);
        FetchOutcome? answer = null;
        if (!HasFeed)
        {
            answer = await OpenAsync(given, cancel);
            await LookAsync(cancel);
        }

        if (!HasFeed && site is not null)
        {
            Add(FoundBy.Guess, UsualPlaces.FeedsOf(site, maker).Select(a => a.AbsoluteUri));
            await LookAsync(cancel);
            Add(FoundBy.Sitemap, [new Uri(site, "/robots.txt").AbsoluteUri]);
            await LookAsync(cancel);
            Add(FoundBy.Sitemap, UsualPlaces.SitemapsOf(site).Select(a => a.AbsoluteUri));
            await LookAsync(cancel);
        }

        return found.Count > 0
            ? new FoundFeeds(CandidateReader.Rank(found), reader.Requests)
            : throw Nothing(given[0], answer);
    }

    /// <summary>Reads what was given: over https and, when that fails, over http.</summary>
    private async Task<FetchOutcome?> OpenAsync(IReadOnlyList<Uri> given, CancellationToken cancel)
    {
        FetchOutcome? first = null;
        foreach (var address in given)
        {
            known.Add(Addresses.Canonical(address));
            var answer = await reader.GetAsync(address, cancel);
            first ??= answer;
            if (answer is FetchOutcome.Fresh fresh)
            {
                site = new Uri(fresh.FinalAddress, "/");
                await TakeAsync(new Lead(FoundBy.Given, address), fresh, cancel);
                Add(FoundBy.Home, [site.AbsoluteUri]);
                return answer;
            }

            // A server that answers with a status may turn programs away from its pages and still let them read its feed; nobody
            // else there would answer over http.
            if (answer is FetchOutcome.Failed { Status: not null } or FetchOutcome.Gone)
            {
                site = new Uri(address, "/");
                Add(FoundBy.Home, [site.AbsoluteUri]);
                return answer;
            }

            if (answer is FetchOutcome.Failed { Why: FetchFailure.Name } or FetchOutcome.Throttled)
            {
                return answer;
            }
        }

        return first;
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        while (leads.TryDequeue(out var lead, out _))
        {
            var left = FeedFinder.MaxRequests - reader.Requests;
            var wanted = lead.By is FoundBy.Pattern or FoundBy.Declared || !HasFeed;
            if (
                wanted
                && left > (lead.By == FoundBy.Sitemap ? 0 : KeptForSitemaps)
                && await reader.GetAsync(lead.Address, cancel) is FetchOutcome.Fresh fresh
            )
            {
                await TakeAsync(lead, fresh, cancel);
            }
        }
    }

    private async Task TakeAsync(Lead lead, FetchOutcome.Fresh fresh, CancellationToken cancel)
    {
        if (CandidateReader.Of(fresh, lead.Address, lead.By, clock.GetUtcNow()) is { } read)
        {
            found.Add(
                read.Feed.Parts.Count == 0 ? read.Candidate : await WithPartAsync(read.Candidate, read.Feed, cancel)
            );
            return;
        }

        var text = Decoder.Decode(fresh.Body, fresh.ContentType);
        if (lead.By == FoundBy.Sitemap)
        {
            Add(FoundBy.Sitemap, UsualPlaces.SitemapsIn(text).Take(KeptForSitemaps - 1));
        }
        else if (lead.By is FoundBy.Given or FoundBy.Home or FoundBy.Link)
        {
            TakePage(text, fresh.FinalAddress);
        }
    }

    private void TakePage(string html, Uri page)
    {
        var links = FeedLinks.Of(html, page);
        maker ??= links.Maker;
        Add(FoundBy.Pattern, KnownHosts.ChannelFeedIn(html, page) is { } feed ? [feed] : []);
        Add(FoundBy.Declared, links.Declared.Take(MaxDeclared));
        Add(FoundBy.Link, links.Anchors.Take(MaxLinks));
    }

    /// <summary>An index of sitemaps has no items itself: what its newest part has tells what it is good for.</summary>
    private async Task<FeedCandidate> WithPartAsync(FeedCandidate index, Feed feed, CancellationToken cancel)
    {
        var part = feed.Parts[0];
        var address = new Uri(part.Address);
        known.Add(Addresses.Canonical(address));
        if (
            reader.Requests >= FeedFinder.MaxRequests
            || await reader.GetAsync(address, cancel) is not FetchOutcome.Fresh fresh
            || CandidateReader.Of(fresh, address, index.By, clock.GetUtcNow()) is not { } read
            || read.Feed.Parts.Count > 0
        )
        {
            return index;
        }

        // An index without dates never seems to change, so its part is the better address.
        return part.Changed is null
            ? read.Candidate
            : read.Candidate with
            {
                Address = index.Address,
                FinalAddress = index.FinalAddress,
                Format = index.Format,
            };
    }

    private void Add(FoundBy by, IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            if (
                Uri.TryCreate(address, UriKind.Absolute, out var whole)
                && whole.Scheme is "http" or "https"
                && known.Add(Addresses.Canonical(whole))
            )
            {
                leads.Enqueue(new Lead(by, whole), (by, known.Count));
            }
        }
    }

    private RefusalException Nothing(Uri given, FetchOutcome? answer)
    {
        var shown = PlainText.OneLine(given.AbsoluteUri, 120);
        return answer switch
        {
            FetchOutcome.Failed { Refused: true } refused => new(RefusalKind.NotAllowed, refused.Sentence),
            FetchOutcome.Throttled throttled => new(RefusalKind.Unavailable, throttled.Sentence),
            FetchOutcome.Failed { Status: null } failed => new(RefusalKind.Unavailable, failed.Sentence),
            FetchOutcome.Fresh => new(
                RefusalKind.NotFound,
                $"No feed was found for {shown}: its page and home page name none, and neither the usual places nor robots.txt have one ({reader.Requests} requests). Give the address of another section, or read the page by a rule (`insights sources preview`)."
            ),
            FetchOutcome.Failed failed => NotReadable(shown, failed.Sentence),
            FetchOutcome.Gone gone => NotReadable(shown, gone.Sentence),
            _ => throw new UnreachableException(),
        };
    }

    private RefusalException NotReadable(string shown, string why) =>
        new(
            RefusalKind.NotFound,
            $"No feed was found for {shown}, and none at the usual places of its site ({reader.Requests} requests). {why}"
        );

    private sealed record Lead(FoundBy By, Uri Address);
}
