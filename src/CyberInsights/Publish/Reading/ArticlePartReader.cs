using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>Reads what stands in articles: their parts, pictures and corrections.</summary>
public sealed class ArticlePartReader(
    Database database,
    EventLineReader events,
    StatementReader statements,
    TrendReader trends,
    AsOfReader asOf
)
{
    /// <summary>The parts with what they name. An article stored before there were parts is one of markup.</summary>
    internal async Task<IReadOnlyList<ShownPart>> PartsAsync(
        Article article,
        IReadOnlyList<ShownPicture> pictures,
        CancellationToken cancel
    )
    {
        var parts = await database.QueryAsync<ArticlePart>(
            "select kind, text from article_parts where article_id = @Id order by ordinal",
            new { article.Id },
            cancel
        );
        return parts.Count == 0
            ? [new ShownPart { Kind = ArticlePartKind.Markup, Text = article.Html }]
            : await ShowAsync(parts, pictures, cancel);
    }

    /// <summary>These parts with what they name.</summary>
    internal async Task<IReadOnlyList<ShownPart>> ShowAsync(
        IReadOnlyList<ArticlePart> parts,
        IReadOnlyList<ShownPicture> pictures,
        CancellationToken cancel
    )
    {
        var told = await StatementsAsync(parts, cancel);
        var shown = new List<ShownPart>();
        foreach (var part in parts)
        {
            var one = new ShownPart
            {
                Kind = part.Kind,
                Text = part.Text,
                Event = part.Kind == ArticlePartKind.Event ? await EventAsync(part.Text, cancel) : null,
                Statement =
                    part.Kind == ArticlePartKind.Statement ? told.FirstOrDefault(s => s.Id == IdOf(part)) : null,
                Picture =
                    part.Kind == ArticlePartKind.Picture ? pictures.FirstOrDefault(p => p.File == part.Text) : null,
                Trend = part.Kind == ArticlePartKind.Trend ? await TrendAsync(part.Text, cancel) : null,
                Chart = part.Kind == ArticlePartKind.Chart ? ChartText.Read(part.Text, out _) : null,
            };
            if (
                part.Kind is ArticlePartKind.Markup or ArticlePartKind.Heading
                || one.Event is not null
                || one.Statement is not null
                || one.Picture is not null
                || one.Trend is not null
                || one.Chart is not null
            )
            {
                shown.Add(one);
            }
        }
        return shown;
    }

    /// <summary>The picture that leads, if there is one, and those of the text.</summary>
    internal async Task<(ShownPicture? Leading, IReadOnlyList<ShownPicture> Others)> PicturesAsync(
        long articleId,
        CancellationToken cancel
    )
    {
        var rows = await RowsAsync("article_id = @articleId", new { articleId }, cancel);
        return (
            rows.Where(r => r.Row.Ordinal == 0).Select(r => r.Shown).FirstOrDefault(),
            [.. rows.Where(r => r.Row.Ordinal > 0).Select(r => r.Shown)]
        );
    }

    /// <summary>The pictures that lead these articles, by the article's id.</summary>
    internal async Task<IReadOnlyDictionary<long, ShownPicture>> LeadingAsync(
        IReadOnlyList<long> articleIds,
        CancellationToken cancel
    ) =>
        (await RowsAsync("article_id in @articleIds and ordinal = 0", new { articleIds }, cancel)).ToDictionary(
            r => r.Row.ArticleId,
            r => r.Shown
        );

    private async Task<IReadOnlyList<(PictureRow Row, ShownPicture Shown)>> RowsAsync(
        string where,
        object arguments,
        CancellationToken cancel
    )
    {
        var rows = await database.QueryAsync<PictureRow>(
            $"""
            select article_id, ordinal, file, hash, width, height, alt, caption, credit, licence, licence_address
            from article_pictures where {where} order by article_id, ordinal
            """,
            arguments,
            cancel
        );
        if (rows.Count == 0)
        {
            return [];
        }
        var widths = (
            await database.QueryAsync<WidthRow>(
                "select hash, width from pictures where hash in @hashes order by width",
                new { hashes = rows.Select(r => r.Hash).Distinct().ToArray() },
                cancel
            )
        ).ToLookup(w => w.Hash, w => w.Width);
        return [.. rows.Select(r => (r, r.Show([.. widths[r.Hash]])))];
    }

    /// <summary>A picture in one width, WebP; null when there is none.</summary>
    public Task<byte[]?> PictureAsync(string hash, int width, CancellationToken cancel) =>
        database.FirstAsync<byte[]>(
            "select body from pictures where hash = @hash and width = @width",
            new { hash, width },
            cancel
        );

    /// <summary>What was put right in an article, the newest first.</summary>
    public Task<IReadOnlyList<Correction>> CorrectionsAsync(long articleId, CancellationToken cancel) =>
        database.QueryAsync<Correction>(
            "select kind, at, text from article_corrections where article_id = @articleId order by ordinal",
            new { articleId },
            cancel
        );

    /// <summary>Articles of which a machine made something and that readers could see, the oldest first, without their texts.</summary>
    public IAsyncEnumerable<Article> MachineMadeAsync(CancellationToken cancel) =>
        database.StreamAsync<Article>(
            """
            select id, slug, title, '' as deck, author, language, '' as markdown, '' as html, state, publish_at, revision, changed_at,
                   machine, reviewer, reviewed_at
            from articles where machine <> '' and state in (@published, @withdrawn) order by publish_at, id
            """,
            new { published = ArticleState.Published, withdrawn = ArticleState.Withdrawn },
            cancel
        );

    /// <summary>What was put right in all published articles, newest first.</summary>
    public Task<IReadOnlyList<ArticleCorrection>> CorrectionsAsync(int count, CancellationToken cancel) =>
        database.QueryAsync<ArticleCorrection>(
            """
            select c.article_id, c.ordinal, c.kind, c.at, c.text, a.slug, a.title, a.language
            from article_corrections c join articles a on a.id = c.article_id
            where a.state = @state order by c.at desc, c.article_id, c.ordinal limit @count
            """,
            new { state = ArticleState.Published, count },
            cancel
        );

    private async Task<IReadOnlyList<ShownStatement>> StatementsAsync(
        IReadOnlyList<ArticlePart> parts,
        CancellationToken cancel
    ) =>
        new Excerpts().Limit(
            await statements.OfIdsAsync(
                [.. parts.Where(p => p.Kind == ArticlePartKind.Statement).Select(IdOf).Distinct()],
                cancel
            )
        );

    private async Task<EventLine?> EventAsync(string slug, CancellationToken cancel) =>
        await events.FindAsync(slug, cancel)
        ?? (await events.MovedToAsync(slug, cancel) is { } moved ? await events.FindAsync(moved, cancel) : null);

    // A topic and an entity may be called the same; the topic is meant then.
    private async Task<Trend?> TrendAsync(string slug, CancellationToken cancel) =>
        await database.FirstAsync<SubjectRow>(
            """
            select id, name, 1 as topic from topics where slug = @slug
            union all select id, name, 0 as topic from entities where slug = @slug order by topic desc
            """,
            new { slug },
            cancel
        )
            is { } subject
            ? await trends.OfAsync(
                subject.Id,
                subject.Name,
                $"/{(subject.Topic ? "topics" : "entities")}/{slug}",
                await asOf.ReadAsync(cancel),
                cancel
            )
            : null;

    private sealed record SubjectRow
    {
        public long Id { get; init; }
        public required string Name { get; init; }
        public bool Topic { get; init; }
    }

    private static long IdOf(ArticlePart part) => long.Parse(part.Text, CultureInfo.InvariantCulture);

    private sealed record WidthRow
    {
        public required string Hash { get; init; }
        public int Width { get; init; }
    }

    private sealed record PictureRow
    {
        public long ArticleId { get; init; }
        public int Ordinal { get; init; }
        public required string File { get; init; }
        public required string Hash { get; init; }
        public int Width { get; init; }
        public int Height { get; init; }
        public required string Alt { get; init; }
        public required string Caption { get; init; }
        public required string Credit { get; init; }
        public required string Licence { get; init; }
        public required string LicenceAddress { get; init; }

        public ShownPicture Show(IReadOnlyList<int> widths) =>
            new()
            {
                File = File,
                Hash = Hash,
                Alt = Alt,
                Caption = Caption,
                Credit = Credit,
                Licence = Licence,
                LicenceAddress = ReportSource.Outgoing(LicenceAddress),
                Width = Width,
                Height = Height,
                Widths = widths,
            };
    }
}
