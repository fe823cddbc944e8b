namespace CyberInsights.Extract.Feeds;

/// <summary>
/// Reads markup that no XML reader takes: text before the first tag, bare ampersands, HTML entities, unknown prefixes, unclosed and
/// wrongly nested tags, unquoted attributes, a document that breaks off. Never fails on markup; linear in its length.
/// </summary>
internal sealed class LenientMarkup(string text, IReadOnlyDictionary<string, string> entities, Uri? address)
{
    private readonly FeedTree tree = new(address);
    private readonly Dictionary<FeedElement, Dictionary<string, string>> scopes = [];
    private readonly MarkupReferences references = new(entities);
    private readonly HashSet<string> missing = [];
    private int at;
    private bool done;

    public string RootNamespace => tree.RootNamespace;

    /// <summary>Only entities of the document type made this reader necessary.</summary>
    public bool Clean { get; private set; } = true;

    public bool Truncated { get; private set; }

    /// <summary>The item in which the document breaks off.</summary>
    public FeedElement? Broken { get; private set; }

    /// <summary>The root element; null when there is none.</summary>
    public FeedElement? Read()
    {
        at = text.IndexOf('<', StringComparison.Ordinal);
        while (at >= 0 && at < text.Length && !done)
        {
            if (text[at] == '<')
            {
                Markup();
            }
            else
            {
                var end = text.IndexOf('<', at);
                end = end < 0 ? text.Length : end;
                Text(text.AsSpan(at, end - at));
                at = end;
            }
        }

        Truncated = tree.Open is not null;
        for (var open = tree.Open; open is not null; open = open.Parent)
        {
            Broken = open.Name is "item" or "entry" or "url" or "sitemap" ? open : Broken;
        }

        Clean &= !Truncated;
        return tree.Root;
    }

    private void Markup()
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("<![CDATA[", StringComparison.Ordinal))
        {
            var end = IndexOf("]]>", at + 9);
            tree.Text(text[(at + 9)..(end < 0 ? text.Length : end)]);
            at = end < 0 ? text.Length : end + 3;
        }
        else if (rest.StartsWith("<!--", StringComparison.Ordinal))
        {
            var end = IndexOf("-->", at + 4);
            Clean &= end >= 0 && !text.AsSpan(at + 4, end - at - 4).Contains("--", StringComparison.Ordinal);
            at = end < 0 ? NextTag(at + 4) : end + 3;
        }
        else if (rest.StartsWith("<?", StringComparison.Ordinal) || rest.StartsWith("<!", StringComparison.Ordinal))
        {
            at = rest[1] == '?' ? After("?>", at) : AfterDeclaration();
        }
        else if (rest.Length > 2 && rest[1] == '/' && IsNameStart(rest[2]))
        {
            EndTag();
        }
        else if (rest.Length > 1 && IsNameStart(rest[1]))
        {
            StartTag();
        }
        else
        {
            Clean = false;
            tree.Text("<");
            at++;
        }
    }

    private void StartTag()
    {
        var name = Name(at + 1);
        var position = at + 1 + name.Length;
        List<FeedAttribute> attributes = [];
        var closed = Attributes(ref position, attributes);
        at = position;
        CloseForgotten(name);
        var element = tree.Start(SpaceOf(name, attributes, out var scope), LocalOf(name), name);
        element.Set(attributes);
        if (scope is not null)
        {
            scopes[element] = scope;
        }

        if (closed || (!name.Contains(':', StringComparison.Ordinal) && HtmlVoid.Contains(name)))
        {
            Clean &= closed;
            Close();
        }
    }

    private bool Attributes(ref int position, List<FeedAttribute> attributes)
    {
        while (position < text.Length)
        {
            var c = text[position];
            if (c is '>' or '<')
            {
                Clean &= c == '>';
                position += c == '>' ? 1 : 0;
                return false;
            }

            if (c == '/' && position + 1 < text.Length && text[position + 1] == '>')
            {
                position += 2;
                return true;
            }

            if (IsNameStart(c))
            {
                Attribute(ref position, attributes);
            }
            else
            {
                Clean &= char.IsWhiteSpace(c);
                position++;
            }
        }

        return false;
    }

    private void Attribute(ref int position, List<FeedAttribute> attributes)
    {
        var name = Name(position);
        position = SkipSpaces(position + name.Length);
        var value = "";
        if (position < text.Length && text[position] == '=')
        {
            position = SkipSpaces(position + 1);
            value = Value(ref position).ToString();
        }
        else
        {
            Clean = false;
        }

        if (attributes.Count < FeedLimits.Attributes)
        {
            var colon = name.IndexOf(':', StringComparison.Ordinal);
            var space = colon < 0 ? "" : FeedSpaces.OfPrefix(name[..colon]);
            attributes.Add(new(space, name[(colon + 1)..], name, Decode(value)));
        }
    }

    private ReadOnlySpan<char> Value(ref int position)
    {
        if (
            position < text.Length
            && text[position] is '"' or '\''
            && IndexOf(text[position] == '"' ? "\"" : "'", position + 1) is >= 0 and var close
        )
        {
            var quoted = text.AsSpan(position + 1, close - position - 1);
            position = close + 1;
            return quoted;
        }

        Clean = false;
        var start = position;
        while (position < text.Length && text[position] is not ('>' or '<') && !char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return text.AsSpan(start, position - start).TrimEnd('/');
    }

    private void EndTag()
    {
        var name = Name(at + 2);
        at = After(">", at);
        var open = tree.Open;
        while (open is not null && !open.Written.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            open = open.Parent;
        }

        // An end tag without a start is passed over; one further out closes everything inside.
        Clean &= open is not null && ReferenceEquals(open, tree.Open);
        while (open is not null && tree.Open is not null)
        {
            var last = ReferenceEquals(open, tree.Open);
            Close();
            if (last)
            {
                break;
            }
        }
    }

    /// <summary>A new item inside an open one means that the end of the first was forgotten.</summary>
    private void CloseForgotten(string name)
    {
        if (name is not ("item" or "entry"))
        {
            return;
        }

        for (var open = tree.Open; open is not null; open = open.Parent)
        {
            if (open.Written == name)
            {
                Clean = false;
                while (!ReferenceEquals(tree.Open, open.Parent))
                {
                    Close();
                }

                return;
            }
        }
    }

    private void Close()
    {
        if (tree.Open is { } open)
        {
            scopes.Remove(open);
        }

        tree.End();
        done = tree.Open is null;
    }

    private void Text(ReadOnlySpan<char> run)
    {
        if (tree.Open is not null && run.Length > 0)
        {
            tree.Text(Decode(run));
        }
    }

    /// <summary>Namespace of an element: declared on it or around it, else what its prefix usually means.</summary>
    private string SpaceOf(string name, List<FeedAttribute> attributes, out Dictionary<string, string>? scope)
    {
        scope = null;
        foreach (var attribute in attributes)
        {
            if (attribute.Written == "xmlns" || attribute.Space == "prefix:xmlns")
            {
                (scope ??= [])[attribute.Written == "xmlns" ? "" : attribute.Name] = attribute.Value;
            }
        }

        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var prefix = colon < 0 ? "" : name[..colon];
        if (scope is not null && scope.TryGetValue(prefix, out var declared))
        {
            return declared;
        }

        for (var open = tree.Open; open is not null; open = open.Parent)
        {
            if (scopes.TryGetValue(open, out var outer) && outer.TryGetValue(prefix, out declared))
            {
                return declared;
            }
        }

        Clean &= prefix.Length == 0;
        return prefix.Length == 0 ? "" : FeedSpaces.OfPrefix(prefix);
    }

    private string Decode(ReadOnlySpan<char> run)
    {
        var decoded = references.Decode(run);
        Clean &= references.Clean;
        return decoded;
    }

    private string Name(int start)
    {
        var end = start;
        while (
            end < text.Length
            && !char.IsWhiteSpace(text[end])
            && text[end] is not ('/' or '>' or '<' or '=' or '"' or '\'')
        )
        {
            end++;
        }

        return text[start..end];
    }

    private int AfterDeclaration()
    {
        var close = IndexOf(">", at);
        var subset = close < 0 ? -1 : text.AsSpan(at, close - at).IndexOf('[');
        var end = subset < 0 ? -1 : IndexOf("]>", at + subset);
        Clean &= close >= 0 && (subset < 0 || end >= 0);
        return end >= 0 ? end + 2
            : close >= 0 && subset < 0 ? close + 1
            : NextTag(at + 2);
    }

    private int After(string what, int start)
    {
        var end = IndexOf(what, start);
        Clean &= end >= 0;
        return end < 0 ? text.Length : end + what.Length;
    }

    private int NextTag(int start) =>
        text.IndexOf('<', Math.Min(start, text.Length)) is >= 0 and var next ? next : text.Length;

    /// <summary>What was once not found is not looked for again: a document of openings without ends would take quadratic time.</summary>
    private int IndexOf(string what, int start)
    {
        if (start > text.Length || missing.Contains(what))
        {
            return -1;
        }

        var found = text.IndexOf(what, start, StringComparison.Ordinal);
        if (found < 0)
        {
            missing.Add(what);
        }

        return found;
    }

    private int SkipSpaces(int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    private static string LocalOf(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';
}
