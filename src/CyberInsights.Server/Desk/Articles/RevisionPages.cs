using CyberInsights.Edit;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Articles;

/// <summary>What a text was before, how it differs from what it is, and the way back.</summary>
internal sealed class RevisionPages(DeskPages pages, ArticleDesk desk)
{
    internal async Task<IResult> ListAsync(HttpContext http, long id) =>
        await pages.ShowAsync<ArticleRevisionsView>(
            http,
            "desk.revisions",
            new Dictionary<string, object?>
            {
                [nameof(ArticleRevisionsView.Work)] = await desk.ReadAsync(id, http.RequestAborted),
                [nameof(ArticleRevisionsView.Saves)] = await desk.SavesAsync(id, http.RequestAborted),
            }
        );

    internal async Task<IResult> ShowAsync(HttpContext http, long id, int number) =>
        await pages.ShowAsync<ArticleRevisionView>(
            http,
            "desk.revisions",
            new Dictionary<string, object?>
            {
                [nameof(ArticleRevisionView.Work)] = await desk.ReadAsync(id, http.RequestAborted),
                [nameof(ArticleRevisionView.Save)] = await desk.SaveAsync(id, number, http.RequestAborted),
            }
        );

    internal async Task<IResult> RestoreAsync(HttpContext http, long id, int number)
    {
        var reason = ArticlePages.Line(http.DeskForm(), "reason");
        await desk.RestoreAsync(id, number, reason, http.DeskUser().Member, http.RequestAborted);
        return FormPages.SeeOther(http, $"{ArticlePages.Address(id)}?saved=1");
    }
}
