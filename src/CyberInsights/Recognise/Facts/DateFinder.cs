using CyberInsights.Text;

namespace CyberInsights.Recognise.Facts;

/// <summary>Finds when something happened, was discovered or disclosed, by the nearest word that tells which; and when statements were said.</summary>
internal sealed class DateFinder(Reading reading, DateTimeOffset? told)
{
    /// <summary>More of one text are not kept.</summary>
    internal const int MaxDates = 8;

    // Farther away a word belongs to something else.
    private const int MaxDistance = 15;
    private const int MaxToCue = 6;

    private readonly DateReader dates = new(reading, told);

    internal IEnumerable<FactDraft> Find(int endOffset)
    {
        var facts = new List<FactDraft>();
        foreach (var sentence in reading.Sentences.TakeWhile(s => reading.Tokens[s.First].Start < endOffset))
        {
            facts.AddRange(dates.Of(sentence).Select(d => Fact(sentence, d)).OfType<FactDraft>());
        }
        return facts.DistinctBy(f => (f.Role, f.Value)).Take(MaxDates);
    }

    /// <summary>The statements with the moment each was said: the day its sentence gives near the words that carry it, else the report's.</summary>
    internal IReadOnlyList<StatementDraft> Timed(IReadOnlyList<StatementDraft> statements) =>
        [
            .. statements.Select(s =>
                SaidOn(s) is { } day
                    ? s with
                    {
                        SaidAt = day.From,
                        SaidOn = reading.SpanOf(day.First, day.End),
                    }
                    : s with
                    {
                        SaidAt = told,
                    }
            ),
        ];

    private DateSpan? SaidOn(StatementDraft statement)
    {
        var (cue, cueEnd) = (reading.TokenAt(statement.Cue.Start), reading.TokenAt(statement.Cue.End - 1) + 1);
        if (statement.Cue.Length == 0 || cue >= reading.Tokens.Count)
        {
            return null;
        }
        return dates
            .Of(reading.Sentences[NameFinder.SentenceOf(reading, cue)])
            .Where(d => d.Length == DateLength.Day && d.Until == d.From.AddDays(1))
            .Where(d => statement.Quote is not { } quote || !quote.Overlaps(reading.SpanOf(d.First, d.End)))
            .Select(d => (Date: d, Distance: d.First >= cueEnd ? d.First - cueEnd : cue - d.End))
            .Where(d => d.Distance is >= 0 and <= MaxToCue && RoleOf(d.Date, cue, cueEnd))
            .OrderBy(d => d.Distance)
            .Select(d => d.Date)
            .FirstOrDefault();
    }

    // "said the attack began on Tuesday": the day is the attack's.
    private bool RoleOf(DateSpan date, int cue, int cueEnd)
    {
        var (from, to) = date.First >= cueEnd ? (cueEnd, date.First) : (date.End, cue);
        for (var i = from; i < to; i++)
        {
            if (dates.Words.At(i, DateUse.Role)?.Word.Name is "Happened" or "Discovered")
            {
                return false;
            }
        }
        return true;
    }

    private FactDraft? Fact(Sentence sentence, DateSpan date)
    {
        (DateRole Role, int Token, int Distance)? best = null;
        for (var i = sentence.First; i < sentence.End; i++)
        {
            var distance = i < date.First ? date.First - i : i - date.End + 1;
            if (
                (i < date.First || i >= date.End)
                && distance <= MaxDistance
                && (best is null || distance < best.Value.Distance)
                && dates.Words.At(i, DateUse.Role) is var (role, _)
            )
            {
                best = (Enum.Parse<DateRole>(role.Name), i, distance);
            }
        }
        return best is not var (kind, token, far)
            ? null
            : new FactDraft
            {
                Kind = FactKind.Date,
                Value = date.Value,
                Role = kind.ToString(),
                Least = date.From.ToUnixTimeMilliseconds(),
                Most = date.Until.ToUnixTimeMilliseconds(),
                Span = reading.SpanOf(date.First, date.End),
                Confidence = far <= 4 ? 0.8 : 0.6,
                Reason = date.Relative
                    ? $"a date counted from the report's, near \"{reading.Word(token)}\""
                    : $"a date near \"{reading.Word(token)}\"",
            };
    }
}
