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

    /// <param name="tellings">In the order of their cues; those without content get that of a quotation or are left out.</param>
    internal IReadOnlyList<Telling> Complete(List<Telling> tellings)
    {
        for (var i = 0; i < tellings.Count; i++)
        {
            tellings[i] = tellings[i] with { Content = Widened(tellings[i]) };
        }
        var outside = Enumerable.Range(0, tellings.Count).Where(i => !IsInside(tellings[i].CueSpan)).ToList();
        int? last = null;
        foreach (var quotation in quotations)
        {
            var span = Of(quotation);
            var owner = outside.FindLastIndex(i => tellings[i].Content.Any(c => c.Overlaps(span)));
            var at = owner >= 0 ? outside[owner] : Beside(tellings, outside, span) ?? -1;
            if (
                at < 0
                && Filled(span) is { } filled
                && last is { } before
                && Follows(tellings[before], span)
                && !outside.Any(i => filled.Contains(tellings[i].CueSpan) && tellings[i].Content.Count > 0)
            )
            {
                (at, span) = (before, filled);
            }
            if (at < 0)
            {
                continue;
            }
            if (owner < 0)
            {
                tellings[at] = tellings[at] with
                {
                    Content = [.. tellings[at].Content.Append(span).OrderBy(c => c.Start)],
                };
            }
            last = at;
        }
        return [.. tellings.Where(t => t.Content.Count > 0)];
    }

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
            var between =
                group.End <= quotation.Start
                    ? Between(group.End, quotation.Start)
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
        var first = reading.Sentences[NameFinder.SentenceOf(reading, reading.TokenAt(quotation.Start))];
        var last = reading.Sentences[NameFinder.SentenceOf(reading, reading.TokenAt(quotation.End - 1))];
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
        var (from, to) = (
            NameFinder.SentenceOf(reading, reading.TokenAt(told - 1)),
            NameFinder.SentenceOf(reading, reading.TokenAt(quotation.Start))
        );
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

    private IEnumerable<Quotation> Overlapping(Span piece) =>
        quotations.Where(q => q.Start < piece.End && piece.Start < q.End);
}
