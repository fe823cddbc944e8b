using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Server.Desk.Pages;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Inbox;

/// <summary>The first page of the desk: what needs a person, for those who may judge it, and the rooms.</summary>
internal sealed class InboxPages(DeskPages pages, InboxReader reader, InboxDesk desk)
{
    private const int LastActs = 20;

    internal static void Add(IServiceCollection services) =>
        services.AddSingleton<InboxPages>().AddSingleton<InboxReader>().AddSingleton<InboxDesk>();

    internal static void Map(DeskRoutes desk)
    {
        desk.Page("/desk", DeskRight.Read, (InboxPages inbox, HttpContext http) => inbox.ShowAsync(http));
        desk.Act("/desk/inbox/mark", DeskRight.Review, (InboxPages inbox, HttpContext http) => inbox.MarkAsync(http));
        desk.Act("/desk/inbox/undo", DeskRight.Review, (InboxPages inbox, HttpContext http) => inbox.UndoAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var may = http.DeskUser().May(DeskRight.Review);
        return await pages.ShowAsync<StartView>(
            http,
            "desk.start",
            new Dictionary<string, object?>
            {
                [nameof(StartView.Items)] = may ? await reader.ReadAsync(http.RequestAborted) : null,
                [nameof(StartView.Last)] = may ? await desk.LastAsync(LastActs, http.RequestAborted) : [],
                [nameof(StartView.Done)] = NumberOf(http.Request.Query["done"]),
            }
        );
    }

    // "accept" means the items that are ticked, "accept event:7" that one; what is not there any more was dealt with meanwhile.
    private async Task<IResult> MarkAsync(HttpContext http)
    {
        var form = http.DeskForm();
        var (word, keys) = form["act"].Split(' ', 2) switch
        {
            [var one, var key] => (one, [key]),
            [var all] => (all, form.All("key")),
            _ => ("", []),
        };
        if (!Enum.TryParse<InboxAct>(word, ignoreCase: true, out var act) || !Enum.IsDefined(act))
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                "None of the buttons was pressed, so nothing was changed. Press one of them."
            );
        }
        var items = await reader.ReadAsync(http.RequestAborted);
        var operation = await desk.MarkAsync(
            [.. items.Select(i => i.Key).Where(k => keys.Contains(k.Key))],
            act,
            http.DeskUser().Member,
            http.RequestAborted
        );
        return FormPages.SeeOther(http, $"/desk?done={operation.ToString(CultureInfo.InvariantCulture)}");
    }

    private async Task<IResult> UndoAsync(HttpContext http)
    {
        await desk.UndoAsync(NumberOf(http.DeskForm()["operation"]), http.DeskUser().Member, http.RequestAborted);
        return FormPages.SeeOther(http, "/desk");
    }

    private static long NumberOf(string? text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
