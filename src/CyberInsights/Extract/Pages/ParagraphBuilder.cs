using System.Text;

namespace CyberInsights.Extract.Pages;

/// <summary>
/// Collects plain text as a browser would show it: white space collapsed, lines ended by one line feed, paragraphs separated by
/// one empty line.
/// </summary>
internal sealed class ParagraphBuilder
{
    private enum Gap
    {
        None,
        Space,
        Cell,
        Line,
        Paragraph,
    }

    private readonly StringBuilder _text = new();
    private Gap _gap;

    /// <summary>Whether nothing visible was written since the last paragraph break.</summary>
    public bool AtParagraph => _text.Length == 0 || _gap == Gap.Paragraph;

    public int Length => _text.Length;

    public void Paragraph() => _gap = Gap.Paragraph;

    /// <summary>The next cell of a table row.</summary>
    public void Cell() => _gap = _gap < Gap.Cell ? Gap.Cell : _gap;

    /// <summary>Two in a row make a paragraph, as <c>&lt;br&gt;&lt;br&gt;</c> does to the eye.</summary>
    public void Line() => _gap = _gap >= Gap.Line ? Gap.Paragraph : Gap.Line;

    public void Append(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var end = 0;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            if (end > 0)
                AppendWord(text[..end]);
            if (end < text.Length && _gap == Gap.None)
                _gap = Gap.Space;
            while (end < text.Length && char.IsWhiteSpace(text[end]))
                end++;
            text = text[end..];
        }
    }

    /// <summary>As <see cref="Append"/>, with its line breaks kept.</summary>
    public void AppendLines(ReadOnlySpan<char> text)
    {
        var first = true;
        foreach (var line in text.EnumerateLines())
        {
            if (!first)
                Line();
            Append(line);
            first = false;
        }
    }

    private void AppendWord(ReadOnlySpan<char> word)
    {
        if (_text.Length > 0)
            _text.Append(
                _gap switch
                {
                    Gap.None => "",
                    Gap.Space => " ",
                    Gap.Cell => " | ",
                    Gap.Line => "\n",
                    _ => "\n\n",
                }
            );
        _gap = Gap.None;
        _text.Append(word);
    }

    public override string ToString() => _text.ToString();
}
