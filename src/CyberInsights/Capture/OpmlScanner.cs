using System.Net;

namespace CyberInsights.Capture;

/// <summary>A tag of a document: its name in lower case, its attributes under their names in lower case, and the line it begins on.</summary>
internal sealed record OpmlTag(
    string Name,
    bool Opens,
    bool Closes,
    IReadOnlyDictionary<string, string> Attributes,
    int Line
);

/// <summary>
/// The tags of an OPML file, one after another. OPML keeps everything in attributes, so a scanner suffices, and what stops a
/// parser of XML (a bare ampersand, HTML entities, a wrong prefix) does not stop it. Nothing is expanded or fetched.
/// </summary>
internal sealed class OpmlScanner(string text)
{
    private const int MaxAttributes = 64;

    private int at;
    private int line = 1;
    private int counted;

    /// <summary>The line on which the file breaks off within a tag; null when it does not.</summary>
    internal int? BrokenAt { get; private set; }

    /// <summary>Whether a document type declares entities, which no list of feeds needs.</summary>
    internal bool DeclaresEntities { get; private set; }

    /// <summary>The next tag; null at the end.</summary>
    internal OpmlTag? Next()
    {
        while ((at = text.IndexOf('<', at)) >= 0)
        {
            var start = at;
            var rest = text.AsSpan(at);
            if (rest.StartsWith("<!--"))
            {
                PassOver("-->");
            }
            else if (rest.StartsWith("<![CDATA["))
            {
                PassOver("]]>");
            }
            else if (rest.StartsWith("<?"))
            {
                PassOver("?>");
            }
            else if (rest.StartsWith("<!"))
            {
                PassOverDocumentType();
            }
            else if (rest.Length > 1 && (rest[1] == '/' || IsNameStart(rest[1])))
            {
                return ReadTag(start);
            }
            else
            {
                at++;
            }
            if (at < 0)
            {
                break;
            }
        }
        at = text.Length;
        return null;
    }

    private void PassOver(string end)
    {
        var found = text.IndexOf(end, at + 2, StringComparison.Ordinal);
        at = found < 0 ? Broken(at) : found + end.Length;
    }

    private void PassOverDocumentType()
    {
        var end = text.IndexOf('>', at);
        var subset = text.IndexOf('[', at);
        if (subset >= 0 && subset < end)
        {
            var close = text.IndexOf(']', subset);
            end = close < 0 ? -1 : text.IndexOf('>', close);
            var declared = text.AsSpan(subset, (close < 0 ? text.Length : close) - subset);
            DeclaresEntities |= declared.Contains("<!ENTITY", StringComparison.OrdinalIgnoreCase);
        }
        at = end < 0 ? Broken(at) : end + 1;
    }

    private OpmlTag? ReadTag(int start)
    {
        var closes = text[start + 1] == '/';
        at = start + (closes ? 2 : 1);
        var name = ReadName();
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            SkipSpace();
            if (at >= text.Length)
            {
                Broken(start);
                return null;
            }
            if (text[at] == '>')
            {
                at++;
                return new OpmlTag(name, Opens: !closes, closes, attributes, LineOf(start));
            }
            if (text[at] == '/' && at + 1 < text.Length && text[at + 1] == '>')
            {
                at += 2;
                return new OpmlTag(name, Opens: true, Closes: true, attributes, LineOf(start));
            }
            if (!ReadAttribute(attributes))
            {
                Broken(start);
                return null;
            }
        }
    }

    // False when the file ends within it.
    private bool ReadAttribute(Dictionary<string, string> attributes)
    {
        var name = ReadName();
        if (name.Length == 0)
        {
            // A stray character between attributes.
            at++;
            return true;
        }
        SkipSpace();
        var value = "";
        if (at < text.Length && text[at] == '=')
        {
            at++;
            SkipSpace();
            if (ReadValue() is not { } read)
            {
                return false;
            }
            value = read;
        }
        if (attributes.Count < MaxAttributes)
        {
            attributes.TryAdd(name, WebUtility.HtmlDecode(value));
        }
        return true;
    }

    private string? ReadValue()
    {
        if (at >= text.Length)
        {
            return null;
        }
        var start = at;
        if (text[at] is '"' or '\'')
        {
            var end = text.IndexOf(text[at], at + 1);
            at = end < 0 ? text.Length : end + 1;
            return end < 0 ? null : text[(start + 1)..end];
        }
        while (at < text.Length && text[at] is not '>' && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }
        return text[start..at];
    }

    private string ReadName()
    {
        var start = at;
        while (
            at < text.Length
            && text[at] is not ('=' or '>' or '/' or '<' or '"' or '\'')
            && !char.IsWhiteSpace(text[at])
        )
        {
            at++;
        }
        return text[start..at].ToLowerInvariant();
    }

    private void SkipSpace()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }

    private int Broken(int start)
    {
        BrokenAt = LineOf(start);
        at = text.Length;
        return text.Length;
    }

    private int LineOf(int position)
    {
        line += text.AsSpan(counted, position - counted).Count('\n');
        counted = position;
        return line;
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';
}
