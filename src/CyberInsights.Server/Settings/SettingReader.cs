using System.Collections.Frozen;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Settings;

/// <summary>Reads what is set at start of the settings that the desk can change: it holds, and the desk leaves it alone.</summary>
internal static class SettingReader
{
    private const string Follow = "Follow";

    /// <returns>By name, as it is written; what is not set is not there.</returns>
    internal static IReadOnlyDictionary<string, string> Read(IConfiguration section, List<string> problems)
    {
        var set = new Dictionary<string, string>();
        foreach (var setting in Setting.All)
        {
            var written =
                setting.Name == Follow
                    ? Links(section.GetSection(Follow), problems)
                    : section[setting.Name.Replace("__", ":", StringComparison.Ordinal)]?.Trim();
            if (string.IsNullOrEmpty(written))
            {
                continue;
            }
            if (setting.Accepts(written))
            {
                set[setting.Name] = written;
            }
            else
            {
                problems.Add(setting.Complaint(written));
            }
        }
        return set.ToFrozenDictionary();
    }

    // In an order of its own as one variable, or one variable for each.
    private static string? Links(IConfigurationSection section, List<string> problems)
    {
        var each = section.GetChildren().ToList();
        foreach (var wrong in each.Where(e => SettingKind.Link(e.Key, e.Value ?? "") is null))
        {
            problems.Add(
                $"Insights__{Follow}__{wrong.Key} is '{wrong.Value}', which is no web address. Write it with https://."
            );
        }
        return section.Value
            ?? string.Concat(
                each.Where(e => SettingKind.Link(e.Key, e.Value ?? "") is not null)
                    .OrderBy(e => Rank(e.Key))
                    .Select(e => $"{e.Key} {e.Value}\n")
            );
    }

    // Variables have no order of their own: the houses of sharing have one, the others follow by name.
    private static int Rank(string name) =>
        ShareTarget.All.Select(t => t.Name).ToList().IndexOf(name.Split(' ')[0]) is >= 0 and var rank
            ? rank
            : int.MaxValue;
}
