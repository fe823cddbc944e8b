namespace CyberInsights.Extract.Pages;

internal enum MarkupToken
{
    End,
    Text,
    StartTag,
    EndTag,

    /// <summary>Comments, doctypes, processing instructions and whatever else a browser reads as a comment.</summary>
    Comment,

    /// <summary>What stands between a raw-text tag (script, style, title ...) and its end tag.</summary>
    RawText,
}

/// <summary>
/// Cuts HTML into tokens in one pass and linear time, without building a tree: what looks at markup before a tree builder does.
/// It follows the tokenisation rules of the HTML standard (section 13.2.5) closely enough to count and to cut; it never decides
/// what is safe.
/// </summary>
internal ref struct MarkupReader(ReadOnlySpan<char> markup)
{
    private readonly ReadOnlySpan<char> _markup = markup;
    private int _position;
    private bool _raw;

    /// <summary>The whole token as written.</summary>
    public ReadOnlySpan<char> Raw { get; private set; }

    /// <summary>The tag's name as written; empty unless it is a tag.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>How many attributes the start tag has.</summary>
    public int Attributes { get; private set; }

    /// <summary>Where the token's first 64 attributes end in <see cref="Raw"/>.</summary>
    public int KeptLength { get; private set; }
    public bool SelfClosing { get; private set; }

    public const int MaxAttributes = 64;

    public MarkupToken Next()
    {
        if (_raw)
        {
            _raw = false;
            return ReadRawText();
        }
        if (_position >= _markup.Length)
            return MarkupToken.End;
        var start = _position;
        var next = NextMarkup(start);
        if (next != start)
            return Take(MarkupToken.Text, start, next);
        return _markup[start + 1] switch
        {
            '!' or '?' => ReadComment(start),
            '/' => _markup.Length > start + 2 && char.IsAsciiLetter(_markup[start + 2])
                ? ReadTag(start, start + 2, MarkupToken.EndTag)
                : ReadComment(start),
            _ => ReadTag(start, start + 1, MarkupToken.StartTag),
        };
    }

    /// <summary>The next '&lt;' that opens something; a '&lt;' before anything else is text.</summary>
    private readonly int NextMarkup(int from)
    {
        while (true)
        {
            var offset = _markup[from..].IndexOf('<');
            if (offset < 0 || from + offset + 1 >= _markup.Length)
                return _markup.Length;
            var at = from + offset;
            if (_markup[at + 1] is '!' or '?' or '/' || char.IsAsciiLetter(_markup[at + 1]))
                return at;
            from = at + 1;
        }
    }

    private MarkupToken Take(MarkupToken token, int start, int end)
    {
        Raw = _markup[start..end];
        _position = end;
        Name = default;
        return token;
    }

    private MarkupToken ReadComment(int start)
    {
        var rest = _markup[start..];
        if (!rest.StartsWith("<!--"))
            return Take(MarkupToken.Comment, start, EndAfter(start, rest.IndexOf('>'), 1));
        if (rest.StartsWith("<!-->"))
            return Take(MarkupToken.Comment, start, start + 5);
        if (rest.StartsWith("<!--->"))
            return Take(MarkupToken.Comment, start, start + 6);
        var body = rest[4..];
        var end = body.IndexOf("-->");
        var bang = (end < 0 ? body : body[..end]).IndexOf("--!>");
        return bang >= 0
            ? Take(MarkupToken.Comment, start, start + 4 + bang + 4)
            : Take(MarkupToken.Comment, start, EndAfter(start + 4, end, 3));
    }

    private readonly int EndAfter(int start, int offset, int length) =>
        offset < 0 ? _markup.Length : start + offset + length;

    private MarkupToken ReadTag(int start, int nameStart, MarkupToken token)
    {
        var at = nameStart;
        while (at < _markup.Length && !IsSpace(_markup[at]) && _markup[at] is not ('/' or '>'))
            at++;
        var nameEnd = at;
        Attributes = 0;
        var kept = at;
        while (at < _markup.Length && _markup[at] != '>')
        {
            if (IsSpace(_markup[at]) || _markup[at] == '/')
            {
                at++;
                continue;
            }
            at = SkipAttribute(at);
            if (++Attributes <= MaxAttributes)
                kept = at;
        }
        SelfClosing = at < _markup.Length && at > nameEnd && _markup[at - 1] == '/';
        Take(token, start, Math.Min(at + 1, _markup.Length));
        KeptLength = kept - start;
        Name = _markup[nameStart..nameEnd];
        _raw = token == MarkupToken.StartTag && Elements.IsRawText(Name);
        return token;
    }

    private readonly int SkipAttribute(int at)
    {
        at++;
        while (at < _markup.Length && !IsSpace(_markup[at]) && _markup[at] is not ('/' or '>' or '='))
            at++;
        var equals = at;
        while (equals < _markup.Length && IsSpace(_markup[equals]))
            equals++;
        if (equals >= _markup.Length || _markup[equals] != '=')
            return at;
        at = equals + 1;
        while (at < _markup.Length && IsSpace(_markup[at]))
            at++;
        if (at >= _markup.Length || _markup[at] == '>')
            return at;
        if (_markup[at] is '"' or '\'')
        {
            var close = _markup[(at + 1)..].IndexOf(_markup[at]);
            return close < 0 ? _markup.Length : at + close + 2;
        }
        while (at < _markup.Length && !IsSpace(_markup[at]) && _markup[at] != '>')
            at++;
        return at;
    }

    private MarkupToken ReadRawText()
    {
        var start = _position;
        var name = Name;
        var from = start;
        while (!name.Equals("plaintext", StringComparison.OrdinalIgnoreCase))
        {
            var offset = _markup[from..].IndexOf("</");
            if (offset < 0)
                break;
            var at = from + offset;
            var rest = _markup[(at + 2)..];
            if (
                rest.Length > name.Length
                && rest.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                && (IsSpace(rest[name.Length]) || rest[name.Length] is '/' or '>')
            )
                return Take(MarkupToken.RawText, start, at);
            from = at + 2;
        }
        return Take(MarkupToken.RawText, start, _markup.Length);
    }

    private static bool IsSpace(char c) => c is ' ' or '\n' or '\t' or '\r' or '\f';
}
