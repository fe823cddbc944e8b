namespace CyberInsights.Server.Settings;

/// <summary>How a setting is asked for at the desk.</summary>
public abstract record SettingForm
{
    private SettingForm() { }

    /// <summary>One line.</summary>
    public sealed record Line(int MaxCharacters) : SettingForm;

    /// <summary>Several lines; <paramref name="Markdown"/>: with headings, lists and links.</summary>
    public sealed record Text(int MaxCharacters, bool Markdown = false) : SettingForm;

    /// <summary>A whole number between two, which are allowed too.</summary>
    public sealed record Number(int Least, int Most) : SettingForm;

    /// <summary>One of a few; each has a text <c>desk.setting.{name}.{value}</c>.</summary>
    public sealed record Choice(IReadOnlyList<string> Values) : SettingForm;

    /// <summary>A city of the list that ships.</summary>
    public sealed record Place : SettingForm;

    /// <summary>Some of a list, in an order of one's own.</summary>
    public sealed record Order : SettingForm;

    /// <summary>Names with addresses, in an order.</summary>
    public sealed record Links : SettingForm;
}

/// <summary>The parts of the settings room, each a page of it.</summary>
public enum SettingGroup
{
    Site,
    Look,
    Links,
    Weather,
    Publisher,
    Newsletter,
    Desk,
}
