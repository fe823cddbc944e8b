using CyberInsights.Server.Settings;

namespace CyberInsights.Server.Desk.Settings;

/// <summary>The room in which administrators change what the site is called, shows and asks for, while it runs.</summary>
internal static class SettingsRoom
{
    internal const string Root = "/desk/settings";
    internal const string History = $"{Root}/history";

    // Six texts about the site, each letter of three bytes written as nine.
    private static DeskForm Form { get; } = new() { MaxBytes = 2 * 1024 * 1024 };

    internal static DeskRoom Room { get; } =
        new(
            "settings",
            DeskRight.Settings,
            services => services.AddSingleton<SettingsPages>().AddSingleton<SettingHistoryPages>(),
            desk =>
            {
                desk.Page(Root, DeskRight.Settings, (SettingsPages p, HttpContext http) => p.ShowAsync(http, First));
                desk.Act(
                    Root,
                    DeskRight.Settings,
                    (SettingsPages p, HttpContext http) => p.SaveAsync(http, First),
                    Form
                );
                desk.Page(History, DeskRight.Settings, (SettingHistoryPages p, HttpContext http) => p.ShowAsync(http));
                desk.Act(
                    History,
                    DeskRight.Settings,
                    (SettingHistoryPages p, HttpContext http) => p.PutBackAsync(http)
                );
                desk.Page(
                    $"{Root}/{{group}}",
                    DeskRight.Settings,
                    (SettingsPages p, HttpContext http, string group) => p.ShowAsync(http, group)
                );
                desk.Act(
                    $"{Root}/{{group}}",
                    DeskRight.Settings,
                    (SettingsPages p, HttpContext http, string group) => p.SaveAsync(http, group),
                    Form
                );
            }
        );

    private static string First => SettingsPages.NameOf(SettingGroup.Site);

    internal static string Address(string group) => group == First ? Root : $"{Root}/{group}";
}
