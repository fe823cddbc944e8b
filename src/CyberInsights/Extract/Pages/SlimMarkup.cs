using System.Text;

namespace CyberInsights.Extract.Pages;

/// <summary>
/// What a tree builder gets to see of foreign markup: no scripts, styles, comments, foreign content, form controls or floods of
/// attributes, cut out in one pass in linear time; and what the tree would come to. AngleSharp is quadratic in nesting (20,000 open
/// tags: 4 s) and cannot be stopped, and raw text inside SVG is where parsers disagree, so nothing reaches it that did not pass here.
/// </summary>
internal sealed class SlimMarkup
{
    /// <summary>UTF-16 units of slim markup; the rest is cut off.</summary>
    public const int MaxLength = 1 << 20;
    public const int MaxTags = 50_000;
    public const int MaxDepth = 256;

    /// <summary>
    /// Elements the parser would add by itself, because formatting left open is opened again in every later block: a few KB of
    /// markup could ask for millions.
    /// </summary>
    public const int MaxReopened = 20_000;

    private readonly StringBuilder _html;
    private readonly OpenElements _open = new();
    private readonly HashSet<string> _neverClosed = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _page;
    private int _tags;
    private int _reopened;

    private SlimMarkup(int length, bool page)
    {
        _html = new StringBuilder(Math.Min(length, MaxLength));
        _page = page;
    }

    public string Html => _html.ToString();

    /// <summary>Deepest nesting foretold.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether a tree of it would be too dear; <see cref="Html"/> is incomplete then.</summary>
    public bool TooDeep => Depth > MaxDepth || _reopened > MaxReopened;

    /// <summary>Whether it was cut at <see cref="MaxLength"/> or <see cref="MaxTags"/>.</summary>
    public bool Cut { get; private set; }

    /// <summary>Of a fragment: document parts are left out too.</summary>
    public static SlimMarkup OfFragment(ReadOnlySpan<char> markup) => new SlimMarkup(markup.Length, false).Read(markup);

    /// <summary>Of a whole page: its head with titles and JSON-LD stays.</summary>
    public static SlimMarkup OfPage(ReadOnlySpan<char> markup) => new SlimMarkup(markup.Length, true).Read(markup);

    private SlimMarkup Read(ReadOnlySpan<char> markup)
    {
        var reader = new MarkupReader(markup);
        while (!TooDeep && reader.Next() is var token and not MarkupToken.End)
        {
            if (_html.Length + reader.Raw.Length > MaxLength && token != MarkupToken.Comment || _tags >= MaxTags)
            {
                Cut = true;
                break;
            }
            if (token == MarkupToken.Text)
                _html.Append(reader.Raw);
            else if (token == MarkupToken.StartTag)
                Start(ref reader);
            else if (token == MarkupToken.EndTag)
                End(reader.Name);
        }
        return this;
    }

    private void Start(ref MarkupReader reader)
    {
        var name = reader.Name;
        var raw = reader.Raw;
        if (raw[^1] != '>')
            return;
        if (Elements.IsRawText(name))
        {
            RawText(ref reader, name, raw);
            return;
        }
        if (Elements.IsDropped(name) && !(_page && Elements.IsHeadPart(name)))
        {
            Skip(ref reader, name);
            return;
        }
        if (Elements.IsTransparent(name) || (!_page && Elements.IsDocumentPart(name)))
            return;
        _open.Start(name, raw);
        if (reader.Attributes > MarkupReader.MaxAttributes)
            _html.Append(raw[..reader.KeptLength]).Append('>');
        else
            _html.Append(raw);
        Count();
    }

    private void End(ReadOnlySpan<char> name)
    {
        if (Elements.IsDropped(name) && !_page || Elements.IsTransparent(name) || Elements.IsRawText(name))
            return;
        if (!_page && Elements.IsDocumentPart(name))
            return;
        _open.End(name);
        _html.Append("</").Append(name).Append('>');
        Count();
    }

    private void Count()
    {
        _tags++;
        _reopened += _open.LeftOpen;
        Depth = Math.Max(Depth, _open.Depth);
    }

    private void RawText(ref MarkupReader reader, ReadOnlySpan<char> name, ReadOnlySpan<char> tag)
    {
        if (reader.Next() != MarkupToken.RawText)
            return;
        var text = reader.Raw;
        var start = _html.Length;
        if (
            _page
            && (
                Is(name, "title") || (Is(name, "script") && tag.Contains("ld+json", StringComparison.OrdinalIgnoreCase))
            )
        )
            _html.Append(tag).Append(text).Append("</").Append(name).Append('>');
        else if (Is(name, "textarea") || Is(name, "xmp") || Is(name, "plaintext"))
            _html.Append("<pre>").Append(text).Replace("<", "&lt;", start + 5, text.Length).Append("</pre>");
    }

    /// <summary>Leaves out an element with all that is in it; one that is never closed loses only its tag.</summary>
    private void Skip(ref MarkupReader reader, ReadOnlySpan<char> name)
    {
        if (Elements.IsVoid(name) || _neverClosed.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
            return;
        var ahead = reader;
        for (var depth = 1; depth > 0; )
        {
            var token = ahead.Next();
            if (token == MarkupToken.End)
            {
                _neverClosed.Add(name.ToString());
                return;
            }
            if (token == MarkupToken.StartTag && ahead.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                depth += ahead.SelfClosing ? 0 : 1;
            else if (token == MarkupToken.EndTag && ahead.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                depth--;
        }
        reader = ahead;
    }

    private static bool Is(ReadOnlySpan<char> name, string other) =>
        name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
