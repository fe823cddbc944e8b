namespace CyberInsights.Extract.Pages;

/// <summary>
/// Foreign markup made safe. <paramref name="Html"/> holds no active content and no picture; <paramref name="Text"/> is the same
/// as plain text: paragraphs separated by one empty line; headings, list items and table rows are paragraphs.
/// </summary>
public sealed record CleanText(string Html, string Text)
{
    public static CleanText Empty { get; } = new("", "");

    /// <summary>Absolute address of the first picture that is not a tracking pixel; null when there is none.</summary>
    public string? Image { get; init; }

    /// <summary>Whether the text was longer than <see cref="Sanitiser.MaxText"/> and has been cut.</summary>
    public bool Truncated { get; init; }
}
