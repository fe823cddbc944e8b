using System.Text;

namespace CyberInsights.Net;

/// <summary>Text from the other side for use in a sentence: one line, no control or direction characters, bounded.</summary>
internal static class OneLine
{
    internal static string Of(string text, int maxCharacters = 200)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxCharacters));
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var shown =
                category
                is not (
                    System.Globalization.UnicodeCategory.Control
                    or System.Globalization.UnicodeCategory.Format
                    or System.Globalization.UnicodeCategory.LineSeparator
                    or System.Globalization.UnicodeCategory.ParagraphSeparator
                    or System.Globalization.UnicodeCategory.PrivateUse
                    or System.Globalization.UnicodeCategory.OtherNotAssigned
                );
            if (line.Length + rune.Utf16SequenceLength > maxCharacters - 1)
            {
                return line.Append('…').ToString();
            }
            line.Append(shown ? rune.ToString() : " ");
        }
        return line.ToString().Trim();
    }

    internal static string Of(Uri address) => Of(address.AbsoluteUri);
}
