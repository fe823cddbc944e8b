using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>What belongs to an article beside its text: parts, pictures, corrections, what a machine made. Has no revisions.</summary>
internal static class ArticleTables
{
    /// <summary>Replaces what was there.</summary>
    internal static async Task WriteAsync(
        Transaction t,
        long id,
        ArticleFile file,
        IReadOnlyList<ArticlePart> parts,
        CancellationToken cancel
    )
    {
        await WriteMachineAsync(t, id, file.Machine, file.Reviewer, file.ReviewedAt, cancel);
        await WritePartsAsync(t, id, parts, cancel);
        await t.ExecuteAsync("delete from article_corrections where article_id = @id", new { id }, cancel);
        foreach (var (ordinal, correction) in file.Corrections.Index())
        {
            await t.ExecuteAsync(
                "insert into article_corrections (article_id, ordinal, kind, at, text) values (@id, @ordinal, @Kind, @At, @Text)",
                new
                {
                    id,
                    ordinal,
                    correction.Kind,
                    correction.At,
                    correction.Text,
                },
                cancel
            );
        }
        await t.ExecuteAsync("delete from article_pictures where article_id = @id", new { id }, cancel);
        // Number 0 is kept for the one that leads.
        var first = file.Pictures is [{ Leads: true }, ..] ? 0 : 1;
        foreach (var (index, picture) in file.Pictures.Index())
        {
            await WriteAsync(t, id, first + index, picture, cancel);
        }
    }

    internal static Task WriteMachineAsync(
        Transaction t,
        long id,
        string machine,
        string reviewer,
        DateTimeOffset? reviewedAt,
        CancellationToken cancel
    ) =>
        t.ExecuteAsync(
            "update articles set machine = @machine, reviewer = @reviewer, reviewed_at = @reviewedAt where id = @id",
            new
            {
                id,
                machine,
                reviewer,
                reviewedAt,
            },
            cancel
        );

    /// <summary>Replaces what was there.</summary>
    internal static async Task WritePartsAsync(
        Transaction t,
        long id,
        IReadOnlyList<ArticlePart> parts,
        CancellationToken cancel
    )
    {
        await t.ExecuteAsync("delete from article_parts where article_id = @id", new { id }, cancel);
        foreach (var (ordinal, part) in parts.Index())
        {
            await t.ExecuteAsync(
                "insert into article_parts (article_id, ordinal, kind, text) values (@id, @ordinal, @Kind, @Text)",
                new
                {
                    id,
                    ordinal,
                    part.Kind,
                    part.Text,
                },
                cancel
            );
        }
    }

    /// <summary>Adds a picture under a number of its own.</summary>
    internal static async Task WriteAsync(
        Transaction t,
        long id,
        int ordinal,
        ArticlePicture picture,
        CancellationToken cancel
    )
    {
        var encoded =
            picture.Encoded
            ?? throw new ArgumentException($"The picture {picture.File} was not encoded.", nameof(picture));
        foreach (var size in encoded.Sizes)
        {
            await t.ExecuteAsync(
                """
                insert into pictures (hash, width, height, body) values (@Hash, @Width, @Height, @Body)
                on conflict do nothing
                """,
                new
                {
                    encoded.Hash,
                    size.Width,
                    size.Height,
                    size.Body,
                },
                cancel
            );
        }
        await t.ExecuteAsync(
            """
            insert into article_pictures
                (article_id, ordinal, file, hash, width, height, alt, caption, credit, licence, licence_address)
            values (@id, @ordinal, @File, @Hash, @Width, @Height, @Alt, @Caption, @Credit, @Licence, @LicenceAddress)
            """,
            new
            {
                id,
                ordinal,
                picture.File,
                encoded.Hash,
                encoded.Widest.Width,
                encoded.Widest.Height,
                picture.Alt,
                picture.Caption,
                picture.Credit,
                picture.Licence,
                picture.LicenceAddress,
            },
            cancel
        );
    }
}
