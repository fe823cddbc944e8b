using CyberInsights.Text;

namespace CyberInsights.Recognise.Attributing;

/// <summary>
/// Brings quotations and attributions together: a content never ends within a quotation, a quotation beside a verb of saying is said, and
/// one that nobody else says goes on with what was said before.
/// </summary>
internal sealed class Quoted
{
    // A word or two between marks is irony or a title.
    private const int LeastWords = 3;

    // Between a quotation and who says it: a comma, "also", "of the plan".
    private const int MaxBetween = 4;

    private readonly Reading reading;
    private readonly List<Quotation> quotations;

    internal Quoted(Reading reading)
    {
        this.reading = reading;
        quotations = [.. reading.Quotations.Where(q => q.Depth == 0 && Words(q) >= LeastWords)];
    }

    /// <summary>Whether a span lies within one quotation.</summary>
    internal bool IsInside(Span span) => Overlapping(span).Any(q => Of(q).Contains(span));

    /// <summary>The quotation that ends right before an offset.</summary>
    internal Quotation? EndingBefore(int offset)
    {
        var at = FirstEndingAfter(offset) - 1;
        return at >= 0 && Between(quotations[at].End + 1, offset) == 0 ? quotations[at] : null;
    }

    /// <param name="tellings">In the order of their cues; those without content get that of a quotation or are left out.</param>
    internal IReadOnlyList<Telling> Complete(List<Telling> tellings)
    {
        for (var i = 0; i < tellings.Count; i++)
        {
            tellings[i] = tellings[i] with { Content = Widened(tellings[i]) };
        }
        var outside = Enumerable
            .Range(0, tellings.Count)
            .Where(i => !IsInside(tellings[i].CueSpan))
            .ToLookup(i => tellings[i].Sentence.Number);
        int? last = null;
        foreach (var quotation in quotations)
        {
            if (Owner(tellings, outside, Of(quotation), last) is var (owner, span))
            {
                if (!tellings[owner].Content.Any(c => c.Overlaps(span)))
                {
                    tellings[owner] = tellings[owner] with
                    {
                        Content = [.. tellings[owner].Content.Append(span).OrderBy(c => c.Start)],
                    };
                }
                last = owner;
            }
        }
        return [.. tellings.Where(t => t.Content.Count > 0)];
    }

    // Who says a quotation, and with how much around it: whose content it is in, who stands beside it, or who spoke before it.
    private (int, Span)? Owner(List<Telling> tellings, ILookup<int, int> outside, Span quotation, int? last)
    {
        var (first, end) = (SentenceAt(quotation.Start), SentenceAt(quotation.End - 1));
        var near = Enumerable.Range(first, end - first + 2).SelectMany(s => outside[s]).ToList();
        var owner = near.FindLastIndex(i => tellings[i].Content.Any(c => c.Overlaps(quotation)));
        if (owner >= 0)
        {
            return (near[owner], quotation);
        }
        if (Beside(tellings, near, quotation) is { } beside)
        {
            return (beside, quotation);
        }
        // "Berg left it open: “…”"
        var token = reading.TokenAt(quotation.Start) - 1;
        if (
            reading.IsMark(token, ':')
            && near.FindLastIndex(i => tellings[i].Says && tellings[i].CueSpan.End <= quotation.Start)
                is >= 0
                    and var said
        )
        {
            return (near[said], quotation);
        }
        return
            last is { } before
            && Filled(quotation) is { } filled
            && Follows(tellings[before], quotation)
            && !near.Any(i => filled.Contains(tellings[i].CueSpan) && tellings[i].Content.Count > 0)
            ? (before, filled)
            : null;
    }

    private int SentenceAt(int offset) => NameFinder.SentenceOf(reading, reading.TokenAt(offset));

    private List<Span> Widened(Telling telling)
    {
        var widened = new List<Span>();
        foreach (var piece in telling.Content)
        {
            var (start, end) = (piece.Start, piece.End);
            foreach (var quotation in Overlapping(piece))
            {
                var whole = Of(quotation);
                if (!whole.Overlaps(telling.CueSpan) && !whole.Overlaps(telling.SourceSpan))
                {
                    (start, end) = (Math.Min(start, whole.Start), Math.Max(end, whole.End));
                }
            }
            widened.Add(Span.Between(start, end));
        }
        return widened;
    }

    // “…,” X said. X said: “…”
    private int? Beside(List<Telling> tellings, List<int> outside, Span quotation)
    {
        int? best = null;
        var least = MaxBetween + 1;
        foreach (var i in outside.Where(i => tellings[i].Says))
        {
            var group = Span.Between(
                Math.Min(tellings[i].CueSpan.Start, tellings[i].SourceSpan.Start),
                Math.Max(tellings[i].CueSpan.End, tellings[i].SourceSpan.End)
            );
            // A quotation that ends with a full stop ends its sentence.
            var between =
                group.End <= quotation.Start ? Between(group.End, quotation.Start)
                : reading.Whole[Math.Max(0, quotation.End - 2)] == '.' ? int.MaxValue
                : Between(quotation.End, group.Start);
            if (between < least)
            {
                (best, least) = (i, between);
            }
        }
        return best;
    }

    private int Between(int from, int to)
    {
        if (from > to)
        {
            return int.MaxValue;
        }
        var words = 0;
        for (
            var t = reading.TokenAt(from);
            t < reading.Tokens.Count && reading.Tokens[t].Start < to && words <= MaxBetween;
            t++
        )
        {
            if (reading.Tokens[t].Kind != TokenKind.Mark)
            {
                words++;
            }
            else if (reading.IsMark(t, '.') || reading.IsMark(t, ';'))
            {
                return int.MaxValue;
            }
        }
        return words;
    }

    // The sentences that begin with a quotation; null where something stands before it.
    private Span? Filled(Span quotation)
    {
        var first = reading.Sentences[SentenceAt(quotation.Start)];
        var last = reading.Sentences[SentenceAt(quotation.End - 1)];
        return reading.Tokens[first.First].Start >= quotation.Start
            ? Span.Between(quotation.Start, Math.Max(quotation.End, reading.Tokens[last.End - 1].End))
            : null;
    }

    private bool Follows(Telling telling, Span quotation)
    {
        var told = Math.Max(
            telling.Content.Count == 0 ? 0 : telling.Content[^1].End,
            Math.Max(telling.CueSpan.End, telling.SourceSpan.End)
        );
        var (from, to) = (SentenceAt(told - 1), SentenceAt(quotation.Start));
        return to == from + 1;
    }

    private int Words(Quotation quotation)
    {
        var words = 0;
        for (
            var t = reading.TokenAt(quotation.Start);
            t < reading.Tokens.Count && reading.Tokens[t].End <= quotation.End && words < LeastWords;
            t++
        )
        {
            words += reading.Tokens[t].Kind == TokenKind.Mark ? 0 : 1;
        }
        return words;
    }

    private Span Of(Quotation quotation) =>
        Span.Between(quotation.Start - 1, Math.Min(quotation.End + 1, reading.Whole.Length));

    private IEnumerable<Quotation> Overlapping(Span piece)
    {
        for (var at = FirstEndingAfter(piece.Start); at < quotations.Count && quotations[at].Start < piece.End; at++)
        {
            yield return quotations[at];
        }
    }

    private int FirstEndingAfter(int offset)
    {
        var (low, high) = (0, quotations.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = quotations[middle].End > offset ? (low, middle) : (middle + 1, high);
        }
        return low;
    }
}
