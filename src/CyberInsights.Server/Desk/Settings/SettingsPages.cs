using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Settings;

/// <summary>The pages of the settings, one for each group: all of a form is saved, or nothing.</summary>
internal sealed class SettingsPages(
    DeskPages pages,
    SettingDesk desk,
    SettingsKeeper keeper,
    CurrentSettings current,
    TopicReader topics
)
{
    internal async Task<IResult> ShowAsync(HttpContext http, string name)
    {
        var group = GroupOf(name);
        var set = await desk.ReadAsync(http.RequestAborted);
        return await ShowAsync(http, group, set.Version, await FieldsAsync(http, group, set), null);
    }

    internal async Task<IResult> SaveAsync(HttpContext http, string name)
    {
        var (group, form, cancel) = (GroupOf(name), http.DeskForm(), http.RequestAborted);
        var seen = long.TryParse(form["version"], CultureInfo.InvariantCulture, out var version) ? version : 0;
        var (before, now) = (await desk.ReadAsync(seen, cancel), await desk.ReadAsync(cancel));
        var fields = await FieldsAsync(http, group, now);
        var mine = fields
            .Where(f => !f.Locked)
            .Select(f => (f.Setting, Value: SettingForms.Read(form, f.Setting, [.. f.Options.Select(o => o.Key)])))
            .Where(v => v.Value is not null && v.Value != before[v.Setting.Name])
            .ToDictionary(v => v.Setting.Name, v => v.Value!);
        var meanwhile = (await desk.SinceAsync(seen, cancel))
            .Where(c => fields.Any(f => f.Setting.Name == c.Name))
            .GroupBy(c => c.Name)
            .ToDictionary(g => g.Key, g => g.Last());
        var filled = fields
            .Select(f => f with { Meanwhile = meanwhile.GetValueOrDefault(f.Setting.Name) })
            .Select(f => mine.TryGetValue(f.Setting.Name, out var value) ? With(f, value) : f)
            .ToList();
        if (meanwhile.Count > 0)
        {
            return await ShowAsync(http, group, now.Version, filled, "desk.settings.conflict");
        }
        if (filled.Any(f => f.Wrong && mine.ContainsKey(f.Setting.Name)))
        {
            return await ShowAsync(http, group, seen, filled, "desk.settings.unsaved");
        }
        if (
            mine.Count > 0
            && !await desk.ChangeAsync(http.DeskUser().Member, now.Version, mine, form.Text("reason"), null, cancel)
        )
        {
            // Somebody was faster by a moment: what they set is told as all that was set meanwhile.
            return await SaveAsync(http, name);
        }
        await keeper.RefreshAsync(cancel);
        return FormPages.SeeOther(http, $"{SettingsRoom.Address(name)}?done=saved");
    }

    private async Task<IResult> ShowAsync(
        HttpContext http,
        SettingGroup group,
        long version,
        IReadOnlyList<SettingField> fields,
        string? trouble
    ) =>
        await pages.ShowAsync<SettingsView>(
            http,
            "desk.room.settings",
            new Dictionary<string, object?>
            {
                [nameof(SettingsView.Group)] = NameOf(group),
                [nameof(SettingsView.Version)] = version,
                [nameof(SettingsView.Fields)] = fields,
                [nameof(SettingsView.Trouble)] = trouble,
                [nameof(SettingsView.Reason)] = trouble is null ? "" : http.DeskForm().Text("reason"),
                [nameof(SettingsView.Saved)] = http.Request.Query["done"] == "saved",
            },
            trouble switch
            {
                null => StatusCodes.Status200OK,
                "desk.settings.conflict" => StatusCodes.Status409Conflict,
                _ => StatusCodes.Status400BadRequest,
            }
        );

    private async Task<IReadOnlyList<SettingField>> FieldsAsync(HttpContext http, SettingGroup group, DeskSettings set)
    {
        var sections = group == SettingGroup.Links ? await topics.AllAsync(http.RequestAborted) : [];
        var (language, atStart) = (DeskPages.LanguageOf(http), current.Now.AtStart);
        return
        [
            .. Setting
                .All.Where(s => s.Group == group)
                .Select(s =>
                    With(
                        new SettingField("")
                        {
                            Setting = s,
                            Locked = atStart.ContainsKey(s.Name),
                            Options = s.Name switch
                            {
                                "Sections" => [.. sections.Select(t => (t.Slug, PageContext.TopicNameIn(language, t)))],
                                "Share" =>
                                [
                                    .. ShareTarget.All.Select(t => (t.Key, t.Name ?? language.Strings["share.mail"])),
                                ],
                                _ => [],
                            },
                        },
                        atStart.GetValueOrDefault(s.Name, set[s.Name])
                    )
                ),
        ];
    }

    private static SettingField With(SettingField field, string written) =>
        field with
        {
            Value = written.Length == 0 ? field.Setting.Usual : written,
            Wrong = written.Length > 0 && !field.Setting.Accepts(written),
        };

    internal static string NameOf(SettingGroup group) => group.ToString().ToLowerInvariant();

    private static SettingGroup GroupOf(string name) =>
        Enum.GetValues<SettingGroup>().Where(g => NameOf(g) == name).ToList() is [var group]
            ? group
            : throw new RefusalException(
                RefusalKind.NotFound,
                $"There are no settings called {name}: nothing was changed. The tabs at /desk/settings lead to all there are."
            );
}
