using System.Text;
using CyberInsights.Storage;
using CyberInsights.Text;

namespace CyberInsights.Edit;

/// <summary>Tags as people write them: cleaned, and judged before readers see them.</summary>
public static class ArticleTags
{
    /// <summary>The name as it is kept: NFC, one line, nothing invisible; a longer one than may be is left so and is no tag.</summary>
    internal static string Clean(string written) =>
        PlainText.OneLine(written, ArticleWork.MaxField).Trim().Normalize(NormalizationForm.FormC);

    /// <summary>Names that were written, cleaned, a line each; of spellings of one tag the first.</summary>
    public static string Lines(IEnumerable<string> written) =>
        string.Join('\n', written.Select(Clean).Where(n => n.Length > 0).DistinctBy(Key));

    /// <summary>Whether a cleaned name is a tag: <see cref="ArticleTag.MinLength"/> to <see cref="ArticleTag.MaxLength"/> characters with a letter or digit among them.</summary>
    internal static bool IsTag(string name) =>
        name.Length is >= ArticleTag.MinLength and <= ArticleTag.MaxLength && Folding.Slug(name).Length > 0;

    /// <summary>Replaces the tags under which the article is found.</summary>
    internal static async Task WriteAsync(Transaction t, long id, string lines, CancellationToken cancel)
    {
        await t.ExecuteAsync("delete from article_tags where article_id = @id", new { id }, cancel);
        foreach (var (ordinal, name) in ArticleWork.Names(lines).Where(IsTag).Index())
        {
            await t.ExecuteAsync(
                "insert into article_tags (article_id, ordinal, slug, name) values (@id, @ordinal, @Slug, @name) on conflict do nothing",
                new
                {
                    id,
                    ordinal,
                    Slug = Folding.Slug(name),
                    name,
                },
                cancel
            );
        }
    }

    /// <summary>The tags under which an article is found, a line each.</summary>
    internal static async Task<string> ReadAsync(IRows rows, long id, CancellationToken cancel) =>
        string.Join(
            '\n',
            await rows.QueryAsync<string>(
                "select name from article_tags where article_id = @id order by ordinal",
                new { id },
                cancel
            )
        );

    private static string Key(string name) => Folding.Slug(name) is { Length: > 0 } slug ? slug : name;
}
