using System.Buffers;
using System.Globalization;
using CyberInsights.Text;

namespace CyberInsights.Recognise.Facts;

/// <summary>A number as a text writes it.</summary>
/// <param name="First">Its first token, an article included: "half a million".</param>
/// <param name="Open">"thousands", "20+": at least this.</param>
/// <param name="Scale">The factor of the word after it ("million"), 1 without.</param>
/// <param name="Bytes">Whether its digits carry a size of data: "20GB".</param>
internal readonly record struct Amount(int First, int End, double Value, bool Open, double Scale, bool Bytes = false);

/// <summary>Reads numbers in digits and words: "1.3 million", "2,5 Mio.", "20m", "half a million", "hundreds of thousands".</summary>
internal sealed class Amounts(Reading reading, Quantities words)
{
    private const double Largest = 1e15;

    private static readonly SearchValues<char> DigitsAndMarks = SearchValues.Create("0123456789.,");

    /// <summary>The number that begins at a token; null when there is none, or the digits are part of something else (a date, an id, a share).</summary>
    /// <param name="afterHyphen">Whether it may be the end of a range: "50-60".</param>
    internal Amount? At(int token, bool afterHyphen = false)
    {
        if ((Digits(token) ?? Worded(token)) is not { } start)
        {
            return null;
        }
        var amount = Scaled(start);
        return amount.Value is > 0 and <= Largest && !IsPartOfMore(amount, afterHyphen) ? WithPlus(amount) : null;
    }

    private Amount? Digits(int token)
    {
        var tokens = reading.Tokens;
        if (token >= tokens.Count || !char.IsAsciiDigit(reading.Whole[tokens[token].Start]))
        {
            return null;
        }
        var text = reading.Whole.AsSpan(tokens[token].Start, tokens[token].Length);
        var digits = text.IndexOfAnyExcept(DigitsAndMarks);
        if (digits >= 0)
        {
            var (factor, bytes) = FactorOf(text[digits..].ToString().ToLowerInvariant());
            return factor > 0 && Parse(text[..digits].ToString()) is { } written
                ? new Amount(token, token + 1, written * factor, false, factor, bytes)
                : null;
        }
        var (number, end) = (text.ToString(), token + 1);
        // "500 000" is one number where a space parts the thousands.
        while (reading.Language != "en" && number.Length <= 12 && IsGroup(end))
        {
            number += tokens[end++].Folded;
        }
        return Parse(number) is { } value ? new Amount(token, end, value, false, 1) : null;
    }

    private bool IsGroup(int token) =>
        token < reading.Tokens.Count
        && reading.Tokens[token] is { Kind: TokenKind.Number, Length: 3 } group
        && group.Start == reading.Tokens[token - 1].End + 1
        && char.IsAsciiDigit(reading.Whole[group.Start]);

    // English parts thousands with commas, most others with dots; nobody gives three decimals of what they count.
    private double? Parse(string number)
    {
        var grouped = number.Split('.', ',');
        var separators = number.Where(c => c is '.' or ',').Distinct().ToArray();
        var thousands =
            grouped.Length > 1 && grouped[0].Length is > 0 and <= 3 && grouped.Skip(1).All(g => g.Length == 3);
        return separators.Length switch
        {
            0 => Plain(number),
            1 when thousands && (reading.Language != "en" || separators[0] == ',') => Plain(string.Concat(grouped)),
            1 when grouped.Length == 2 && (reading.Language != "en" || separators[0] == '.') => Plain(
                string.Join('.', grouped)
            ),
            2 when number.LastIndexOf(separators[0]) < number.IndexOf(separators[1], StringComparison.Ordinal) => Plain(
                $"{string.Concat(grouped[..^1])}.{grouped[^1]}"
            ),
            _ => null,
        };
    }

    private static double? Plain(string digits) =>
        double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    // "2.74M", "6K", "20GB"
    private static (double Factor, bool Bytes) FactorOf(string suffix) =>
        suffix switch
        {
            "k" => (1e3, false),
            "m" or "mn" or "mm" => (1e6, false),
            "b" or "bn" => (1e9, false),
            "tn" => (1e12, false),
            "mb" => (1e6, true),
            "gb" => (1e9, true),
            "tb" => (1e12, true),
            "pb" => (1e15, true),
            _ => (0, false),
        };

    private Amount? Worded(int token)
    {
        if (words.At(token, QuantityUse.Number) is var (number, length))
        {
            return new Amount(token, token + length, number.Value, false, 1);
        }
        if (words.At(token, QuantityUse.Many) is var (many, manyLength))
        {
            return new Amount(token, token + manyLength, many.Value, true, 1);
        }
        // "a million", "half a million", "a dozen": the article is part of the number.
        if (
            words.At(token, QuantityUse.Scale) is var (scale, scaleLength)
            && scale.Word.Length > 1
            && IsArticle(token - 1)
        )
        {
            var half = reading.Word(token - 2) is "half" or "halbe" or "halben";
            var value = half || reading.Word(token - 1) == "half" ? scale.Value / 2 : scale.Value;
            return new Amount(token - (half ? 2 : 1), token + scaleLength, value, false, scale.Value);
        }
        return null;
    }

    private bool IsArticle(int token) =>
        reading.Word(token) is "a" or "an" or "one" or "eine" or "ein" or "einer" or "un" or "une" or "half";

    private Amount Scaled(Amount amount)
    {
        while (true)
        {
            var at = amount.End;
            at += amount.Open && reading.Word(at) is "of" or "de" or "von" ? 1 : 0;
            at +=
                amount.End == at && reading.IsMark(at, '-') && words.At(at + 1, QuantityUse.Scale) is not null ? 1 : 0;
            // "hundreds of thousands": both words stand for many, the second for its scale.
            if (at > amount.End && words.At(at, QuantityUse.Many) is var (many, manyLength))
            {
                var factor = many.Value / 2;
                amount = amount with
                {
                    Value = amount.Value * factor,
                    Open = true,
                    Scale = factor,
                    End = at + manyLength,
                };
            }
            else if (words.At(at, QuantityUse.Scale) is var (scale, length) && scale.Word.Length > 1)
            {
                var end = at + length;
                end += reading.IsMark(end, '.') && (IsShort(scale.Word) || !IsSentenceEnd(end)) ? 1 : 0;
                amount = amount with
                {
                    Value = amount.Value * scale.Value,
                    Scale = amount.Scale * scale.Value,
                    End = end,
                };
            }
            else
            {
                return amount;
            }
        }
    }

    // Their dot is no end of a sentence, whatever the sentence splitter says of it.
    private static bool IsShort(string scale) => scale is "mio" or "mrd" or "tsd" or "mln" or "тыс" or "млн" or "млрд";

    private bool IsSentenceEnd(int token) => reading.Sentences[NameFinder.SentenceOf(reading, token)].End == token + 1;

    private Amount WithPlus(Amount amount) =>
        reading.IsMark(amount.End, '+') ? amount with { Open = true, End = amount.End + 1 } : amount;

    // "CVE-2026-1", "36-year-old", "12:30", "57%"
    private bool IsPartOfMore(Amount amount, bool afterHyphen)
    {
        var (start, stop) = (reading.Tokens[amount.First].Start, reading.Tokens[amount.End - 1].End);
        var before = start > 0 ? reading.Whole[start - 1] : ' ';
        var after = stop < reading.Whole.Length ? reading.Whole[stop] : ' ';
        var goesOn = stop + 1 < reading.Whole.Length && char.IsLetterOrDigit(reading.Whole[stop + 1]);
        return (before == '-' && !afterHyphen)
            || before is '.' or ',' or '/' or ':' or '_' or '#' or '@'
            || (after is '-' && goesOn && !char.IsAsciiDigit(reading.Whole[stop + 1]))
            || (after is '/' or ':' && goesOn)
            || after == '%'
            || words.At(amount.End, QuantityUse.Share) is not null;
    }
}
