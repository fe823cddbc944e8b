using System.Globalization;

namespace CyberInsights.Extract.Feeds;

/// <summary>Character references by number, as HTML reads them (HTML Living Standard, section 13.2.5.80).</summary>
internal static class NumericReference
{
    // 128 to 159 are meant as windows-1252.
    private const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>The character for <c>39</c> or <c>x27</c>; empty for one that no document may hold; null when it is no number.</summary>
    public static string? Read(ReadOnlySpan<char> number)
    {
        var hex = number.Length > 1 && number[0] is 'x' or 'X';
        var digits = hex ? number[1..] : number;
        if (
            digits.Length is 0 or > 8
            || !uint.TryParse(
                digits,
                hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var code
            )
        )
        {
            return null;
        }

        return code switch
        {
            < 32 and not (9 or 10 or 13) => "",
            >= 0xD800 and <= 0xDFFF or 0xFFFE or 0xFFFF or > 0x10FFFF => "",
            >= 128 and <= 159 => Windows1252[(int)code - 128].ToString(),
            _ => char.ConvertFromUtf32((int)code),
        };
    }
}
