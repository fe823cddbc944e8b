using System.Globalization;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Settings;

/// <summary>Reads settings out of forms, as they are written everywhere.</summary>
internal static class SettingForms
{
    /// <summary>How nothing of a list is written; empty is what usually holds.</summary>
    internal const string None = "none";

    /// <summary>What the form says of a setting; empty: what usually holds; null: it does not ask for it.</summary>
    /// <param name="options">What there is to choose, in its own order, where that is not known of itself.</param>
    internal static string? Read(FormPost form, Setting setting, IReadOnlyList<string> options)
    {
        var written = setting.Form switch
        {
            SettingForm.Order => Order(form, setting.Name, options),
            SettingForm.Links => Links(form, setting.Name),
            _ => form.All(setting.Name) is [var first, ..] ? first.ReplaceLineEndings("\n").Trim() : null,
        };
        return written == setting.Usual ? "" : written;
    }

    internal static string PlaceOf(string name, string key) => $"{name}.{key}";

    private static string? Order(FormPost form, string name, IReadOnlyList<string> options)
    {
        if (options.All(o => form.All(PlaceOf(name, o)).Count == 0))
        {
            return null;
        }
        var chosen = form.All(name)
            .Where(options.Contains)
            .Distinct()
            .OrderBy(key => Number(form[PlaceOf(name, key)]))
            .ToList();
        return chosen.Count == 0 ? None
            : chosen.SequenceEqual(options) ? ""
            : string.Join(';', chosen);
    }

    private static string? Links(FormPost form, string name)
    {
        var (names, addresses, places) = (
            form.All($"{name}.name"),
            form.All($"{name}.address"),
            form.All($"{name}.place")
        );
        if (names.Count == 0 || names.Count != addresses.Count)
        {
            return null;
        }
        var rows = names
            .Zip(addresses, (n, a) => (Name: n.Trim(), Address: a.Trim()))
            .Select((row, i) => (row.Name, row.Address, Place: i < places.Count ? Number(places[i]) : i))
            .Where(row => row.Name.Length > 0 || row.Address.Length > 0)
            .OrderBy(row => row.Place);
        return string.Concat(rows.Select(row => $"{row.Name} {row.Address}\n"));
    }

    // A row without a number stands last.
    private static int Number(string written) =>
        int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
