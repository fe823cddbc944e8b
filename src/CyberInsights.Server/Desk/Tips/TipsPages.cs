using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Tips;

/// <summary>The room in which messages of readers are read and dealt with. What is sealed leaves the server as it is stored: the browser of the member opens it.</summary>
internal sealed class TipsPages(DeskPages pages, TipReader reader, TipDesk tips)
{
    private const string Root = "/desk/tips";
    private const int Shown = 20;
    private const int MaxPage = 10_000;

    internal static DeskRoom Room { get; } =
        new(
            "tips",
            DeskRight.Tips,
            services => services.AddSingleton<TipsPages>().AddSingleton<TipReader>().AddSingleton<TipDesk>(),
            desk =>
            {
                const string one = Root + "/{id:long}";
                desk.Page(Root, DeskRight.Tips, (TipsPages p, HttpContext http) => p.ListAsync(http));
                desk.Page(one, DeskRight.Tips, (TipsPages p, HttpContext http, long id) => p.ShowAsync(http, id));
                desk.Act(
                    $"{one}/mark",
                    DeskRight.Tips,
                    (TipsPages p, HttpContext http, long id) => p.MarkAsync(http, id)
                );
                desk.Act(
                    $"{one}/note",
                    DeskRight.Tips,
                    (TipsPages p, HttpContext http, long id) => p.NoteAsync(http, id)
                );
                desk.Act(
                    $"{one}/delete",
                    DeskRight.Tips,
                    (TipsPages p, HttpContext http, long id) => p.DeleteAsync(http, id)
                );
            }
        );

    internal static string Address(long id) => string.Create(CultureInfo.InvariantCulture, $"{Root}/{id}");

    private async Task<IResult> ListAsync(HttpContext http)
    {
        var done = http.Request.Query["show"] == "done";
        var number = int.TryParse(http.Request.Query["page"], CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, MaxPage)
            : 1;
        var lines = await reader.ListAsync(done, (number - 1) * Shown, Shown + 1, http.RequestAborted);
        return await pages.ShowAsync<TipsView>(
            http,
            "desk.room.tips",
            new Dictionary<string, object?>
            {
                [nameof(TipsView.Lines)] = lines.Take(Shown).ToList(),
                [nameof(TipsView.Done)] = done,
                [nameof(TipsView.Number)] = number,
                [nameof(TipsView.More)] = lines.Count > Shown,
            }
        );
    }

    private async Task<IResult> ShowAsync(HttpContext http, long id) =>
        await pages.ShowAsync<TipView>(
            http,
            "desk.room.tips",
            new Dictionary<string, object?>
            {
                [nameof(TipView.Line)] = await reader.ReadAsync(id, http.RequestAborted),
                [nameof(TipView.Notes)] = await reader.NotesAsync(id, http.RequestAborted),
            }
        );

    private async Task<IResult> MarkAsync(HttpContext http, long id)
    {
        var done = http.DeskForm()["as"] == "done";
        await tips.MarkAsync(id, done, http.DeskUser().Member, http.RequestAborted);
        return FormPages.SeeOther(http, done ? Root : Address(id));
    }

    private async Task<IResult> NoteAsync(HttpContext http, long id)
    {
        await tips.NoteAsync(id, http.DeskForm().Text("text").Trim(), http.DeskUser().Member, http.RequestAborted);
        return FormPages.SeeOther(http, $"{Address(id)}#notes");
    }

    private async Task<IResult> DeleteAsync(HttpContext http, long id)
    {
        await tips.DeleteAsync(id, http.DeskForm().Text("reason").Trim(), http.DeskUser().Member, http.RequestAborted);
        return FormPages.SeeOther(http, Root);
    }
}
