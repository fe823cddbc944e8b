using System.Runtime.InteropServices;

namespace CyberInsights.Extract.Pages;

/// <summary>
/// The parser's stack of open elements and its list of formatting left open (HTML standard 13.2.4.2 and 13.2.4.3), as far as
/// depth needs them. Where the standard is intricate this errs towards deeper. Names are compared by a hash that is different in
/// every process, so nobody can prepare a collision.
/// </summary>
internal sealed class OpenElements
{
    private readonly record struct Element(int Name, int Tag, ElementKind Kind);

    private static readonly int Table = Hash("table");
    private static readonly int Anchor = Hash("a");

    // What a start tag closes, and what that closing does not cross.
    private static readonly Dictionary<int, (int[] Closes, int[] Stops)> Implied = new()
    {
        [Hash("li")] = Rule("li", ""),
        [Hash("dd")] = Rule("dd dt", ""),
        [Hash("dt")] = Rule("dd dt", ""),
        [Hash("tr")] = Rule("tr", "table"),
        [Hash("td")] = Rule("td th", "tr table"),
        [Hash("th")] = Rule("td th", "tr table"),
        [Hash("tbody")] = Rule("tbody thead tfoot", "table"),
        [Hash("thead")] = Rule("tbody thead tfoot", "table"),
        [Hash("tfoot")] = Rule("tbody thead tfoot", "table"),
    };

    private static readonly int[] Paragraph = [Hash("p")];
    private static readonly int[] ParagraphStops = Hashes("table td th caption");
    private static readonly int[] ListItems = Hashes("li dd dt");
    private static readonly int[] ListPassed = Hashes("address div p");
    private static readonly int[] TableParts = Hashes("tr td th tbody thead tfoot caption colgroup");

    private readonly List<Element> _stack = [];
    private readonly Dictionary<(int Name, int Tag), int> _left = [];
    private int _tables;

    /// <summary>Formatting that the next block opens again.</summary>
    public int LeftOpen { get; private set; }

    public int Depth => _stack.Count + LeftOpen;

    public void Start(ReadOnlySpan<char> name, ReadOnlySpan<char> tag)
    {
        var hash = Hash(name);
        if (Elements.IsVoid(name) || Elements.IsDocumentPart(name) || (_tables == 0 && TableParts.Contains(hash)))
            return;
        var kind = Elements.KindOf(name);
        CloseImplied(hash, kind);
        if (hash == Table)
            _tables++;
        _stack.Add(new Element(hash, string.GetHashCode(tag), kind));
    }

    public void End(ReadOnlySpan<char> name)
    {
        var hash = Hash(name);
        var kind = Elements.KindOf(name);
        var tablePart = hash == Table || TableParts.Contains(hash);
        for (var i = _stack.Count - 1; i >= 0; i--)
        {
            var element = _stack[i];
            if (element.Name == hash)
            {
                Close(i);
                return;
            }
            if (tablePart ? element.Name == Table : element.Kind == ElementKind.Scope)
                break;
            if (kind == ElementKind.Ordinary && element.Kind == ElementKind.Block)
                break;
        }
        if (kind == ElementKind.Formatting)
            Forget(hash);
    }

    private void Close(int index)
    {
        // The adoption agency, and the form pointer: blocks opened inside stay open when these end.
        if (_stack[index].Kind is ElementKind.Formatting or ElementKind.Form && AnyBlockAbove(index))
            _stack.RemoveAt(index);
        else
            PopTo(index);
    }

    private bool AnyBlockAbove(int index)
    {
        for (var i = index + 1; i < _stack.Count; i++)
            if (_stack[i].Kind is not (ElementKind.Formatting or ElementKind.Ordinary))
                return true;
        return false;
    }

    private void PopTo(int index)
    {
        for (var i = _stack.Count - 1; i >= index; i--)
        {
            if (_stack[i].Name == Table)
                _tables--;
            if (i > index && _stack[i].Kind == ElementKind.Formatting)
                Leave((_stack[i].Name, _stack[i].Tag));
        }
        _stack.RemoveRange(index, _stack.Count - index);
    }

    // The "Noah's Ark clause" (13.2.4.3): at most three of the same tag stay in the list.
    private void Leave((int Name, int Tag) tag)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_left, tag, out _);
        if (count >= 3)
            return;
        count++;
        LeftOpen++;
    }

    private void Forget(int name)
    {
        foreach (var (tag, count) in _left)
        {
            if (tag.Name != name)
                continue;
            LeftOpen--;
            if (count == 1)
                _left.Remove(tag);
            else
                _left[tag] = count - 1;
            return;
        }
    }

    private void CloseImplied(int name, ElementKind kind)
    {
        if (Implied.TryGetValue(name, out var rule))
            CloseNearest(rule.Closes, rule.Stops, ListItems.Contains(name));
        else if (kind is ElementKind.Block or ElementKind.Form || name == Table)
            CloseNearest(Paragraph, ParagraphStops, false);
        else if (name == Anchor)
            End("a");
        if (ListItems.Contains(name))
            CloseNearest(Paragraph, ParagraphStops, false);
    }

    private void CloseNearest(int[] closes, int[] stops, bool stopAtBlocks)
    {
        for (var i = _stack.Count - 1; i >= 0; i--)
        {
            var element = _stack[i];
            if (closes.Contains(element.Name))
            {
                PopTo(i);
                return;
            }
            if (stops.Contains(element.Name))
                return;
            if (stopAtBlocks && element.Kind is not (ElementKind.Formatting or ElementKind.Ordinary))
                if (!ListPassed.Contains(element.Name))
                    return;
        }
    }

    private static (int[], int[]) Rule(string closes, string stops) => (Hashes(closes), Hashes(stops));

    private static int[] Hashes(string names) =>
        [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => Hash(n))];

    private static int Hash(ReadOnlySpan<char> name) => string.GetHashCode(name, StringComparison.OrdinalIgnoreCase);
}
