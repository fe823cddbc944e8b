using System.Collections.Frozen;
using System.Text;

namespace CyberInsights.Text;

/// <summary>
/// The encodings a document may name: those of the WHATWG Encoding Standard (section 4.2) and UTF-32. UTF-7, EBCDIC and other
/// encodings in which the bytes of <c>&lt;</c> may mean something else are not among them: they hide markup from filters.
/// </summary>
internal static class Charsets
{
    private static readonly FrozenDictionary<string, string> Names = Build();

    static Charsets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding for a label such as <c>x-sjis</c>; null for an unknown or refused one. Invalid bytes become U+FFFD.</summary>
    public static Encoding? Find(string? label)
    {
        var name = NameOf(label);
        return name is null
            ? null
            : Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));
    }

    /// <summary>The registered name behind a label; null for an unknown or refused one.</summary>
    public static string? NameOf(string? label) =>
        label is not null && Names.TryGetValue(label.Trim().ToLowerInvariant(), out var name) ? name : null;

    private static FrozenDictionary<string, string> Build()
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        Add(names, "utf-8", "utf8 unicode-1-1-utf-8 u8 utf_8 utf8mb4");
        Add(names, "utf-16", "utf16 utf_16 u16 unicode ucs-2 csunicode iso-10646-ucs-2 utf-16le unicodefeff");
        Add(names, "utf-16be", "unicodefffe");
        Add(names, "utf-32", "utf32 utf-32le ucs-4 utf_32 u32");
        Add(names, "utf-32be", "");
        // Section 4.2: Latin-1 and ASCII labels mean windows-1252, which holds every character of both.
        Add(
            names,
            "windows-1252",
            "ascii us-ascii iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 cp1252 cp819 x-cp1252 ansi_x3.4-1968"
        );
        Add(names, "windows-1250", "cp1250 x-cp1250");
        Add(names, "windows-1251", "cp1251 x-cp1251 win-1251");
        Add(names, "windows-1253", "cp1253 x-cp1253");
        Add(names, "windows-1254", "cp1254 x-cp1254 iso-8859-9 iso8859-9 iso_8859-9 latin5 l5");
        Add(names, "windows-1255", "cp1255 x-cp1255");
        Add(names, "windows-1256", "cp1256 x-cp1256");
        Add(names, "windows-1257", "cp1257 x-cp1257");
        Add(names, "windows-1258", "cp1258 x-cp1258");
        Add(names, "windows-874", "tis-620 dos-874 iso-8859-11 iso8859-11 iso_8859-11");
        Add(names, "iso-8859-2", "iso8859-2 iso_8859-2 latin2 l2");
        Add(names, "iso-8859-3", "iso8859-3 iso_8859-3 latin3 l3");
        Add(names, "iso-8859-4", "iso8859-4 iso_8859-4 latin4 l4");
        Add(names, "iso-8859-5", "iso8859-5 iso_8859-5 cyrillic");
        Add(names, "iso-8859-6", "iso8859-6 iso_8859-6 arabic ecma-114");
        Add(names, "iso-8859-7", "iso8859-7 iso_8859-7 greek ecma-118");
        Add(names, "iso-8859-8", "iso8859-8 iso_8859-8 hebrew iso-8859-8-i logical");
        Add(names, "iso-8859-13", "iso8859-13 iso_8859-13");
        Add(names, "iso-8859-15", "iso8859-15 iso_8859-15 latin9 l9");
        Add(names, "koi8-r", "koi koi8 koi8_r");
        Add(names, "koi8-u", "koi8-ru");
        Add(names, "cp866", "866 ibm866 csibm866");
        Add(names, "macintosh", "mac x-mac-roman");
        Add(names, "x-mac-cyrillic", "x-mac-ukrainian");
        // gb18030 holds all of gb2312 and gbk.
        Add(names, "gb18030", "gb2312 gbk x-gbk gb_2312-80 euc-cn chinese cp936 ms936 csgb2312");
        Add(names, "big5", "big5-hkscs cn-big5 x-x-big5 csbig5 cp950");
        Add(names, "shift_jis", "shift-jis sjis x-sjis ms_kanji ms932 windows-31j csshiftjis cp932");
        Add(names, "euc-jp", "x-euc-jp eucjp");
        Add(names, "iso-2022-jp", "csiso2022jp");
        Add(
            names,
            "ks_c_5601-1987",
            "euc-kr euckr ksc5601 ksc_5601 windows-949 korean cp949 iso-ir-149 ks_c_5601-1989"
        );
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, string> names, string name, string labels)
    {
        names[name] = name;
        foreach (var label in labels.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            names[label] = name;
        }
    }
}
