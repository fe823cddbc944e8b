using System.Globalization;
using CyberInsights.Text;

namespace CyberInsights.Recognise.Facts;

/// <summary>Finds numbers with what they count, money with its currency and purpose, and data with its size.</summary>
internal sealed class NumberFinder
{
    /// <summary>More of one text are not kept.</summary>
    internal const int MaxNumbers = 12;

    // "13 US oil and natural gas (ONG) pipeline companies"
    private const int MaxToNoun = 9;
    private const int LeastInstalls = 100;

    private readonly Reading reading;
    private readonly FoundIndex found;
    private readonly Quantities words;
    private readonly Amounts amounts;

    internal NumberFinder(Reading reading, FoundIndex found)
    {
        (this.reading, this.found) = (reading, found);
        words = new Quantities(reading);
        amounts = new Amounts(reading, words);
    }

    internal IEnumerable<FactDraft> Find(int endOffset)
    {
        var facts = new List<FactDraft>();
        foreach (var sentence in reading.Sentences)
        {
            if (reading.Tokens[sentence.First].Start >= endOffset)
            {
                break;
            }
            for (var i = sentence.First; i < sentence.End; )
            {
                var next = i + 1;
                if (amounts.At(i) is { } amount)
                {
                    var (last, scaled, end) = Range(amount);
                    next = end;
                    if (Counting(sentence, scaled, last, end) is { } fact)
                    {
                        facts.Add(fact);
                    }
                }
                i = next;
            }
        }
        return facts.DistinctBy(f => (f.Value, Sort(f))).Take(MaxNumbers);

        // One sum of money is one, whatever it is said to be for.
        static string Sort(FactDraft fact) => fact.Unit ?? fact.Role!;
    }

    // "50-60 million", "$50–$60 million": the first takes the scale of the second.
    private (Amount? Last, Amount First, int End) Range(Amount amount)
    {
        var at = amount.End;
        var joins =
            reading.IsMark(at, '-')
            || reading.IsMark(at, '–')
            || reading.IsMark(at, '—')
            || reading.Word(at) is "to" or "bis" or "až" or "az" or "до";
        if (!joins)
        {
            return (null, amount, at);
        }
        at += words.SignAt(at + 1) is not null ? 2 : 1;
        if (
            at >= reading.Tokens.Count
            || amounts.At(at, afterHyphen: true) is not { } last
            || last.Value <= amount.Value
        )
        {
            return (null, amount, amount.End);
        }
        var first = amount.Scale < last.Scale ? amount with { Value = amount.Value * last.Scale } : amount;
        return first.Value < last.Value ? (last, first, last.End) : (null, amount, amount.End);
    }

    private FactDraft? Counting(Sentence sentence, Amount amount, Amount? last, int end)
    {
        if (words.SignAt(amount.First - 1) is { } sign && !IsCoinWord(amount.First - 1))
        {
            return Money(sentence, amount with { First = amount.First - 1 }, last, end, sign);
        }
        if (words.SignAt(end) is { } currency)
        {
            return Money(sentence, amount, last, end + 1, currency);
        }
        if (amount.Bytes)
        {
            return Fact(amount, last, 1, end, Counted.Data, "B", 0.9, "a number with a size of data");
        }
        if (words.At(end, QuantityUse.Bytes) is var (size, length))
        {
            return Fact(amount, last, size.Value, end + length, Counted.Data, "B", 0.9, "a number with a size of data");
        }
        if (
            amount.Value < 2
            || IsYear(amount)
            || IsModel(sentence, amount)
            || NounAfter(sentence, end) is not var (counted, noun)
            || (counted == Counted.Installs && amount.Value < LeastInstalls)
        )
        {
            return null;
        }
        var reason = $"a number before \"{reading.Word(noun - 1)}\"";
        return Fact(amount, last, 1, noun, counted, null, noun - end <= 2 ? 0.9 : 0.75, reason);
    }

    // "GBP 20" is a sum, "bitcoin 20" none.
    private bool IsCoinWord(int token) =>
        reading.Tokens[token].Kind == TokenKind.Word && reading.Tokens[token].Length != 3;

    private FactDraft Money(Sentence sentence, Amount amount, Amount? last, int end, string currency)
    {
        var (purpose, word) = PurposeOf(sentence, amount.First, end);
        var reason = word is null ? "a number with a currency" : $"a number with a currency, and \"{word}\" near it";
        return Fact(amount, last, 1, end, purpose, currency, 0.9, reason);
    }

    private (Counted Purpose, string? Word) PurposeOf(Sentence sentence, int first, int end)
    {
        (Counted Purpose, string Word, int Distance)? best = null;
        var ransom = false;
        for (var i = sentence.First; i < sentence.End; i++)
        {
            ransom |= words.At(i, QuantityUse.Ransom) is not null;
            var distance = i < first ? first - i : i - end;
            if (
                words.At(i, QuantityUse.Purpose) is var (purpose, _)
                && (best is null || distance < best.Value.Distance)
                && Enum.TryParse<Counted>(purpose.Name, out var counted)
            )
            {
                best = (counted, reading.Word(i), distance);
            }
        }
        return best is not { } found ? (Counted.Money, null)
            : found.Purpose is Counted.RansomAsked or Counted.RansomPaid && !ransom ? (Counted.Money, null)
            : (found.Purpose, found.Word);
    }

    // The last noun of the group counts: "600,000 credit card records".
    private (Counted What, int End)? NounAfter(Sentence sentence, int end)
    {
        (Counted, int)? noun = null;
        var at = reading.Word(end) is "of" or "de" or "von" ? end + 1 : end;
        var stop = Math.Min(sentence.End, at + MaxToNoun);
        while (at < stop)
        {
            if (words.At(at, QuantityUse.Counted) is var (word, length))
            {
                noun = (Enum.Parse<Counted>(word.Name), at + length);
                at += length;
                continue;
            }
            if (noun is not null || Ends(at))
            {
                break;
            }
            at++;
        }
        return noun;
    }

    private bool Ends(int token) =>
        words.At(token, QuantityUse.Stop) is not null
        || (
            reading.Tokens[token].Kind == TokenKind.Mark
            && reading.Whole[reading.Tokens[token].Start] is not ('-' or '(' or ')' or '/' or '"' or '“' or '”')
        )
        || (reading.Tokens[token].Kind == TokenKind.Number && !reading.IsMark(token + 1, '-'));

    // "in 2021 companies ..."
    private bool IsYear(Amount amount) =>
        amount is { Value: >= 1900 and <= 2100, Scale: 1 } && reading.Tokens[amount.First].Length == 4;

    // "Windows 10 devices", "SMA 100 devices": the number belongs to the name before it.
    private bool IsModel(Sentence sentence, Amount amount) =>
        amount.Value < 1000
        && amount.First > sentence.First
        && reading.Tokens[amount.First].Kind == TokenKind.Number
        && reading.IsCapital(amount.First - 1)
        && (
            found.Over(amount.First - 1)?.Entity.Kind is EntityKind.Product or EntityKind.Malware or EntityKind.Tool
            || (amount.First - 1 > sentence.First && !reading.TitleCase[NameFinder.SentenceOf(reading, amount.First)])
        );

    private FactDraft Fact(
        Amount amount,
        Amount? last,
        double factor,
        int end,
        Counted counted,
        string? unit,
        double confidence,
        string reason
    )
    {
        var bound = words.Before(amount.First);
        var (least, most) = (amount.Value * factor, (last ?? amount).Value * factor);
        var open = last is null && (amount.Open || bound?.Use == QuantityUse.Above);
        return new FactDraft
        {
            Kind = FactKind.Number,
            Value = last is null ? Text(least) : $"{Text(least)}/{Text(most)}",
            Role = counted.ToString(),
            Unit = unit,
            Least = bound?.Use == QuantityUse.Below ? null : least,
            Most = open ? null : most,
            Approximate = bound?.Use == QuantityUse.About,
            Span = reading.SpanOf(bound?.First ?? amount.First, end),
            Confidence = confidence,
            Reason = reason,
        };
    }

    private static string Text(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
