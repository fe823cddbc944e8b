using System.Globalization;
using System.Text;

namespace CyberInsights.Text;

/// <summary>
/// How the host of an address is shown to readers, who judge a link by it: international letters as they are where nobody can mistake
/// them, otherwise the ASCII form (<c>xn--…</c>), in which no look-alike pretends to be another host. After Unicode Technical Standard
/// 39, section 5.2 (highly restrictive) and its data on look-alikes.
/// </summary>
public static class ShownHost
{
    private static readonly IdnMapping Idn = new();

    // Small letters that look like Latin ones or parts of them: a word of nothing else reads as a Latin word.
    private const string LatinLookAlikes =
        "асԁеёһіїјӏорԛѕԝхуүѵԍьгпмтвкнф" // Cyrillic
        + "αεικνορτυωηχγβ" // Greek
        + "ագցհոսօզյք"; // Armenian

    private enum Script
    {
        Any,
        Latin,
        Greek,
        Cyrillic,
        Armenian,
        Hebrew,
        Arabic,
        Devanagari,
        Bengali,
        Thai,
        Georgian,
        Hangul,
        Kana,
        Bopomofo,
        Han,
        Unlisted,
    }

    // First and last character of each script's letters and marks that hosts are written with.
    private static readonly (char First, char Last, Script Script)[] Scripts =
    [
        ('-', '-', Script.Any),
        ('0', '9', Script.Any),
        ('a', 'z', Script.Latin),
        ('ß', 'ö', Script.Latin),
        ('ø', 'ſ', Script.Latin),
        ('ơ', 'ơ', Script.Latin),
        ('ư', 'ư', Script.Latin),
        ('ș', 'ț', Script.Latin),
        ('ά', 'ώ', Script.Greek),
        ('а', 'ԯ', Script.Cyrillic),
        ('ա', 'և', Script.Armenian),
        ('א', 'ת', Script.Hebrew),
        ('ء', 'ي', Script.Arabic),
        ('ٱ', 'ۓ', Script.Arabic),
        ('ँ', '्', Script.Devanagari),
        ('ঁ', '্', Script.Bengali),
        ('ก', '์', Script.Thai),
        ('ა', 'ჰ', Script.Georgian),
        ('ạ', 'ỹ', Script.Latin),
        ('ぁ', 'ゖ', Script.Kana),
        ('ァ', 'ー', Script.Kana),
        ('ㄅ', 'ㄯ', Script.Bopomofo),
        ('㐀', '䶿', Script.Han),
        ('一', '鿿', Script.Han),
        ('가', '힣', Script.Hangul),
    ];

    /// <param name="host">A host in its ASCII or its international form, without port.</param>
    public static string Of(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return string.Join('.', host.Split('.').Select(Label));
    }

    private static string Label(string label)
    {
        try
        {
            var ascii = Ascii.IsValid(label) ? label.ToLowerInvariant() : Idn.GetAscii(label);
            var letters = Idn.GetUnicode(ascii);
            return Idn.GetAscii(letters) == ascii && IsPlain(letters) ? letters : ascii;
        }
        catch (ArgumentException)
        {
            // No international form at all, such as "xn--a": the characters that it is made of, and those that cannot be seen as dots.
            return string.Concat(label.Select(c => char.IsAscii(c) ? c : '·'));
        }
    }

    private static bool IsPlain(string label)
    {
        if (Ascii.IsValid(label))
        {
            return true;
        }
        var scripts = label.Select(ScriptOf).Where(s => s != Script.Any).ToHashSet();
        return !scripts.Contains(Script.Unlisted)
            && (scripts.Count <= 1 || IsUsualMix(scripts))
            && (scripts.Contains(Script.Latin) || label.Any(c => !IsLookAlike(c)));
    }

    // Japanese, Korean and Chinese are written in several scripts, Latin among them.
    private static bool IsUsualMix(HashSet<Script> scripts) =>
        scripts.IsSubsetOf([Script.Latin, Script.Han, Script.Kana])
        || scripts.IsSubsetOf([Script.Latin, Script.Han, Script.Hangul])
        || scripts.IsSubsetOf([Script.Latin, Script.Han, Script.Bopomofo]);

    private static bool IsLookAlike(char c) =>
        ScriptOf(c) == Script.Any || LatinLookAlikes.Contains(c, StringComparison.Ordinal);

    private static Script ScriptOf(char c)
    {
        foreach (var (first, last, script) in Scripts)
        {
            if (c >= first && c <= last)
            {
                return script;
            }
        }
        return Script.Unlisted;
    }
}
