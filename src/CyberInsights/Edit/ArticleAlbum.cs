using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>The pictures of articles. One is seen by readers only where the published text shows it, or it leads.</summary>
public sealed class ArticleAlbum(Database database)
{
    /// <summary>The most pictures that one article has.</summary>
    public const int MaxPictures = 40;

    private const int MaxWords = 500;

    /// <summary>In the order in which they came; those of the text that readers see, and others.</summary>
    public Task<IReadOnlyList<StoredPicture>> OfAsync(long id, CancellationToken cancel) =>
        database.QueryAsync<StoredPicture>(
            """
            select p.file, p.hash, p.alt, p.caption, p.credit, p.licence, min(s.width) as least
            from article_pictures p join pictures s on s.hash = p.hash where p.article_id = @id
            group by p.file, p.hash, p.alt, p.caption, p.credit, p.licence, p.ordinal order by p.ordinal
            """,
            new { id },
            cancel
        );

    /// <summary>Checks what is said about a picture, before it is encoded.</summary>
    /// <exception cref="RefusalException">Something is missing that readers need.</exception>
    public static ArticlePicture Checked(ArticlePicture picture)
    {
        var missing =
            picture.Alt.Length == 0 ? "what it shows, for those who cannot see it"
            : picture.Credit.Length == 0 ? "who made it"
            : picture.Licence.Length == 0 ? "under which licence it may be shown"
            : null;
        if (missing is not null)
        {
            throw Refuse($"The picture needs {missing}", "Add it and send the picture again");
        }
        if (new[] { picture.Alt, picture.Caption, picture.Credit, picture.Licence }.Any(w => w.Length > MaxWords))
        {
            throw Refuse($"What is said of a picture has {MaxWords} characters at most", "Say it in fewer words");
        }
        if (
            picture.LicenceAddress.Length > 0
            && !(
                Uri.TryCreate(picture.LicenceAddress, UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                && picture.LicenceAddress.Length <= MaxWords
            )
        )
        {
            throw Refuse("The address of the licence is none", "Write one that begins with https://, or leave it out");
        }
        return picture;
    }

    /// <summary>Adds a picture that was encoded, under a name of our own: nothing of the name it came with is kept.</summary>
    /// <returns>Its name.</returns>
    public Task<string> AddAsync(long id, ArticlePicture picture, Member member, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var work = await ArticleDesk.ReadAsync(t, id, cancel);
                var (count, last) = (
                    await t.FirstAsync<int>(
                        "select count(*) from article_pictures where article_id = @id",
                        new { id },
                        cancel
                    ),
                    await t.FirstAsync<int>(
                        "select coalesce(max(ordinal), 0) from article_pictures where article_id = @id",
                        new { id },
                        cancel
                    )
                );
                if (count >= MaxPictures)
                {
                    throw Refuse($"An article has {MaxPictures} pictures at most", "Take one out first");
                }
                var file = $"{picture.Encoded!.Hash[..12]}.webp";
                if (
                    await t.FirstAsync<long>(
                        "select count(*) from article_pictures where article_id = @id and file = @file",
                        new { id, file },
                        cancel
                    ) > 0
                )
                {
                    throw Refuse("The article has this picture already", "Put it in where it is to stand");
                }
                await ArticleTables.WriteAsync(t, id, last + 1, picture with { File = file }, cancel);
                await AuditLog.AddAsync(t, member, ArticleDesk.Deed("picture", work), cancel);
                return file;
            },
            cancel
        );

    /// <exception cref="RefusalException">Readers see it now.</exception>
    public Task RemoveAsync(long id, string file, Member member, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var work = await ArticleDesk.ReadAsync(t, id, cancel);
                var shown = await t.FirstAsync<long>(
                    """
                    select count(*) from article_pictures p where p.article_id = @id and p.file = @file and (p.ordinal = 0
                      or exists (select 1 from article_parts x where x.article_id = @id and x.kind = @kind and x.text = @file))
                    """,
                    new
                    {
                        id,
                        file,
                        kind = ArticlePartKind.Picture,
                    },
                    cancel
                );
                if (shown > 0 && work.State == ArticleState.Published)
                {
                    throw Refuse("Readers see this picture now", "Publish the text without it first");
                }
                await t.ExecuteAsync(
                    "delete from article_pictures where article_id = @id and file = @file",
                    new { id, file },
                    cancel
                );
                await AuditLog.AddAsync(t, member, ArticleDesk.Deed("unpicture", work), cancel);
            },
            cancel
        );

    private static RefusalException Refuse(string what, string todo) =>
        new(RefusalKind.BadInput, $"{what}. Nothing was changed. {todo}.");
}

/// <summary>A picture that an article has, whether its text shows it or not.</summary>
public sealed record StoredPicture
{
    public required string File { get; init; }
    public required string Hash { get; init; }
    public required string Alt { get; init; }
    public required string Caption { get; init; }
    public required string Credit { get; init; }
    public required string Licence { get; init; }

    /// <summary>The narrowest width there is, pixels.</summary>
    public required int Least { get; init; }
}
