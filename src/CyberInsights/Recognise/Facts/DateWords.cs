using System.Globalization;

namespace CyberInsights.Recognise.Facts;

/// <summary>What a word of <c>Lists/dates.tsv</c> is for.</summary>
internal enum DateUse
{
    Month,
    Weekday,
    Relative,
    Unit,
    Ago,
    Lead,
    Ahead,
    Name,
    Role,
}

/// <summary>One meaning of a word about dates.</summary>
/// <param name="Name">The second field of its line.</param>
internal sealed record DateWord(DateUse Use, string Name)
{
    internal int Number => int.Parse(Name, CultureInfo.InvariantCulture);
}

/// <summary>How long a date is.</summary>
internal enum DateLength
{
    Day,
    Week,
    Month,
    Year,
}

/// <summary>The words about dates, as they stand in a reading.</summary>
internal sealed class DateWords(Reading reading)
{
    private static readonly PhraseTable<DateWord> Table = new(
        from line in ListFile.Read("dates.tsv", 3)
        from word in ListFile.Words(line[2])
        select (word, new DateWord(Enum.Parse<DateUse>(line[0], ignoreCase: true), line[1]))
    );

    /// <summary>The meaning of one use at a token and how many tokens it takes; null when it has none.</summary>
    internal (DateWord Word, int Length)? At(int token, DateUse use)
    {
        if (token < 0 || token >= reading.Tokens.Count)
        {
            return null;
        }
        var (senses, length) = Table.At(reading.Tokens, token);
        foreach (var sense in senses)
        {
            if (sense.Use == use)
            {
                return (sense, length);
            }
        }
        return null;
    }

    /// <summary>The month at a token, in English with its capital ("may" and "march" are verbs); 0 when there is none.</summary>
    internal int MonthAt(int token) =>
        At(token, DateUse.Month) is var (month, _) && (reading.Language != "en" || reading.IsCapital(token))
            ? month.Number
            : 0;
}
