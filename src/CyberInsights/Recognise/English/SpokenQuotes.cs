using CyberInsights.Recognise.Attributing;
using CyberInsights.Text;

namespace CyberInsights.Recognise.English;

/// <summary>The quotations of a text and which of them a verb says.</summary>
internal sealed class SpokenQuotes
{
    // A word alone between marks is irony or a title, not what somebody said.
    private const int LeastWords = 2;

    private readonly Reading reading;
    private readonly List<Span> quotations = [];
    private readonly bool[] inside;

    internal SpokenQuotes(Reading reading)
    {
        this.reading = reading;
        inside = new bool[reading.Tokens.Count];
        foreach (var quotation in reading.Quotations.Where(q => q.Depth == 0))
        {
            var words = 0;
            for (
                var t = reading.TokenAt(quotation.Start);
                t < reading.Tokens.Count && reading.Tokens[t].End <= quotation.End;
                t++
            )
            {
                inside[t] = true;
                words += reading.Tokens[t].Kind == TokenKind.Mark ? 0 : 1;
            }
            if (words >= LeastWords)
            {
                quotations.Add(Trimmed(quotation));
            }
        }
    }

    internal bool IsInside(int token) => inside[token];

    /// <summary>The words between the marks, in order: those of the content, or of the clause where the verb has no content.</summary>
    internal IEnumerable<Span> Of(ParsedSentence sentence, Telling? telling, int verb)
    {
        var (start, end) = sentence.Tree.Span(verb);
        IReadOnlyList<Span> pieces = telling?.Content ?? [Span.Between(start, end)];
        return pieces.SelectMany(Overlapping).Distinct();
    }

    private IEnumerable<Span> Overlapping(Span piece)
    {
        var (low, high) = (0, quotations.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = quotations[middle].End > piece.Start ? (low, middle) : (middle + 1, high);
        }
        for (; low < quotations.Count && quotations[low].Start < piece.End; low++)
        {
            yield return quotations[low];
        }
    }

    // American typesetting puts the reporter's comma within the marks; it is none of the speaker's.
    private Span Trimmed(Quotation quotation)
    {
        var end = quotation.End;
        while (end > quotation.Start && (reading.Whole[end - 1] == ',' || char.IsWhiteSpace(reading.Whole[end - 1])))
        {
            end--;
        }
        var start = quotation.Start;
        while (start < end && char.IsWhiteSpace(reading.Whole[start]))
        {
            start++;
        }
        return Span.Between(start, end);
    }
}
