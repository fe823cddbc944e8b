namespace CyberInsights.Text;

/// <summary>
/// Guesses the encoding of bytes that are no UTF-8 and say nothing true of themselves, from which byte values are frequent in the
/// writing of a language. Sure or silent: it names only encodings that Latin text is never mistaken for.
/// </summary>
internal static class CharsetGuess
{
    /// <summary>How far into a document is looked, in bytes.</summary>
    private const int Reach = 64 * 1024;

    /// <summary>Fewer non-ASCII characters than these tell nothing.</summary>
    private const int Enough = 6;

    /// <summary>The registered name; null when the bytes may be Latin or anything.</summary>
    public static string? Name(ReadOnlySpan<byte> body)
    {
        var bytes = body[..Math.Min(body.Length, Reach)];
        return Thai(bytes) ?? Pairs(bytes) ?? ShiftJis(bytes) ?? Big5(bytes) ?? SingleBytes(bytes);
    }

    /// <summary>Thai has marks that stand on consonants only, and more of them than chance gives; a few values are never used.</summary>
    private static string? Thai(ReadOnlySpan<byte> bytes)
    {
        int all = 0,
            marks = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                continue;
            }

            if (bytes[i] is < 0xA1 or (> 0xDA and < 0xDF) or > 0xFB)
            {
                return null;
            }

            all++;
            if (IsThaiMark(bytes[i]))
            {
                marks++;
                if (i == 0 || !(bytes[i - 1] is >= 0xA1 and <= 0xCE || IsThaiMark(bytes[i - 1])))
                {
                    return null;
                }
            }
        }

        return all >= 2 * Enough && marks * 100 >= all * 12 ? "windows-874" : null;
    }

    private static bool IsThaiMark(byte b) => b is 0xD1 or (>= 0xD4 and <= 0xDA) or (>= 0xE7 and <= 0xED);

    /// <summary>EUC-JP, EUC-KR and GB 2312 write two bytes of A1 to FE per character; the first byte tells the kind of character.</summary>
    private static string? Pairs(ReadOnlySpan<byte> bytes)
    {
        int all = 0,
            kana = 0,
            hangul = 0,
            hanzi = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                continue;
            }

            if (bytes[i] is < 0xA1 or 0xFF || i + 1 == bytes.Length || bytes[i + 1] is < 0xA1 or 0xFF)
            {
                return null;
            }

            all++;
            kana += bytes[i] is 0xA4 or 0xA5 ? 1 : 0;
            hangul += bytes[i] is >= 0xB0 and <= 0xC8 ? 1 : 0;
            hanzi += bytes[i] is >= 0xB0 and <= 0xF7 ? 1 : 0;
            i++;
        }

        // Signs and punctuation are of row A1 to A3 in all three.
        return all < Enough ? null
            : kana * 5 > all ? "euc-jp"
            : hangul * 10 > all * 8 ? "ks_c_5601-1987"
            : hanzi * 10 > all * 7 ? "gb18030"
            : null;
    }

    private static string? ShiftJis(ReadOnlySpan<byte> bytes)
    {
        int all = 0,
            kana = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                continue;
            }

            all++;
            // A1 to DF are half-width kana of one byte, rare in prose.
            if (bytes[i] is >= 0xA1 and <= 0xDF)
            {
                continue;
            }

            if (bytes[i] is 0x80 or 0xA0 or > 0xFC || i + 1 == bytes.Length || bytes[i + 1] is < 0x40 or 0x7F or > 0xFC)
            {
                return null;
            }

            kana += bytes[i] is 0x82 or 0x83 ? 1 : 0;
            i++;
        }

        return all >= Enough && kana * 4 > all ? "shift_jis" : null;
    }

    private static string? Big5(ReadOnlySpan<byte> bytes)
    {
        int all = 0,
            frequent = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                continue;
            }

            if (
                bytes[i] is < 0xA1 or > 0xF9
                || i + 1 == bytes.Length
                || bytes[i + 1] is < 0x40 or (> 0x7E and < 0xA1) or 0xFF
            )
            {
                return null;
            }

            all++;
            frequent += bytes[i] is >= 0xA4 and <= 0xC6 ? 1 : 0;
            i++;
        }

        return all >= Enough && frequent * 10 > all * 7 ? "big5" : null;
    }

    /// <summary>Cyrillic and Hebrew: whole words of high bytes, where Latin text has them one by one.</summary>
    private static string? SingleBytes(ReadOnlySpan<byte> bytes)
    {
        int all = 0,
            beside = 0,
            upper = 0,
            lower = 0,
            end = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                continue;
            }

            all++;
            beside += (i > 0 && bytes[i - 1] >= 0x80) || (i + 1 < bytes.Length && bytes[i + 1] >= 0x80) ? 1 : 0;
            upper += bytes[i] is >= 0xC0 and < 0xE0 ? 1 : 0;
            lower += bytes[i] is >= 0xE0 and < 0xFB ? 1 : 0;
            end += bytes[i] >= 0xFB ? 1 : 0;
        }

        if (all < Enough || beside * 10 < all * 8)
        {
            return null;
        }

        var letters = upper + lower + end;
        return letters * 10 < all * 8 ? null
            : upper > (lower + end) * 2 ? "koi8-r"
            : upper + end == 0 ? "windows-1255"
            : "windows-1251";
    }
}
