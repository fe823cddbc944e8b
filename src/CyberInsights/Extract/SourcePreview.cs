using CyberInsights.Extract.Feeds;
using CyberInsights.Net;

namespace CyberInsights.Extract;

/// <summary>One item as it would be stored, but for the text of a page that would still be fetched.</summary>
public sealed record PreviewItem
{
    public required string Title { get; init; }
    public required string Address { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required DatePrecision Precision { get; init; }
    public string? Author { get; init; }
    public required string Language { get; init; }

    /// <summary>Plain text; empty when there is only a headline.</summary>
    public required string Text { get; init; }

    /// <summary>Title and text are on its page alone.</summary>
    public bool AddressOnly { get; init; }
}

/// <summary>What extract would make of a source's document.</summary>
public sealed record SourcePreview
{
    /// <summary>As <see cref="Feed.Kind"/>.</summary>
    public required string Format { get; init; }
    public string? Title { get; init; }

    /// <summary>How many items there are in all.</summary>
    public int Items { get; init; }

    /// <summary>The newest items, the newest first.</summary>
    public required IReadOnlyList<PreviewItem> Newest { get; init; }

    /// <summary>Other documents that hold the items; then there are none here.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The last <paramref name="count"/> items of a document fetched from <paramref name="address"/> at <paramref name="at"/>; null with a reason when there is nothing of the source's kind in it.</summary>
    /// <exception cref="RefusalException">The source's rule is no rule (bad input).</exception>
    public static SourcePreview? Of(
        Source source,
        byte[] body,
        string? contentType,
        Uri address,
        DateTimeOffset at,
        int count,
        out FeedRefusal? refusal
    )
    {
        var how = new ReadingRule(source.Kind, source.Rule);
        if (ListReader.Read(body, contentType, address, how, at, out refusal) is not { } feed)
        {
            return null;
        }
        var language = Drafting.LanguageOfAll(source, feed);
        var drafts = Drafting.Identify(feed).Select(item => Drafting.Draft(source, language, at, item));
        return new SourcePreview
        {
            Format = feed.Kind,
            Title = feed.Title,
            Items = feed.Items.Count,
            Newest = [.. drafts.OrderByDescending(d => d.PublishedAt).Take(count).Select(Item)],
            Parts = [.. feed.Parts.Select(p => p.Address)],
            Warnings = feed.Warnings,
        };
    }

    /// <summary>Fetches the source's document and previews it; of an index of sitemaps its newest part. Nothing is stored.</summary>
    /// <exception cref="RefusalException">The document cannot be fetched, or read as what the source says it is.</exception>
    public static async Task<SourcePreview> FetchAsync(
        Source source,
        GuardedHttp http,
        DateTimeOffset at,
        int count,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        var whole = await FetchAsync(source, source.Address, http, at, count, cancel);
        // A part that is an index itself is not read when it is captured either.
        return whole.Parts.Count == 0
            ? whole
            : await FetchAsync(source, whole.Parts[0], http, at, count, cancel) with
            {
                Warnings = whole.Warnings,
            };
    }

    private static async Task<SourcePreview> FetchAsync(
        Source source,
        string address,
        GuardedHttp http,
        DateTimeOffset at,
        int count,
        CancellationToken cancel
    )
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var whole))
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{OneLine.Of(address, 200)} is not an address that can be read: nothing was fetched. Check its spelling."
            );
        }
        var request = new FetchRequest
        {
            Address = whole,
            // Advisories come as JSON, and some are larger than any feed or page.
            Large = whole.AbsolutePath.EndsWith(".json", StringComparison.OrdinalIgnoreCase),
        };
        var fresh = (await http.GetAsync(request, cancel)).OrRefuse();
        return Of(source, fresh.Body, fresh.ContentType, fresh.FinalAddress, at, count, out var refusal)
            ?? throw new RefusalException(
                RefusalKind.BadInput,
                $"{address} cannot be read as {source.Kind.ToString().ToLowerInvariant()}: {refusal!.Sentence} Find its feed with `insights sources find`, or read it by a rule with --rule."
            );
    }

    private static PreviewItem Item(ItemDraft draft) =>
        new()
        {
            Title = draft.Title,
            Address = draft.Address,
            PublishedAt = draft.PublishedAt,
            Precision = draft.PublishedPrecision,
            Author = draft.Author,
            Language = draft.Language,
            Text = draft.Text,
            AddressOnly = draft.AddressOnly,
        };
}
