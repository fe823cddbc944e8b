using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Desk.Settings;

/// <summary>A setting as a form asks for it.</summary>
/// <param name="Value">As it is written; what nobody set is what usually holds.</param>
public sealed record SettingField(string Value)
{
    public required Setting Setting { get; init; }

    /// <summary>Whether it was set at start, so that it cannot be changed here.</summary>
    internal bool Locked { get; init; }

    /// <summary>Whether the value is wrong.</summary>
    internal bool Wrong { get; init; }

    /// <summary>What somebody else set while the form was filled in; null: nobody did.</summary>
    internal SettingChange? Meanwhile { get; init; }

    /// <summary>What can be chosen, with what it is called, in its own order; for settings that are an order.</summary>
    internal IReadOnlyList<(string Key, string Name)> Options { get; init; } = [];

    /// <summary>The same with whether it is chosen: first those, in their order.</summary>
    internal IEnumerable<(string Key, string Name, bool Chosen)> Ordered
    {
        get
        {
            var chosen =
                Value.Length == 0 ? Options.Select(o => o.Key).ToList()
                : Value == SettingForms.None ? []
                : [.. Value.Split(';', StringSplitOptions.TrimEntries)];
            return Options
                .OrderBy(o => chosen.IndexOf(o.Key) is >= 0 and var place ? place : int.MaxValue)
                .Select(o => (o.Key, o.Name, chosen.Contains(o.Key)));
        }
    }

    /// <summary>Its rows, and three more to fill in; for settings that are links.</summary>
    internal IEnumerable<(string Name, string Address)> Rows =>
        Value
            .Split(Value.Contains('\n', StringComparison.Ordinal) ? '\n' : ';', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => (l[..Math.Max(0, l.LastIndexOf(' '))].Trim(), l[(l.LastIndexOf(' ') + 1)..]))
            .Concat(Enumerable.Repeat(("", ""), 3));

    /// <summary>Its title on the page and in the history.</summary>
    internal static string TitleOf(Setting setting, Language language) =>
        setting.Language is { } own
            ? $"{language.Strings[setting.Key]}{language.Strings["list.colon"]}{own.Name}"
            : language.Strings[setting.Key];

    /// <summary>What a value of a choice is called.</summary>
    internal static string NameOf(Setting setting, string value, Language language)
    {
        var strings = language.Strings;
        var key = $"{setting.Key}.{value}";
        return value is "true" or "false" ? strings[$"desk.setting.{value}"]
            : Enum.TryParse<DayOfWeek>(value, ignoreCase: true, out var day)
                ? strings["time.weekdays"].Split('|')[(int)day]
            : setting.Name == "Theme" ? strings[$"theme.{value}"]
            : strings.Has(key) ? strings[key]
            : value;
    }
}
