using System.Globalization;

namespace CyberInsights.Recognise.Facts;

/// <summary>Finds what kind of thing a text tells of, by weighted words of its headline and beginning.</summary>
internal static class HappeningFinder
{
    /// <summary>A text tells of at most this many kinds.</summary>
    internal const int MaxKinds = 3;

    // A word of the headline counts like three of the text; what a text is about stands at its beginning.
    private const double TitleFactor = 3;
    private const int Beginning = 700;
    private const double LeastScore = 3;
    private const double LeastShareOfFirst = 0.45;
    private const double NextWord = 0.75;

    private static readonly PhraseTable<Sense> Table = new(
        from line in ListFile.Read("happenings.tsv", 3)
        from word in ListFile.Words(line[2])
        select (
            word,
            new Sense(
                line[0] == "-" ? null : Enum.Parse<Happening>(line[0]),
                double.Parse(line[1], CultureInfo.InvariantCulture),
                word.TrimEnd('*')
            )
        )
    );

    internal static IEnumerable<FactDraft> Find(Reading reading)
    {
        var scores = Points(reading)
            .GroupBy(p => (p.Sense.Kind, p.Sense.Word))
            .Select(g => g.MaxBy(p => p.Weight)!)
            .GroupBy(p => p.Sense.Kind)
            .Select(g => (Kind: g.Key, Score: Score(g.Select(p => p.Weight)), Best: g.MaxBy(p => p.Weight)!))
            .OrderByDescending(s => s.Score)
            .ThenBy(s => s.Kind)
            .ToList();
        var first = scores.FirstOrDefault();
        return first.Kind is null
            ? []
            : scores
                .Where(s => s.Kind is not null && s.Score >= LeastScore && s.Score >= first.Score * LeastShareOfFirst)
                .Take(MaxKinds)
                .Select(s => Fact(s.Kind!.Value, s.Score, s.Best));
    }

    // A second word of a kind says less than the first: a text about flaws has ten words for them.
    private static double Score(IEnumerable<double> weights) =>
        weights.OrderDescending().Select((weight, place) => weight * Math.Pow(NextWord, place)).Sum();

    private static IEnumerable<Point> Points(Reading reading)
    {
        var end = reading.TitleEnd + Beginning;
        for (var i = 0; i < reading.Tokens.Count && reading.Tokens[i].Start < end; )
        {
            var (senses, length) = Table.At(reading.Tokens, i);
            var factor = reading.Tokens[i].Start < reading.TitleEnd ? TitleFactor : 1;
            foreach (var sense in senses)
            {
                yield return new Point(sense, sense.Weight * factor, reading.SpanOf(i, i + length));
            }
            i += length;
        }
    }

    // The more words speak for a kind, the surer: 0.5 for the least score, 0.9 from four times as much on.
    private static FactDraft Fact(Happening kind, double score, Point best) =>
        new()
        {
            Kind = FactKind.Happening,
            Value = kind.ToString(),
            Span = best.Span,
            Confidence = Math.Round(Math.Min(0.9, 0.5 + 0.4 * (score - LeastScore) / (3 * LeastScore)), 2),
            Reason = $"the word \"{best.Sense.Word}\" and others of its kind",
        };

    private sealed record Sense(Happening? Kind, double Weight, string Word);

    private sealed record Point(Sense Sense, double Weight, Span Span);
}
