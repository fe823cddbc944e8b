using System.Globalization;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Settings;

/// <summary>A setting that can be changed while the program runs; <see cref="All"/> lists them.</summary>
public sealed partial record Setting
{
    // Null: what is written is wrong.
    private readonly Func<SiteSettings, string, SiteSettings?> apply;

    private Setting(Func<SiteSettings, string, SiteSettings?> apply) => this.apply = apply;

    /// <summary>As it stands after <c>Insights__</c>: <c>SiteName</c>, <c>About__de</c>.</summary>
    public required string Name { get; init; }
    public required SettingGroup Group { get; init; }
    public required SettingForm Form { get; init; }

    /// <summary>What holds when nobody sets it, as it is written; empty: nothing does, or all of a list.</summary>
    public required string Usual { get; init; }

    /// <summary>The language of a text that each language has for itself; null: there is one for all.</summary>
    public Language? Language { get; init; }

    /// <summary>What follows the quoted value in a sentence to the operator.</summary>
    public required string Advice { get; init; }

    /// <summary>The text that says at the desk what is wrong, with a place for <see cref="Limits"/>.</summary>
    public required string WrongKey { get; init; }
    public required string Limits { get; init; }

    /// <summary>Its name without the language; what <c>docs/settings.md</c> lists and texts of the desk are named by.</summary>
    internal string Row => Language is null ? Name : Name[..Name.LastIndexOf("__", StringComparison.Ordinal)];

    /// <summary>The beginning of its texts: <c>desk.setting.weather-place</c>.</summary>
    internal string Key =>
        $"desk.setting.{Row.Replace("__", "-", StringComparison.Ordinal).ToLower(CultureInfo.InvariantCulture)}";

    internal bool Accepts(string written) => apply(new SiteSettings(), written) is not null;

    /// <summary>The settings with what is written here; unchanged when it is wrong.</summary>
    internal SiteSettings ApplyTo(SiteSettings settings, string written) => apply(settings, written) ?? settings;

    internal string Complaint(string written) => $"Insights__{Name} is '{written}'{Advice}";

    /// <exception cref="RefusalException">No changeable setting has this name.</exception>
    internal static Setting Find(string name) =>
        All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new RefusalException(
            RefusalKind.BadInput,
            $"{name} is no setting that the desk can change: nothing was changed. Those are {string.Join(", ", All.Select(s => s.Name))}."
        );

    private static Setting Of<T>(
        string name,
        SettingGroup group,
        SettingKind<T> kind,
        Func<SiteSettings, T, SiteSettings> with,
        string usual = ""
    ) =>
        new((settings, written) => kind.Read(written, out var value) ? with(settings, value) : null)
        {
            Name = name,
            Group = group,
            Form = kind.Form,
            Usual = usual,
            Advice = kind.Advice,
            WrongKey = kind.Key,
            Limits = kind.Limits,
        };

    private static IEnumerable<Setting> InEachLanguage(
        string name,
        SettingGroup group,
        SettingKind<string> kind,
        Func<SiteSettings, string, string, SiteSettings> with
    ) =>
        Language.All.Select(language =>
            Of($"{name}__{language.Code}", group, kind, (s, v) => with(s, language.Code, v)) with
            {
                Language = language,
            }
        );
}
