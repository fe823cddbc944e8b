namespace CyberInsights.Server.Settings;

/// <summary>How a setting is asked for at the desk.</summary>
internal abstract record SettingForm
{
    private SettingForm() { }

    /// <summary>One line.</summary>
    internal sealed record Line(int MaxCharacters) : SettingForm;

    /// <summary>Several lines; <paramref name="Markdown"/>: with headings, lists and links.</summary>
    internal sealed record Text(int MaxCharacters, bool Markdown = false) : SettingForm;

    /// <summary>A whole number between two, which are allowed too.</summary>
    internal sealed record Number(int Least, int Most) : SettingForm;

    /// <summary>One of a few; each has a text <c>desk.settings.{name}.{value}</c>.</summary>
    internal sealed record Choice(IReadOnlyList<string> Values) : SettingForm;

    /// <summary>A city of the list that ships.</summary>
    internal sealed record Place : SettingForm;

    /// <summary>Some of a list, in an order of one's own.</summary>
    internal sealed record Order : SettingForm;

    /// <summary>Names with addresses, in an order.</summary>
    internal sealed record Links : SettingForm;
}

/// <summary>The parts of the settings room, each a page of it.</summary>
internal enum SettingGroup
{
    Site,
    Look,
    Links,
    Weather,
    Publisher,
    Newsletter,
    Desk,
}
