using System.Collections.Frozen;

namespace CyberInsights.Text;

/// <summary>Time zones as they stand in dates: offsets, and names with their usual meaning.</summary>
internal static class Zones
{
    // RFC 822 section 5.1, and abbreviations seen in feeds. IST is India's, CST and EST are America's: their most frequent meaning.
    private static readonly FrozenDictionary<string, double> Hours = new Dictionary<string, double>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["Z"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["WET"] = 0,
        ["ETC/GMT"] = 0,
        ["ETC/UTC"] = 0,
        ["BST"] = 1,
        ["CET"] = 1,
        ["MET"] = 1,
        ["MEZ"] = 1,
        ["WEST"] = 1,
        ["WAT"] = 1,
        ["CEST"] = 2,
        ["MEST"] = 2,
        ["MESZ"] = 2,
        ["EET"] = 2,
        ["SAST"] = 2,
        ["CAT"] = 2,
        ["EEST"] = 3,
        ["MSK"] = 3,
        ["EAT"] = 3,
        ["TRT"] = 3,
        ["MSD"] = 4,
        ["GST"] = 4,
        ["IRST"] = 3.5,
        ["PKT"] = 5,
        ["IST"] = 5.5,
        ["WIB"] = 7,
        ["ICT"] = 7,
        ["SGT"] = 8,
        ["HKT"] = 8,
        ["PHT"] = 8,
        ["AWST"] = 8,
        ["MYT"] = 8,
        ["JST"] = 9,
        ["KST"] = 9,
        ["ACST"] = 9.5,
        ["ACDT"] = 10.5,
        ["AEST"] = 10,
        ["AEDT"] = 11,
        ["NZST"] = 12,
        ["NZDT"] = 13,
        ["BRT"] = -3,
        ["ART"] = -3,
        ["NST"] = -3.5,
        ["NDT"] = -2.5,
        ["AST"] = -4,
        ["ADT"] = -3,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["ET"] = -5,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["CT"] = -6,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["MT"] = -7,
        ["PST"] = -8,
        ["PDT"] = -7,
        ["PT"] = -8,
        ["AKST"] = -9,
        ["AKDT"] = -8,
        ["HST"] = -10,
        ["HDT"] = -9,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The offset of a name (<c>EST</c>), a number (<c>+0530</c>, <c>-5</c>) or both (<c>GMT+1</c>); null for one that no place on earth has.</summary>
    public static TimeSpan? Read(string text)
    {
        var sign = text.AsSpan().IndexOfAny('+', '-', '−');
        if (sign < 0)
        {
            return Find(text);
        }

        var digits = text[(sign + 1)..].Replace(":", "", StringComparison.Ordinal);
        var (hours, minutes) = digits.Length switch
        {
            1 or 2 => (Dates.Int(digits), 0),
            3 => (Dates.Int(digits.AsSpan(0, 1)), Dates.Int(digits.AsSpan(1))),
            4 => (Dates.Int(digits.AsSpan(0, 2)), Dates.Int(digits.AsSpan(2))),
            _ => (-1, -1),
        };
        if (hours is < 0 or > 14 || minutes is < 0 or > 59)
        {
            return null;
        }

        var offset = new TimeSpan(hours, minutes, 0);
        return text[sign] == '+' ? offset : -offset;
    }

    public static bool IsName(string word) => Hours.ContainsKey(word);

    /// <summary>RFC 5322 section 4.3: single letters and unknown names count as UTC.</summary>
    private static TimeSpan Find(string name) =>
        Hours.TryGetValue(name.Trim(), out var hours) ? TimeSpan.FromHours(hours) : TimeSpan.Zero;
}
