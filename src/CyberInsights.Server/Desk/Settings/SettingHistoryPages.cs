using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Settings;

/// <summary>What was changed, by whom and when; each change can be put back.</summary>
internal sealed class SettingHistoryPages(
    DeskPages pages,
    SettingDesk desk,
    SettingsKeeper keeper,
    CurrentSettings current
)
{
    private const int Shown = 50;
    private const int MaxPage = 10_000;

    internal async Task<IResult> ShowAsync(HttpContext http)
    {
        var number = int.TryParse(http.Request.Query["page"], CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, MaxPage)
            : 1;
        // Before the rows: what is changed in between makes putting back refuse, and is not overwritten.
        var set = await desk.ReadAsync(http.RequestAborted);
        // One more than is shown, which tells whether there is a next page.
        var changes = await desk.HistoryAsync((number - 1) * Shown, Shown + 1, http.RequestAborted);
        return await pages.ShowAsync<SettingHistoryView>(
            http,
            "desk.settings.history",
            new Dictionary<string, object?>
            {
                [nameof(SettingHistoryView.Changes)] = changes.Take(Shown).ToList(),
                [nameof(SettingHistoryView.Set)] = set,
                [nameof(SettingHistoryView.Number)] = number,
                [nameof(SettingHistoryView.More)] = changes.Count > Shown,
                [nameof(SettingHistoryView.Done)] = http.Request.Query["done"] == "back",
            }
        );
    }

    internal async Task<IResult> PutBackAsync(HttpContext http)
    {
        var (form, cancel) = (http.DeskForm(), http.RequestAborted);
        var change = await desk.FindAsync(Number(form["change"]), cancel);
        var setting = Setting.Find(change.Name);
        if (current.Now.AtStart.ContainsKey(setting.Name))
        {
            throw new RefusalException(
                RefusalKind.NotAllowed,
                $"Insights__{setting.Name} is set at start, which wins over the desk: nothing was put back. Take it out there first."
            );
        }
        if (change.Before.Length > 0 && !setting.Accepts(change.Before))
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"What {setting.Name} was before is not right for this version: nothing was put back. Set it anew at {SettingsRoom.Address(SettingsPages.NameOf(setting.Group))}."
            );
        }
        if (
            !await desk.ChangeAsync(
                http.DeskUser().Member,
                Number(form["version"]),
                new Dictionary<string, string> { [setting.Name] = change.Before },
                form.Text("reason"),
                change.Id,
                cancel
            )
        )
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                "Somebody changed settings after this page was made: nothing was put back. Load the history again and see what it says now."
            );
        }
        await keeper.RefreshAsync(cancel);
        return FormPages.SeeOther(http, $"{SettingsRoom.History}?done=back");
    }

    private static long Number(string written) =>
        long.TryParse(written, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
