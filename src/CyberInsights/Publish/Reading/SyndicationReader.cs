namespace CyberInsights.Publish.Reading;

/// <summary>What one outgoing feed holds; the words of the interface are put in where it is written.</summary>
public sealed record Syndication
{
    /// <summary>Address on the site of the page it belongs to: <c>/</c>, <c>/topics/ai</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Name of the topic, entity or event; null for the feed of the site.</summary>
    public string? Name { get; init; }

    /// <summary>The topic, for its name in the language of the feed.</summary>
    public Topic? Topic { get; init; }

    /// <summary>Counted from 1, the newest.</summary>
    public int Page { get; init; } = 1;

    /// <summary>There is a further page.</summary>
    public bool More { get; init; }

    /// <summary>The day (UTC) whose entries this archive document holds (RFC 5005, section 4); null: the feed itself.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The last day before that has an archive document; null: none has, or the feed has no archive.</summary>
    public DateOnly? Earlier { get; init; }

    /// <summary>The next day that has an archive document; null: none has yet.</summary>
    public DateOnly? Later { get; init; }

    /// <summary>The last changed first.</summary>
    public IReadOnlyList<SyndicationEntry> Entries { get; init; } = [];
}

/// <summary>One entry: an event, an article, or a change of an event.</summary>
public sealed record SyndicationEntry
{
    /// <summary>Never changes and is never given again: <c>events/12</c>, <c>articles/7</c>, <c>changes/40</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Address on the site.</summary>
    public required string Path { get; init; }
    public required string Title { get; init; }

    /// <summary>Plain text; empty when there is none.</summary>
    public string Text { get; init; } = "";

    /// <summary>The whole text of an article, sanitised; null for everything else.</summary>
    public string? Html { get; init; }

    /// <summary>BCP 47, of title and text.</summary>
    public required string Language { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Of an article.</summary>
    public string? Author { get; init; }

    /// <summary>Of an entry of an event's feed.</summary>
    public DossierChange? Change { get; init; }

    /// <summary>The statement that the change is about.</summary>
    public ShownStatement? Statement { get; init; }

    /// <summary>Of an entry that tells of a correction.</summary>
    public CorrectionKind? Correction { get; init; }
}

/// <summary>Reads the feeds that the site gives out.</summary>
public sealed class SyndicationReader(
    EventLineReader events,
    SummaryReader summaries,
    ArticleReader articles,
    TopicReader topics,
    EntityReader entities,
    ChangeReader changes,
    StatementReader statements,
    StoryReader stories,
    SourceReader sources,
    AuthorReader authors,
    TagReader tags,
    ArticlePartReader articleParts,
    TimeProvider clock
)
{
    private const int MaxEntries = 30;
    private const int MaxPages = 10;
    private const int MaxChanges = 100;

    /// <summary>Entries of one archive document; of more the newest.</summary>
    private const int MaxArchived = 500;
    private const int Sentences = 2;

    /// <summary>Events and articles of the whole site.</summary>
    /// <param name="page">Counted from 1; anything else gives the nearest page there may be.</param>
    public async Task<Syndication> SiteAsync(int page, CancellationToken cancel) =>
        await FillAsync(
            await WithEarlierAsync(new Syndication { Path = "/", Page = Math.Clamp(page, 1, MaxPages) }, cancel),
            count => events.NewestAsync(count, cancel),
            count => articles.NewestAsync(count, cancel),
            cancel
        );

    /// <summary>What came onto the site, or into a topic of it, on one day; null when the day is not over, or nothing came.</summary>
    /// <param name="topicSlug">Null: the whole site.</param>
    public async Task<Syndication?> ArchiveAsync(string? topicSlug, DateOnly day, CancellationToken cancel)
    {
        var topic = topicSlug is null ? null : await topics.FindTopicAsync(topicSlug, cancel);
        if (day >= Today || (topicSlug is not null && topic is null))
        {
            return null;
        }
        var (from, until) = (StartOf(day), StartOf(day.AddDays(1)));
        var feed = new Syndication
        {
            Path = topic is null ? "/" : $"/topics/{topic.Slug}",
            Name = topic?.Name,
            Topic = topic,
            Day = day,
        };
        var lines = await events.OfTimeAsync(from, until, topic?.Id, MaxArchived, cancel);
        var pieces = await articles.OfTimeAsync(from, until, topic?.Id, MaxArchived, cancel);
        if (lines.Count + pieces.Count == 0)
        {
            return null;
        }
        var later = await NearestAsync(until, before: false, topic?.Id, cancel);
        return await WithEarlierAsync(
            feed with
            {
                Later = later < Today ? later : null,
                Entries = await EntriesAsync(lines, pieces, 0, MaxArchived, cancel),
            },
            cancel
        );
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private async Task<Syndication> WithEarlierAsync(Syndication feed, CancellationToken cancel) =>
        feed with
        {
            Earlier = await NearestAsync(StartOf(feed.Day ?? Today), before: true, feed.Topic?.Id, cancel),
        };

    private async Task<DateOnly?> NearestAsync(
        DateTimeOffset moment,
        bool before,
        long? topicId,
        CancellationToken cancel
    )
    {
        var of = await events.NearestAsync(moment, before, topicId, cancel);
        var other = await articles.NearestAsync(moment, before, topicId, cancel);
        var nearest =
            of is null || other is null ? of ?? other
            : before == of > other ? of
            : other;
        return nearest is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null;
    }

    /// <summary>Null when there is no topic of this slug.</summary>
    /// <inheritdoc cref="SiteAsync"/>
    public async Task<Syndication?> OfTopicAsync(string slug, int page, CancellationToken cancel) =>
        await topics.FindTopicAsync(slug, cancel) is not { } topic
            ? null
            : await FillAsync(
                await WithEarlierAsync(
                    new Syndication
                    {
                        Path = $"/topics/{topic.Slug}",
                        Name = topic.Name,
                        Topic = topic,
                        Page = Math.Clamp(page, 1, MaxPages),
                    },
                    cancel
                ),
                async count => (await events.OfTopicAsync(topic.Id, count, 1, cancel)).Items,
                count => articles.OfTopicAsync(topic.Id, count, cancel),
                cancel
            );

    /// <summary>Null when there is no entity of this slug.</summary>
    /// <inheritdoc cref="SiteAsync"/>
    public async Task<Syndication?> OfEntityAsync(string slug, int page, CancellationToken cancel) =>
        await entities.FindEntityAsync(slug, cancel) is not { } entity
            ? null
            : await FillAsync(
                new Syndication
                {
                    Path = $"/entities/{entity.Slug}",
                    Name = entity.Name,
                    Page = Math.Clamp(page, 1, MaxPages),
                },
                async count => (await events.OfEntityAsync(entity.Id, count, 1, cancel)).Items,
                NoArticles,
                cancel
            );

    /// <summary>The events of an affair; null when there is none that an event of this slug belongs to.</summary>
    /// <inheritdoc cref="SiteAsync"/>
    public async Task<Syndication?> OfStoryAsync(string slug, int page, CancellationToken cancel) =>
        await stories.FindAsync(slug, cancel) is not { } story
            ? null
            : await FillAsync(
                new Syndication
                {
                    Path = $"/stories/{story.Slug}",
                    Name = story.Main.Title,
                    Page = Math.Clamp(page, 1, MaxPages),
                },
                _ => Task.FromResult(story.Events),
                NoArticles,
                cancel
            );

    /// <summary>The events that a source tells of; null when there is no source of this key.</summary>
    /// <inheritdoc cref="SiteAsync"/>
    public async Task<Syndication?> OfSourceAsync(string key, int page, CancellationToken cancel) =>
        await sources.LineAsync(key, cancel) is not { Source: var source }
            ? null
            : await FillAsync(
                new Syndication
                {
                    Path = $"/sources/{source.Key}",
                    Name = source.Name,
                    Page = Math.Clamp(page, 1, MaxPages),
                },
                count => events.OfSourceAsync(source.Id, count, cancel),
                NoArticles,
                cancel
            );

    /// <summary>What somebody wrote; null when there is no author of this slug.</summary>
    /// <inheritdoc cref="SiteAsync"/>
    public async Task<Syndication?> OfAuthorAsync(string slug, int page, CancellationToken cancel) =>
        await authors.NewestAsync(slug, MaxPages * MaxEntries, cancel) is not var (author, written)
            ? null
            : await OfArticlesAsync($"/authors/{author.Slug}", author.Name, page, written, cancel);

    /// <summary>The articles under a tag; null when no published one has it.</summary>
    /// <inheritdoc cref="SiteAsync"/>
    public async Task<Syndication?> OfTagAsync(string slug, int page, CancellationToken cancel) =>
        await tags.ArticlesAsync(slug, MaxPages * MaxEntries, cancel) is not var (tag, written)
            ? null
            : await OfArticlesAsync($"/tags/{tag.Slug}", tag.Name, page, written, cancel);

    private Task<Syndication> OfArticlesAsync(
        string path,
        string name,
        int page,
        IReadOnlyList<ArticleLine> written,
        CancellationToken cancel
    ) =>
        FillAsync(
            new Syndication
            {
                Path = path,
                Name = name,
                Page = Math.Clamp(page, 1, MaxPages),
            },
            _ => Task.FromResult<IReadOnlyList<EventLine>>([]),
            _ => Task.FromResult(written),
            cancel
        );

    /// <summary>The changes of one event, each statement one entry; null when there is no event of this slug.</summary>
    public async Task<Syndication?> OfEventAsync(string slug, CancellationToken cancel)
    {
        // Who follows the feed of an event that was merged gets the feed of the other.
        var shown = await events.MovedToAsync(slug, cancel) ?? slug;
        if (await events.FindAsync(shown, cancel) is not { } line)
        {
            return null;
        }
        var log = await changes.OfEventAsync(line.EventId, MaxChanges, cancel);
        var told = (
            await statements.OfIdsAsync([.. log.Select(c => c.StatementId).OfType<long>().Distinct()], cancel)
        ).ToDictionary(s => s.Id);
        return new Syndication
        {
            Path = $"/events/{line.Slug}",
            Name = line.Title,
            Entries =
            [
                .. log.Where(c => c.Kind != ChangeKind.StatementAdded || told.ContainsKey(c.StatementId ?? 0))
                    .Select(c => Entry(c, line, told.GetValueOrDefault(c.StatementId ?? 0))),
            ],
        };
    }

    /// <summary>What was put right, in articles and on dossiers.</summary>
    public async Task<Syndication> CorrectionsAsync(CancellationToken cancel)
    {
        var ofArticles = (await articleParts.CorrectionsAsync(MaxChanges, cancel)).Select(Entry);
        var ofEvents = (await changes.CorrectionsAsync(MaxChanges, cancel)).Select(Entry);
        return new Syndication
        {
            Path = "/corrections",
            Entries = [.. ofArticles.Concat(ofEvents).OrderByDescending(e => e.At).Take(MaxEntries)],
        };
    }

    private static SyndicationEntry Entry(ArticleCorrection correction) =>
        new()
        {
            Key = $"corrections/{correction.ArticleId}/{correction.Ordinal}",
            Path = $"/articles/{correction.Slug}",
            Title = correction.Title,
            Text = correction.Text,
            Language = correction.Language,
            At = correction.At,
            UpdatedAt = correction.At,
            Correction = correction.Kind,
        };

    private static SyndicationEntry Entry(DossierChange change) =>
        new()
        {
            Key = $"changes/{change.Id}",
            Path = $"/events/{change.EventSlug}#log",
            Title = change.EventTitle,
            Text = change.Text,
            Language = change.EventLanguage,
            At = change.At,
            UpdatedAt = change.At,
            Correction = CorrectionKind.Correction,
        };

    private static Task<IReadOnlyList<ArticleLine>> NoArticles(int count) =>
        Task.FromResult<IReadOnlyList<ArticleLine>>([]);

    private static SyndicationEntry Entry(DossierChange change, EventLine line, ShownStatement? statement) =>
        new()
        {
            Key = $"changes/{change.Id}",
            Path = statement is null ? $"/events/{line.Slug}#log" : $"/events/{line.Slug}#proof-{statement.Id}",
            Title = line.Title,
            Language = statement?.Source.Language ?? line.Language,
            At = change.At,
            UpdatedAt = change.At,
            Change = change,
            // Each entry is read by itself, so each has the excerpt limit for itself.
            Statement = statement is null ? null : new Excerpts().Limit(statement),
        };

    // A page is cut from all entries up to its end: what changes between two readings may move, as RFC 5005, section 3, lets it.
    private async Task<Syndication> FillAsync(
        Syndication feed,
        Func<int, Task<IReadOnlyList<EventLine>>> readEvents,
        Func<int, Task<IReadOnlyList<ArticleLine>>> readArticles,
        CancellationToken cancel
    )
    {
        var end = feed.Page * MaxEntries;
        var lines = await readEvents(end + 1);
        var pieces = await readArticles(end + 1);
        return feed with
        {
            Entries = await EntriesAsync(lines, pieces, end - MaxEntries, MaxEntries, cancel),
            More = lines.Count + pieces.Count > end && feed.Page < MaxPages,
        };
    }

    private async Task<IReadOnlyList<SyndicationEntry>> EntriesAsync(
        IReadOnlyList<EventLine> readLines,
        IReadOnlyList<ArticleLine> readPieces,
        int skip,
        int count,
        CancellationToken cancel
    )
    {
        var lines = readLines.ToDictionary(l => $"events/{l.EventId}");
        var pieces = readPieces.ToDictionary(p => $"articles/{p.Id}");
        var all = lines.Select(l => Entry(l.Key, l.Value)).Concat(pieces.Select(p => Entry(p.Key, p.Value)));
        var entries = new List<SyndicationEntry>();
        foreach (
            var entry in all.OrderByDescending(e => e.UpdatedAt).ThenByDescending(e => e.At).Skip(skip).Take(count)
        )
        {
            entries.Add(
                lines.TryGetValue(entry.Key, out var line)
                    ? entry with
                    {
                        Text = await SummaryAsync(line, cancel),
                    }
                    : entry with
                    {
                        Html = await articles.HtmlAsync(pieces[entry.Key].Id, cancel),
                    }
            );
        }
        return entries;
    }

    private async Task<string> SummaryAsync(EventLine line, CancellationToken cancel) =>
        string.Join(
            '\n',
            (await summaries.ReadAsync(line.EventId, new Excerpts(), Sentences, cancel)).Select(s =>
                $"{s.Text} ({s.Source.Name})"
            )
        );

    private static SyndicationEntry Entry(string key, EventLine line) =>
        new()
        {
            Key = key,
            Path = $"/events/{line.Slug}",
            Title = line.Title,
            Language = line.Language,
            At = line.FirstToldAt,
            UpdatedAt = line.ChangedAt,
        };

    private static SyndicationEntry Entry(string key, ArticleLine article) =>
        new()
        {
            Key = key,
            Path = $"/articles/{article.Slug}",
            Title = article.Title,
            Text = article.Deck,
            Language = article.Language,
            At = article.PublishAt,
            UpdatedAt = article.ChangedAt,
            Author = article.Author,
        };
}
