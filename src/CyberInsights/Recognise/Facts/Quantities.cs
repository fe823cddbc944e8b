using System.Globalization;
using CyberInsights.Text;

namespace CyberInsights.Recognise.Facts;

/// <summary>What a word of <c>Lists/quantities.tsv</c> is for.</summary>
internal enum QuantityUse
{
    Number,
    Scale,
    Many,
    Above,
    Below,
    About,
    Currency,
    Bytes,
    Counted,
    Purpose,
    Ransom,
    Share,
    Stop,
}

/// <summary>One meaning of a word about numbers.</summary>
/// <param name="Name">What is counted, the currency or the purpose; empty for others.</param>
/// <param name="Value">The number, factor or least number; 0 for others.</param>
/// <param name="Language">The only language in which it counts; null: in all.</param>
internal sealed record QuantityWord(QuantityUse Use, string Name, double Value, string? Language, string Word);

/// <summary>The words about numbers, as they stand in a reading.</summary>
internal sealed class Quantities(Reading reading)
{
    private const int LongestBound = 4;

    private static readonly PhraseTable<QuantityWord> Table = new(
        from line in ListFile.Read("quantities.tsv", 3)
        from word in ListFile.Words(line[2])
        let tagged = word.Length > 3 && word[2] == ':'
        let plain = tagged ? word[3..] : word
        select (
            plain,
            new QuantityWord(
                Enum.Parse<QuantityUse>(line[0], ignoreCase: true),
                line[1],
                double.TryParse(line[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0,
                tagged ? word[..2] : null,
                plain.TrimEnd('*')
            )
        )
    );

    private static readonly Dictionary<char, string> Signs = new()
    {
        ['$'] = "USD",
        ['€'] = "EUR",
        ['£'] = "GBP",
        ['¥'] = "JPY",
        ['₹'] = "INR",
        ['₽'] = "RUB",
    };

    /// <summary>The meaning of one use at a token and how many tokens it takes; null when it has none.</summary>
    internal (QuantityWord Word, int Length)? At(int token, QuantityUse use)
    {
        if (token < 0 || token >= reading.Tokens.Count)
        {
            return null;
        }
        var (senses, length) = Table.At(reading.Tokens, token);
        foreach (var sense in senses)
        {
            if (sense.Use == use && (sense.Language ?? reading.Language) == reading.Language)
            {
                return (sense, length);
            }
        }
        return null;
    }

    /// <summary>Whether the words just before a token bound the number there, and where they begin.</summary>
    internal (QuantityUse Use, int First)? Before(int token)
    {
        ReadOnlySpan<QuantityUse> bounds = [QuantityUse.Above, QuantityUse.Below, QuantityUse.About];
        for (var back = LongestBound; back > 0; back--)
        {
            foreach (var bound in bounds)
            {
                if (At(token - back, bound) is var (_, length) && length == back)
                {
                    return (bound, token - back);
                }
            }
        }
        return null;
    }

    /// <summary>The currency of a sign or code at a token.</summary>
    internal string? SignAt(int token)
    {
        if (token < 0 || token >= reading.Tokens.Count)
        {
            return null;
        }
        var first = reading.Whole[reading.Tokens[token].Start];
        return reading.Tokens[token].Kind == TokenKind.Mark
            ? Signs.GetValueOrDefault(first)
            : At(token, QuantityUse.Currency)?.Word.Name;
    }
}
