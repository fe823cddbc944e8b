using System.Buffers;
using System.Collections.Frozen;

namespace CyberInsights.Extract.Pages;

/// <summary>The writing system of a text, by ISO 15924 code, and what it tells about the language.</summary>
internal static class Script
{
    private static readonly (int First, int Last, string Script)[] Ranges =
    [
        (0x41, 0x5A, "Latn"),
        (0x61, 0x7A, "Latn"),
        (0xC0, 0x24F, "Latn"),
        (0x370, 0x3FF, "Grek"),
        (0x400, 0x52F, "Cyrl"),
        (0x530, 0x58F, "Armn"),
        (0x590, 0x5FF, "Hebr"),
        (0x600, 0x77F, "Arab"),
        (0x8A0, 0x8FF, "Arab"),
        (0x900, 0x97F, "Deva"),
        (0x980, 0x9FF, "Beng"),
        (0xB80, 0xBFF, "Taml"),
        (0xC00, 0xC7F, "Telu"),
        (0xE00, 0xE7F, "Thai"),
        (0x10A0, 0x10FF, "Geor"),
        (0x1100, 0x11FF, "Hang"),
        (0x1E00, 0x1EFF, "Latn"),
        (0x3040, 0x30FF, "Kana"),
        (0x3400, 0x9FFF, "Hani"),
        (0xAC00, 0xD7AF, "Hang"),
        (0xFB50, 0xFDFF, "Arab"),
        (0xFE70, 0xFEFF, "Arab"),
    ];

    // Languages that are written in nothing else, or that are by far the likeliest where news are written in it.
    private static readonly FrozenDictionary<string, string> Only = new Dictionary<string, string>
    {
        ["Grek"] = "el",
        ["Armn"] = "hy",
        ["Hebr"] = "he",
        ["Deva"] = "hi",
        ["Beng"] = "bn",
        ["Taml"] = "ta",
        ["Telu"] = "te",
        ["Thai"] = "th",
        ["Geor"] = "ka",
        ["Hang"] = "ko",
        ["Kana"] = "ja",
        ["Hani"] = "zh",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Languages = new Dictionary<string, string>
    {
        ["Cyrl"] = " ru uk be bg mk sr bs kk ky tg mn tt uz az ba cv os ce sah ",
        ["Grek"] = " el ",
        ["Armn"] = " hy ",
        ["Hebr"] = " he yi ",
        ["Arab"] = " ar fa ur ps ku ckb sd ug dv pa az ks ",
        ["Deva"] = " hi mr ne sa mai bho kok ",
        ["Beng"] = " bn as ",
        ["Taml"] = " ta ",
        ["Telu"] = " te ",
        ["Thai"] = " th ",
        ["Geor"] = " ka ",
        ["Hang"] = " ko ",
        ["Kana"] = " ja ",
        ["Hani"] = " zh ja yue ",
    }.ToFrozenDictionary();

    private static readonly SearchValues<char> Ukrainian = SearchValues.Create("\u0457\u0454\u0491");
    private static readonly SearchValues<char> Russian = SearchValues.Create("\u044B\u044D\u0451");

    // Letters that Arabic has not: retroflex ones; pe, che, zhe, gaf, and its own yeh and kaf.
    private static readonly SearchValues<char> Urdu = SearchValues.Create("\u0679\u0688\u0691\u06D2\u06BE");
    private static readonly SearchValues<char> Persian = SearchValues.Create("\u067E\u0686\u0698\u06AF\u06CC\u06A9");

    // Also written in Latin letters.
    private const string Both = " sr bs kk ky uz az tg tt ku mn ";

    /// <summary>The script that most letters are of; null when there are fewer than three letters.</summary>
    public static string? Of(string text)
    {
        var counts = new Dictionary<string, int>();
        foreach (var c in text)
            if (ScriptOf(c) is { } script)
                counts[script] = counts.GetValueOrDefault(script) + (script is "Hani" or "Hang" or "Kana" ? 3 : 1);
        if (counts.Values.Sum() < 3)
            return null;
        // Japanese is written with more ideographs than kana, Chinese with no kana at all.
        if (counts.GetValueOrDefault("Kana") * 10 > counts.GetValueOrDefault("Hani"))
            counts["Kana"] = counts.GetValueOrDefault("Kana") + counts.GetValueOrDefault("Hani");
        return counts.MaxBy(c => c.Value).Key;
    }

    public static bool Fits(string language, string script) =>
        script == "Latn"
            ? !Languages.Values.Any(l => l.Contains($" {language} ", StringComparison.Ordinal))
                || Both.Contains($" {language} ", StringComparison.Ordinal)
            : Languages[script].Contains($" {language} ", StringComparison.Ordinal);

    /// <summary>Whether a text has letters that a language of the same script does not know.</summary>
    public static bool HasForeignLetters(string language, string text) =>
        language switch
        {
            "ru" => text.AsSpan().ContainsAny(Ukrainian),
            "uk" => text.AsSpan().ContainsAny(Russian),
            "ar" => text.AsSpan().ContainsAny(Persian) || text.AsSpan().ContainsAny(Urdu),
            _ => false,
        };

    /// <summary>The language, where the script leaves no choice; null where letters must be counted.</summary>
    public static string? OnlyLanguageOf(string script, string text) =>
        script switch
        {
            "Arab" => Arabic(text),
            "Cyrl" => Cyrillic(text),
            _ => Only.GetValueOrDefault(script),
        };

    private static string Arabic(string text) =>
        text.AsSpan().ContainsAny(Urdu) ? "ur"
        : text.AsSpan().ContainsAny(Persian) ? "fa"
        : "ar";

    private static string? Cyrillic(string text) =>
        text.AsSpan().ContainsAny(Ukrainian) ? "uk"
        : text.AsSpan().ContainsAny(Russian) && !text.Contains('\u045E') ? "ru"
        : null;

    private static string? ScriptOf(char c)
    {
        foreach (var (first, last, script) in Ranges)
            if (c >= first && c <= last)
                return script;
        return null;
    }
}
