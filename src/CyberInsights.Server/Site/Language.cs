using System.Globalization;
using System.Text;

namespace CyberInsights.Server.Site;

/// <summary>A language of the site's own words; what others wrote keeps its own.</summary>
public sealed class Language
{
    private static readonly HashSet<string> RightToLeft = ["ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ku"];

    private readonly int groupedFrom;

    private Language(string code, string name, Func<int, string> plural)
    {
        Code = code;
        Name = name;
        Prefix = code == "en" ? "" : $"/{code}";
        Strings = new Strings(code, plural);
        groupedFrom = int.Parse(Strings["number.group-from"], CultureInfo.InvariantCulture);
    }

    /// <summary>BCP 47.</summary>
    public string Code { get; }

    /// <summary>In the language itself.</summary>
    public string Name { get; }

    /// <summary>The beginning of its addresses: empty for English, <c>/ar</c> for Arabic.</summary>
    public string Prefix { get; }

    /// <summary>The address of its front page.</summary>
    public string Front => Prefix.Length == 0 ? "/" : Prefix;
    public string Direction => DirectionOf(Code);
    public Strings Strings { get; }

    /// <summary>All languages, the default first. A further one is a line here and a file in <c>Strings/</c>.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        new("en", "English", Plural.One),
        new("de", "Deutsch", Plural.One),
        new("fr", "Français", Plural.French),
        new("es", "Español", Plural.Spanish),
        new("cs", "Čeština", Plural.Czech),
        new("ar", "العربية", Plural.Arabic),
    ];

    public static Language Default => All[0];

    /// <summary>The language that the first part of an address names; the default when it names none.</summary>
    public static Language OfPath(string path) =>
        All.FirstOrDefault(
            l =>
                l.Prefix.Length > 0
                && path.StartsWith(l.Prefix, StringComparison.Ordinal)
                && (path.Length == l.Prefix.Length || path[l.Prefix.Length] == '/'),
            Default
        );

    /// <summary><c>rtl</c> or <c>ltr</c> for a BCP 47 tag.</summary>
    public static string DirectionOf(string tag) => RightToLeft.Contains(tag.Split('-')[0]) ? "rtl" : "ltr";

    /// <summary>A number in the digits of the language, with its grouping.</summary>
    public string Number(long number) =>
        Digits(number.ToString(Form(number), CultureInfo.InvariantCulture), grouped: true);

    /// <summary>A number with one decimal at most: 2.5, 3.</summary>
    public string Number(double number) =>
        Digits(number.ToString(Form(number), CultureInfo.InvariantCulture), grouped: true);

    /// <summary>A number as it was given, up to six decimals.</summary>
    public string Exact(double number) =>
        Digits(number.ToString($"{Form(number)}#####", CultureInfo.InvariantCulture), grouped: true);

    /// <summary>The words of somebody between the quotation marks of their own language; of English where the site does not speak it.</summary>
    /// <param name="tag">BCP 47.</param>
    public static string Quoted(string words, string tag) =>
        All.FirstOrDefault(l => l.Code == tag, Default).Strings.Format("quote", words);

    /// <summary>The text with its ASCII digits as the digits of the language, as in a year or a time.</summary>
    public string Digits(string text) => Digits(text, grouped: false);

    private string Form(double number) => Math.Abs(number) < groupedFrom ? "0.#" : "#,0.#";

    private string Digits(string text, bool grouped)
    {
        var digits = Strings["number.digits"];
        var written = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            written.Append(
                c switch
                {
                    >= '0' and <= '9' => digits[c - '0'].ToString(),
                    ',' when grouped => Strings["number.group"],
                    '.' when grouped => Strings["number.decimal"],
                    _ => c.ToString(),
                }
            );
        }
        return written.ToString();
    }
}

/// <summary>Which plural form a count takes (Unicode CLDR, plural rules, cardinal).</summary>
internal static class Plural
{
    internal static string One(int count) => count == 1 ? "one" : "other";

    internal static string French(int count) => count is 0 or 1 ? "one" : WithMillions(count);

    internal static string Spanish(int count) => count == 1 ? "one" : WithMillions(count);

    /// <summary>The fourth form of Czech, "many", is for fractions, which no count has.</summary>
    internal static string Czech(int count) =>
        count switch
        {
            1 => "one",
            >= 2 and <= 4 => "few",
            _ => "other",
        };

    internal static string Arabic(int count) =>
        count switch
        {
            0 => "zero",
            1 => "one",
            2 => "two",
            _ => (count % 100) switch
            {
                >= 3 and <= 10 => "few",
                >= 11 and <= 99 => "many",
                _ => "other",
            },
        };

    // "1 000 000 de rapports": whole millions are nouns of their own.
    private static string WithMillions(int count) => count != 0 && count % 1_000_000 == 0 ? "many" : "other";
}
