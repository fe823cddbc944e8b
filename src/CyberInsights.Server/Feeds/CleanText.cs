using System.Text;
using System.Xml;

namespace CyberInsights.Server.Feeds;

/// <summary>Text that XML 1.0 and JSON can hold: no control characters, no half surrogate pairs.</summary>
internal static class CleanText
{
    internal static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text, i++, 2);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i]);
            }
        }
        return clean.ToString();
    }
}
