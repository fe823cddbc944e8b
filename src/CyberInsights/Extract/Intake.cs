using CyberInsights.Capture;
using CyberInsights.Extract.Pages;
using CyberInsights.Extract.SourceEdits;
using CyberInsights.Storage;

namespace CyberInsights.Extract;

/// <summary>What became of an item.</summary>
internal enum IntakeOutcome
{
    /// <summary>Nothing new, or nothing that its source may change.</summary>
    Unchanged,

    /// <summary>A new report.</summary>
    Fresh,

    /// <summary>A new version of a known report.</summary>
    Changed,

    /// <summary>It would be a new report, and its source may bring no more of them for now.</summary>
    PutOff,
}

/// <summary>What a reading of a report's page came to.</summary>
internal enum PageOutcome
{
    /// <summary>A new version of the report.</summary>
    Changed,

    /// <summary>The first reading, and what is stored is better; later ones are compared with it.</summary>
    Noted,

    /// <summary>A wall stood in place of the text that the report lacks; it keeps its feed's words.</summary>
    Walled,

    /// <summary>A later look showed the same as the one before.</summary>
    SameAgain,

    /// <summary>A later look showed something else than the article: an error, a wall, another article. Nothing is changed by it.</summary>
    SomethingElse,
}

/// <summary>
/// Decides what becomes of the drafts of one batch: a new report, a new version, one more place of a report already there. It
/// reads what the drafts may be equal to at once, decides in memory, and writes all of it at the end. One transaction long.
/// </summary>
internal sealed class Intake
{
    // A page that gives less than this is a video or a gallery; the feed's own text is better.
    internal const int EnoughPageText = 200;

    // Fewer items may have new ids for a reason.
    private const int EnoughRenamed = 5;

    private readonly Transaction t;
    private readonly Dictionary<(long Source, string Identity), Place> places;
    private readonly Dictionary<string, long> byAddress;
    private readonly Dictionary<string, long> byItem;
    private readonly Dictionary<string, long> byText;
    private readonly Dictionary<long, Report> reports;
    private readonly Dictionary<long, Source> owners;

    private readonly Dictionary<(long Source, string Identity), ReportPlace> seen = [];
    private readonly List<RenamedItems> renamed = [];
    private readonly List<long> underNewIds = [];
    private readonly List<NewVersion> versions = [];
    private readonly Dictionary<long, ItemDraft> opened = [];
    private readonly List<PageWish> pages = [];
    private readonly List<PageWish> watched = [];
    private readonly Dictionary<long, DateTimeOffset> withdrawn = [];
    private readonly HashSet<long> there = [];
    private readonly Dictionary<long, (long Source, PageWall Wall)> walls = [];
    private readonly HashSet<long> read = [];
    private readonly HashSet<long> ready = [];

    private Intake(
        Transaction t,
        Dictionary<(long, string), Place> places,
        KnownReports known,
        Dictionary<long, Report> reports,
        Dictionary<long, Source> owners
    )
    {
        this.t = t;
        this.places = places;
        byAddress = known.ByAddress;
        byItem = known.ByItem;
        byText = known.ByText;
        this.reports = reports;
        this.owners = owners;
    }

    /// <summary>Reads what <paramref name="drafts"/> and the reports <paramref name="withPage"/>, whose pages have come, are compared with.</summary>
    internal static async Task<Intake> OpenAsync(
        Transaction t,
        IReadOnlyList<(long Source, ItemDraft Draft)> drafts,
        IEnumerable<long> withPage,
        CancellationToken cancel
    )
    {
        var places = await ReportStore.PlacesAsync(t, drafts, cancel);
        var known = await ReportStore.SameAsync(t, [.. drafts.Select(d => d.Draft)], cancel);
        var ids = places.Values.Select(p => p.ReportId).Concat(known.Ids).Concat(withPage).Distinct().ToArray();
        var reports = (await ReportStore.CurrentAsync(t, ids, cancel)).ToDictionary(r => r.Id);
        var owners = await t.QueryAsync<Source>(
            "select * from sources where id in @ids",
            new { ids = reports.Values.Select(r => r.SourceId).Distinct().ToArray() },
            cancel
        );
        return new Intake(t, places, known, reports, owners.ToDictionary(s => s.Id));
    }

    /// <summary>Takes one item of a document of <paramref name="source"/>.</summary>
    /// <param name="mayOpen">Whether it may become a new report.</param>
    internal IntakeOutcome Take(Source source, Snapshot snapshot, ItemDraft draft, bool mayOpen)
    {
        var at = (source.Id, draft.Identity);
        var place = places.GetValueOrDefault(at);
        if (place?.ItemHash == draft.ItemHash)
        {
            return IntakeOutcome.Unchanged;
        }
        owners.TryAdd(source.Id, source);
        var there = place?.ReportId ?? Same(draft);
        if (there is null && !mayOpen)
        {
            return IntakeOutcome.PutOff;
        }
        var (id, outcome) = there is { } known
            ? (known, Revise(source, snapshot, draft, known))
            : (Open(source, snapshot, draft), IntakeOutcome.Fresh);
        places[at] = new Place
        {
            SourceId = source.Id,
            Identity = draft.Identity,
            ReportId = id,
            ItemHash = draft.ItemHash,
        };
        seen[at] = new ReportPlace(id, draft);
        if (place is null && reports[id].SourceId == source.Id && !opened.ContainsKey(id))
        {
            underNewIds.Add(id);
        }
        return outcome;
    }

    /// <summary>
    /// Ends one document. When it gave most of its items under new ids, the ids it no longer has are forgotten, or a source that makes
    /// up new ones at every fetch would grow the list for ever (hostile case FEED-013).
    /// </summary>
    /// <param name="identities">Everything the document holds.</param>
    /// <returns>Whether most of its items are known ones under new ids.</returns>
    internal bool EndDocument(Source source, IReadOnlyList<string> identities)
    {
        var items = underNewIds.Distinct().ToArray();
        underNewIds.Clear();
        var changing = items.Length >= EnoughRenamed && items.Length * 2 >= identities.Count;
        if (changing)
        {
            renamed.Add(new RenamedItems(source.Id, items, identities));
        }
        return changing;
    }

    /// <summary>Takes a reading of a report's own page: its full text, where the source is read for that, and edits.</summary>
    /// <param name="earlier">The reading before, by the same rules; null when this is the first.</param>
    internal PageOutcome TakePage(Snapshot snapshot, PageArticle page, (Snapshot Snapshot, PageArticle Page)? earlier)
    {
        var current = reports[snapshot.PageOf!.Value];
        var lacksText = current.Basis != TextBasis.Page && owners[current.SourceId].FullText;
        if (page.Wall is { } wall)
        {
            return earlier is null || lacksText ? TakeWall(current, wall) : PageOutcome.SomethingElse;
        }
        return earlier is not { } before || lacksText
            ? TakeText(current, snapshot, page)
            : TakeLook(snapshot, page, before.Snapshot, before.Page);
    }

    private PageOutcome TakeWall(Report current, PageWall wall)
    {
        walls[current.Id] = (current.SourceId, wall);
        // What has only an address is shown to nobody until a look finds its text.
        ready.UnionWith(current.AddressOnly ? [] : [current.Id]);
        return PageOutcome.Walled;
    }

    private PageOutcome TakeText(Report current, Snapshot snapshot, PageArticle page)
    {
        var untitled = current.AddressOnly;
        if (!untitled && !owners[current.SourceId].FullText)
        {
            // Kept only to be compared with later looks.
            return PageOutcome.Noted;
        }
        var title = untitled ? Drafting.Title(page.Title, page.Text, current.Address) : current.Title;
        var better =
            page.Text.Length >= Math.Max(EnoughPageText, current.Basis == TextBasis.Page ? 0 : current.Text.Length);
        if (better || !untitled)
        {
            ready.Add(current.Id);
        }
        return better && AddPage(snapshot, page, title, edit: null) ? PageOutcome.Changed : PageOutcome.Noted;
    }

    private PageOutcome TakeLook(Snapshot snapshot, PageArticle page, Snapshot earlierSnapshot, PageArticle earlier)
    {
        if (!PageLook.IsSameArticle(earlier, page))
        {
            return PageOutcome.SomethingElse;
        }
        there.Add(snapshot.PageOf!.Value);
        if (PageLook.Between(earlier, page) is not { } edit)
        {
            return PageOutcome.SameAgain;
        }
        var retitled = earlier.Title != page.Title && page.Title is not null;
        var current = reports[snapshot.PageOf!.Value];
        if (current.Basis != TextBasis.Page || current.Text != earlier.Text)
        {
            // What stood there before the edit, so that the version after it shows the edit and nothing else.
            AddPage(earlierSnapshot, earlier, retitled ? earlier.Title ?? current.Title : current.Title, edit: null);
        }
        AddPage(snapshot, page, retitled ? page.Title! : reports[current.Id].Title, edit);
        ready.Add(current.Id);
        return PageOutcome.Changed;
    }

    /// <summary>Takes that a report's page is not there any more.</summary>
    internal void TakeWithdrawal(Snapshot snapshot) => withdrawn[snapshot.PageOf!.Value] = snapshot.FetchedAt;

    private bool AddPage(Snapshot snapshot, PageArticle page, string title, SourceEdit? edit)
    {
        var current = reports[snapshot.PageOf!.Value];
        var hash = Fingerprint.OfVersion(title, page.Text);
        if (hash == current.TextHash || current.Version >= ReportStore.MaxVersions)
        {
            return false;
        }
        var words = SearchWords.Of(page.Text);
        var dated = page.Published is not null && page.PublishedPrecision > current.PublishedPrecision;
        read.Add(current.Id);
        Add(
            current with
            {
                Version = current.Version + 1,
                Title = title,
                Text = page.Text,
                Html = page.Html,
                Language = current.AddressOnly
                    ? LanguageOf.Guess($"{title}\n{page.Text}", page.Language ?? current.Language)
                    : current.Language,
                Author = current.Author ?? page.Author,
                Image = current.Image ?? page.Image,
                PublishedAt =
                    dated && page.Published <= snapshot.FetchedAt ? page.Published!.Value : current.PublishedAt,
                PublishedPrecision = dated ? page.PublishedPrecision : current.PublishedPrecision,
                PublishedRaw = dated ? page.PublishedRaw : current.PublishedRaw,
                Basis = TextBasis.Page,
                SnapshotId = snapshot.Id,
                TextHash = hash,
            },
            Fingerprint.OfText(title, words),
            Sketch.Of(words),
            edit
        );
        return true;
    }

    /// <summary>Writes what was taken, and makes the reports due that can go on.</summary>
    internal async Task StoreAsync(CancellationToken cancel)
    {
        await ReportStore.AddAsync(t, [.. opened.Select(o => (reports[o.Key], o.Value))], cancel);
        await ReportStore.AddVersionsAsync(t, versions, cancel);
        await ReportStore.PlaceAsync(t, seen, cancel);
        await ReportStore.ForgetPlacesAsync(t, renamed, cancel);
        await CopyFinder.FindAsync(
            t,
            [.. versions.GroupBy(v => v.Report.Id).Select(g => g.Last()).Select(v => (v.Report, v.Sketch))],
            cancel
        );
        foreach (var page in pages)
        {
            // A teaser alone would be grouped by too few words: a new report waits for its page, or for the first failure to get it.
            if (!await PageFetches.AddAsync(t, page, cancel))
            {
                ready.Add(page.ReportId);
            }
        }
        await PageFetches.WatchAsync(t, watched, cancel);
        await WallStore.PutAsync(t, walls, read, cancel);
        await ReportStore.WithdrawAsync(t, withdrawn, there, cancel);
        await WorkList.AddAsync(t, Stage.Recognise, ready, cancel);
    }

    // The same address before the same item under another id, before the same text.
    private long? Same(ItemDraft draft) =>
        byAddress.TryGetValue(draft.AddressHash, out var id)
        || (draft.SameItem is not null && byItem.TryGetValue(draft.SameItem, out id))
        || (draft.SameText is not null && byText.TryGetValue(draft.SameText, out id))
            ? id
            : null;

    private long Open(Source source, Snapshot snapshot, ItemDraft draft)
    {
        var report = new Report
        {
            Id = t.NextId(),
            SourceId = source.Id,
            Address = draft.Address,
            Version = 1,
            Title = draft.Title,
            Text = draft.Text,
            Html = draft.Html,
            Author = draft.Author,
            Image = draft.Image,
            Language = draft.Language,
            PublishedAt = draft.PublishedAt,
            PublishedPrecision = draft.PublishedPrecision,
            PublishedRaw = draft.PublishedRaw,
            Basis = draft.Basis,
            SnapshotId = snapshot.Id,
            TextHash = draft.TextHash,
            FirstSeenAt = snapshot.FetchedAt,
        };
        opened[report.Id] = draft;
        byAddress.TryAdd(draft.AddressHash, report.Id);
        if (draft.SameItem is not null)
        {
            byItem.TryAdd(draft.SameItem, report.Id);
        }
        Add(report, draft.SameText, draft.Sketch, edit: null);
        if (draft.WantsPage)
        {
            pages.Add(Wish(report, source, draft));
        }
        else
        {
            ready.Add(report.Id);
            if (draft.Watched)
            {
                watched.Add(Wish(report, source, draft));
            }
        }
        return report.Id;
    }

    // Only the source a report belongs to may change it: another's feed that carries the same address or text becomes one more
    // place of the report, and nothing it says later touches the text (hostile case FEED-005). The publisher whose site the
    // address is on takes over what an aggregator brought first.
    private IntakeOutcome Revise(Source source, Snapshot snapshot, ItemDraft draft, long id)
    {
        var current = reports[id];
        var owner =
            current.SourceId == source.Id
            // What was read only because others link to it belongs to the source that publishes it.
            || owners[current.SourceId].Kind == SourceKind.Linked
            || (draft.OwnAddress && !Drafting.SameSite(owners[current.SourceId], current.Address));
        if (!owner || draft.TextHash == current.TextHash || current.Version >= ReportStore.MaxVersions)
        {
            return IntakeOutcome.Unchanged;
        }
        if (draft.AddressOnly)
        {
            // Nothing in it can be newer than what was read. Many sitemaps touch every date each time they are made, so a date
            // alone is no reason to fetch a page again.
            return IntakeOutcome.Unchanged;
        }
        var hasPage = current.Basis == TextBasis.Page && draft.Basis < TextBasis.Page;
        if (draft.WantsPage)
        {
            pages.Add(Wish(current, source, draft));
        }
        if (hasPage && draft.Title == current.Title)
        {
            return IntakeOutcome.Unchanged;
        }
        var text = hasPage ? current.Text : draft.Text;
        var undated = draft.PublishedPrecision == DatePrecision.Captured;
        var words = SearchWords.Of(text);
        // A teaser is not compared with a full text.
        var textsAlike = draft.Basis == current.Basis && !hasPage;
        var edit = current.AddressOnly
            ? null
            : EditRules.Between((current.Title, textsAlike ? current.Text : ""), (draft.Title, textsAlike ? text : ""));
        Add(
            current with
            {
                SourceId = source.Id,
                Version = current.Version + 1,
                Title = draft.Title,
                Text = text,
                Html = hasPage ? current.Html : draft.Html,
                Author = draft.Author ?? current.Author,
                Image = draft.Image ?? current.Image,
                Language = draft.Language,
                PublishedAt = undated ? current.PublishedAt : draft.PublishedAt,
                PublishedPrecision = undated ? current.PublishedPrecision : draft.PublishedPrecision,
                PublishedRaw = draft.PublishedRaw ?? current.PublishedRaw,
                Basis = hasPage ? TextBasis.Page : draft.Basis,
                SnapshotId = snapshot.Id,
                TextHash = Fingerprint.OfVersion(draft.Title, text),
            },
            Fingerprint.OfText(draft.Title, words),
            Sketch.Of(words),
            edit
        );
        ready.Add(current.Id);
        return IntakeOutcome.Changed;
    }

    private static PageWish Wish(Report report, Source source, ItemDraft draft) =>
        new()
        {
            ReportId = report.Id,
            SourceId = source.Id,
            Address = draft.Address,
            LookedFrom = source.WatchEdits ? report.PublishedAt : null,
        };

    private void Add(Report report, string? sameText, Sketch? sketch, SourceEdit? edit)
    {
        reports[report.Id] = report;
        versions.Add(new NewVersion(report, sameText, sketch, edit));
        if (sameText is not null)
        {
            byText.TryAdd(sameText, report.Id);
        }
    }
}
