namespace CyberInsights.Text;

/// <summary>Words between quotation marks: <paramref name="Start"/> is the unit after the opening mark, <paramref name="End"/> the closing mark.</summary>
/// <param name="Depth">0 for a quotation in running text, 1 for one within it ...</param>
/// <param name="Continued">Whether the quotation goes on in the next one: a new paragraph opens again without the last having closed.</param>
public readonly record struct Quotation(int Start, int End, int Depth, bool Continued)
{
    public int Length => End - Start;
}

/// <summary>
/// Finds what stands between quotation marks: “ ” „ “ » « « » ‹ › ‚ ‘ ’ ' " 「 」 『 』. An apostrophe is none, an opening mark without
/// a closing one in its paragraph gives nothing, unless the next paragraph opens with the same mark. Pure and linear.
/// </summary>
public static class Quotes
{
    // Deeper nesting than any writer uses; what hostile text opens beyond it is left out.
    private const int MaxDepth = 16;

    // Between two paragraphs; more white space than this separates for good.
    private const int MaxGap = 16;

    /// <returns>In order of their start.</returns>
    public static IReadOnlyList<Quotation> Of(string text)
    {
        var found = new List<Quotation>();
        var open = new List<Opening>();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
            {
                EndParagraph(text, i, open, found);
            }
            else if (IsMark(c))
            {
                Take(text, i, open, found);
            }
        }
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        return found;
    }

    private static void Take(string text, int at, List<Opening> open, List<Quotation> found)
    {
        var c = text[at];
        var closing = open.FindLastIndex(o => Closes(o.Mark, c) && (!IsSingle(c) || MayClose(text, at)));
        // A mark that stands before a word after a space opens, even where it could close („ and “, "straight" marks).
        if (closing >= 0 && (IsPair(open[closing].Mark, c) || !MayOpen(text, at) || MayClose(text, at)))
        {
            var opening = open[closing];
            open.RemoveRange(closing, open.Count - closing);
            if (at > opening.At + 1)
            {
                found.Add(new Quotation(opening.At + 1, at, closing, false));
            }
        }
        else if (IsOpener(c) && MayOpen(text, at) && open.Count < MaxDepth)
        {
            open.Add(new Opening(c, at));
        }
    }

    // A quotation over several paragraphs opens in each and closes in the last (Chicago Manual of Style, 13.32).
    private static void EndParagraph(string text, int lineEnd, List<Opening> open, List<Quotation> found)
    {
        if (open.Count == 0)
        {
            return;
        }
        var next = lineEnd;
        while (next < text.Length && next < lineEnd + MaxGap && char.IsWhiteSpace(text[next]))
        {
            next++;
        }
        var outer = open[0];
        if (next < text.Length && text[next] == outer.Mark && !IsSingle(outer.Mark) && lineEnd > outer.At + 1)
        {
            found.Add(new Quotation(outer.At + 1, lineEnd, 0, true));
            open.Clear();
        }
        // Broken within a sentence: the quotation may still close after the break.
        else if (next >= text.Length || !char.IsLower(text[next]) || EndsSentence(text, lineEnd))
        {
            open.Clear();
        }
    }

    private static bool EndsSentence(string text, int end)
    {
        for (var steps = 0; steps < MaxGap && end > 0 && char.IsWhiteSpace(text[end - 1]); steps++)
        {
            end--;
        }
        return end > 0 && text[end - 1] is '.' or '!' or '?';
    }

    private static bool IsMark(char c) =>
        c is '"' or '\''
        || (
            c >= '\u00AB'
            && c
                is '«'
                    or '»'
                    or '“'
                    or '”'
                    or '„'
                    or '‟'
                    or '‘'
                    or '’'
                    or '‚'
                    or '‹'
                    or '›'
                    or '「'
                    or '」'
                    or '『'
                    or '』'
        );

    private static bool IsOpener(char c) =>
        c is '"' or '\'' or '“' or '”' or '„' or '‟' or '‘' or '’' or '‚' or '«' or '»' or '‹' or '›' or '「' or '『';

    private static bool IsSingle(char c) => c is '\'' or '‘' or '’' or '‚';

    private static bool Closes(char opening, char c) =>
        opening switch
        {
            '"' => c == '"',
            '\'' => c is '\'' or '’',
            '“' or '‟' => c is '”' or '"',
            '”' => c == '”',
            '„' => c is '“' or '”' or '"',
            '‘' => c is '’' or '\'',
            '’' => c == '’',
            '‚' => c is '‘' or '’',
            '«' => c == '»',
            '»' => c is '«' or '»',
            '‹' => c == '›',
            '›' => c == '‹',
            '「' => c == '」',
            '『' => c == '』',
            _ => false,
        };

    // Marks that cannot open again while open: Chinese sets no space after them, French one before.
    private static bool IsPair(char opening, char c) => (opening, c) is ('“', '”') or ('«', '»');

    private static bool MayOpen(string text, int at) =>
        text[at] is '「' or '『' or '„' or '‚'
        // French sets spaces within its marks.
        || (text[at] == '«' && (at == 0 || char.IsWhiteSpace(text[at - 1])))
        || (
            at + 1 < text.Length
            && !char.IsWhiteSpace(text[at + 1])
            && (at == 0 || !char.IsLetterOrDigit(text[at - 1]) || text[at] is '“' or '«')
        );

    private static bool MayClose(string text, int at) =>
        text[at] is '」' or '』'
        || (
            at > 0 && !char.IsWhiteSpace(text[at - 1]) && (at + 1 >= text.Length || !char.IsLetterOrDigit(text[at + 1]))
        );

    private readonly record struct Opening(char Mark, int At);
}
