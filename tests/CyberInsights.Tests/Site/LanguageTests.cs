using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using CyberInsights.Server.Site;

namespace CyberInsights.Tests.Site;

public sealed partial class LanguageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly Dictionary<string, string[]> Forms = new()
    {
        ["en"] = ["one", "other"],
        ["de"] = ["one", "other"],
        ["fr"] = ["one", "many", "other"],
        ["es"] = ["one", "many", "other"],
        // CLDR has a fourth one for fractions, "many"; a count is whole.
        ["cs"] = ["one", "few", "other"],
        ["ar"] = ["zero", "one", "two", "few", "many", "other"],
    };

    // Every mark of quotation or apostrophe that a text of the language may have.
    private static readonly Dictionary<string, string> Marks = new()
    {
        ["en"] = "“”’",
        ["de"] = "„“",
        ["fr"] = "«»’",
        ["es"] = "«»",
        ["cs"] = "„“",
        ["ar"] = "«»",
    };

    // Words that are the same in English and in another language: names of things, and words that one took from the other.
    private static readonly Dictionary<string, string[]> Shared = new()
    {
        ["de"] =
        [
            "Newsletter",
            "Wind",
            "Atom",
            "Domain",
            "Feeds",
            "JSON Feed",
            "Mail",
            "Name",
            "Protest",
            "RSS",
            "Ransomware",
            "Trends",
            "Webhook",
            "{0} UTC",
        ],
        ["fr"] =
        [
            "Message",
            "Site",
            "Suggestions",
            "Article",
            "Articles",
            "Atom",
            "Contact",
            "Exploitation",
            "Finance",
            "JSON Feed",
            "Messages",
            "Organisations",
            "Page {0}",
            "RSS",
            "Sanctions",
            "Score",
            "Source",
            "Sources",
            "Type",
            "Version",
            "Webhook",
            "organisation",
            "public",
            "source {0}",
            "technique",
            "article",
            "{0} UTC",
        ],
        ["es"] =
        [
            "Actor",
            "Atom",
            "JSON Feed",
            "RSS",
            "Ransomware",
            "Sector",
            "Webhook",
            "actor",
            "sector",
            "sector: {0}",
            "{0} UTC",
        ],
        ["cs"] =
        [
            "Atom",
            "Data",
            "Newsletter",
            "Finance",
            "JSON Feed",
            "Protest",
            "RSS",
            "Ransomware",
            "Role",
            "Webhook",
            "{0} UTC",
        ],
        ["ar"] = [],
    };

    public static TheoryData<string> Codes { get; } = [.. Language.All.Select(l => l.Code)];

    public static TheoryData<string, string> Pages { get; } =
    [
        .. Language
            .All.Skip(1)
            .SelectMany(l => PageTests.Paths.Select(p => (l.Code, p == "/" ? l.Prefix : $"{l.Prefix}{p}"))),
    ];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_language_has_every_text_in_every_plural_form_with_the_same_places(string code)
    {
        var english = Texts("en");
        var texts = Texts(code);

        Assert.Equal(english.Keys.Order(), texts.Keys.Order());
        foreach (var (key, value) in texts)
        {
            if (value.ValueKind == JsonValueKind.Object)
            {
                Assert.Equal(Forms[code].Order(), value.EnumerateObject().Select(f => f.Name).Order());
            }
            // A plural form may say its number in words; a plain text may not lose a place.
            else if (english[key].ValueKind == JsonValueKind.String)
            {
                Assert.Equal(Places(english[key].GetString()!), Places(value.GetString()!));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Lists_of_months_days_and_digits_are_complete(string code)
    {
        var strings = Language.All.First(l => l.Code == code).Strings;

        Assert.Equal(12, strings["time.months"].Split('|').Length);
        Assert.Equal(12, strings["time.months-short"].Split('|').Length);
        Assert.Equal(7, strings["time.weekdays"].Split('|').Length);
        Assert.Equal(10, strings["number.digits"].Length);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void No_text_has_the_marks_of_another_language(string code)
    {
        const string all = "\"'`‘’‚‛“”„«»‹›";
        var spaced = code == "fr" ? SpacedInFrench : Spaced;

        foreach (var (key, text) in Texts(code).SelectMany(t => Values(t.Value).Select(v => (t.Key, v))))
        {
            Assert.True(text.Where(all.Contains).All(Marks[code].Contains), $"{key}: {text}");
            Assert.True(!spaced.IsMatch(text), $"{key}: {text}");
            Assert.True(code != "es" || text.Count('?'.Equals) == text.Count('¿'.Equals), $"{key}: {text}");
            // Both halves of a pair, and a pair for each quotation.
            Assert.True(code == "en" || text.Count(Marks[code][0].Equals) == text.Count(Marks[code][1].Equals), key);
        }
    }

    [Fact]
    public void No_text_is_left_in_English()
    {
        var english = Texts("en").ToDictionary(t => t.Key, t => string.Join('\n', Values(t.Value)));

        foreach (var (code, shared) in Shared)
        {
            var same = Texts(code)
                .Where(t => t.Key != "site.name" && !t.Key.StartsWith("country.", StringComparison.Ordinal))
                .Where(t => string.Join('\n', Values(t.Value)) == english[t.Key] && Words.IsMatch(english[t.Key]))
                .Select(t => english[t.Key])
                .Distinct();
            Assert.Equal(shared.Order(StringComparer.Ordinal), same.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_words_of_the_glossary_are_those_of_the_texts()
    {
        var lines = Checkout.Text("docs", "glossary.tsv").Split('\n').Where(l => l.Length > 0 && l[0] != '#').ToList();
        var codes = lines[0].Split('\t');

        Assert.Equal(Language.All.Select(l => l.Code), codes);
        for (var column = 1; column < codes.Length; column++)
        {
            var texts = string.Join('\n', Texts(codes[column]).SelectMany(t => Values(t.Value)));
            Assert.All(
                lines.Skip(1).Select(l => l.Split('\t')[column]),
                word => Assert.Contains(word, texts, StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    [Fact]
    public void Every_text_is_used_somewhere()
    {
        var code = string.Concat(
            Checkout
                .Files("src/CyberInsights.Server", "*.*")
                .Where(f => Path.GetExtension(f) is ".cs" or ".razor")
                .Select(File.ReadAllText)
        );

        Assert.All(
            Texts("en").Keys.Where(k => !Composed.IsMatch(k)),
            key => Assert.Contains($"\"{key}\"", code, StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_runs_in_the_direction_of_its_language_and_has_no_English_words_of_ours(
        string code,
        string path
    )
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(path));
        var own = Texts(code).SelectMany(t => Values(t.Value)).Select(Alone).ToHashSet();
        var english = English.Except(own).ToHashSet();

        Assert.Equal(code, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(code == "ar" ? "rtl" : "ltr", page.DocumentElement.GetAttribute("dir"));
        foreach (var element in page.QuerySelectorAll("body *, title"))
        {
            foreach (var attribute in new[] { "aria-label", "placeholder", "title" })
            {
                Assert.DoesNotContain(element.GetAttribute(attribute)?.Trim() ?? "", english);
            }
            // What others wrote carries its own language, or is isolated as a name.
            if (element.Closest("[lang]") != page.DocumentElement || element.Closest("bdi") is not null)
            {
                continue;
            }
            var text = string.Concat(element.ChildNodes.OfType<IText>().Select(t => t.Text));
            Assert.DoesNotContain(text.Trim(' ', '\n', ':', '.', ','), english);
            Assert.False(code == "ar" && element.LocalName is "time" or "caption" && text.Any(char.IsAsciiDigit), text);
        }
    }

    [Fact]
    public async Task A_page_names_itself_in_every_language_to_search_engines_and_in_its_switch()
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync("/cs/trends"));

        var alternates = page.QuerySelectorAll("link[rel=alternate][hreflang]")
            .ToDictionary(l => l.GetAttribute("hreflang")!, l => new Uri(l.GetAttribute("href")!).AbsolutePath);
        Assert.Equal(Language.All.Select(l => l.Code).Append("x-default").Order(), alternates.Keys.Order());
        Assert.Equal(("/trends", "/de/trends"), (alternates["x-default"], alternates["de"]));
        Assert.Equal(
            Language.All.Select(l => $"{l.Prefix}/trends"),
            page.QuerySelectorAll(".langs a").Select(a => a.GetAttribute("href"))
        );
        Assert.Equal("Čeština", page.QuerySelector(".langs [aria-current]")!.TextContent);
    }

    [Fact]
    public async Task Texts_of_others_keep_their_language_and_direction()
    {
        var english = await PageTests.ParseAsync(await site.HtmlAsync("/topics/technology"));
        var arabic = await PageTests.ParseAsync(await site.HtmlAsync("/ar/topics/technology"));

        var foreign = english.QuerySelector(".rank h3 a")!;
        Assert.Equal(("ar", "rtl"), (foreign.GetAttribute("lang"), foreign.GetAttribute("dir")));
        var own = arabic.QuerySelector(".rank h3 a")!;
        Assert.Equal((null, null), (own.GetAttribute("lang"), own.GetAttribute("dir")));
    }

    [Theory]
    [InlineData("ar", 0, "لا تقارير")]
    [InlineData("ar", 1, "تقرير واحد")]
    [InlineData("ar", 2, "تقريران")]
    [InlineData("ar", 3, "٣ تقارير")]
    [InlineData("ar", 11, "١١ تقريرًا")]
    [InlineData("ar", 100, "١٠٠ تقرير")]
    [InlineData("ar", 1103, "١٬١٠٣ تقارير")]
    [InlineData("cs", 0, "0 zpráv")]
    [InlineData("cs", 1, "1 zpráva")]
    [InlineData("cs", 4, "4 zprávy")]
    [InlineData("cs", 5, "5 zpráv")]
    [InlineData("cs", 22, "22 zpráv")]
    [InlineData("de", 1, "1 Bericht")]
    [InlineData("de", 0, "0 Berichte")]
    [InlineData("es", 0, "0 noticias")]
    [InlineData("es", 1, "1 noticia")]
    [InlineData("es", 2_000_000, "2.000.000 de noticias")]
    [InlineData("fr", 0, "0 publication")]
    [InlineData("fr", 2, "2 publications")]
    [InlineData("fr", 1_000_000, "1\u202f000\u202f000 de publications")]
    [InlineData("fr", 1_000_001, "1\u202f000\u202f001 publications")]
    public void Counts_take_the_form_that_the_number_asks_for(string code, int count, string text) =>
        Assert.Equal(text, Of(code).Counted("reports", count));

    [Theory]
    [InlineData("en", "28 May, 12:10", "Wednesday 28 May 2025", "1 May 2025", "May 2025", "2 h ago")]
    [InlineData("de", "28. Mai, 12:10", "Mittwoch, 28. Mai 2025", "1. Mai 2025", "Mai 2025", "vor 2\u00a0Std.")]
    [InlineData("fr", "28 mai, 12h10", "mercredi 28 mai 2025", "1er mai 2025", "mai 2025", "il y a 2\u00a0h")]
    [InlineData(
        "es",
        "28 may, 12:10",
        "miércoles, 28 de mayo de 2025",
        "1 de mayo de 2025",
        "mayo de 2025",
        "hace 2\u00a0h"
    )]
    [InlineData("cs", "28. května, 12:10", "středa 28. května 2025", "1. května 2025", "květen 2025", "před 2\u00a0h")]
    [InlineData("ar", "٢٨ مايو، ١٢:١٠", "الأربعاء ٢٨ مايو ٢٠٢٥", "١ مايو ٢٠٢٥", "مايو ٢٠٢٥", "قبل ساعتين")]
    public void Dates_and_times_are_written_as_the_language_writes_them(
        string code,
        string moment,
        string weekday,
        string first,
        string month,
        string ago
    )
    {
        var language = Of(code);
        var at = new DateTimeOffset(2025, 5, 28, 12, 10, 0, TimeSpan.Zero);

        Assert.Equal(moment, language.Moment(at, at));
        Assert.Equal(weekday, language.Weekday(at));
        Assert.Equal(first, language.FullDay(at.AddDays(-27)));
        Assert.Equal(month, language.MonthOfYear(at));
        Assert.Equal(ago, language.Ago(at, at.AddHours(2)));
        Assert.Contains("2025", Latin(language.Moment(at, at.AddYears(1))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "2,500", "12,000.5", "3 TB")]
    [InlineData("de", "2.500", "12.000,5", "3 TB")]
    [InlineData("fr", "2\u202f500", "12\u202f000,5", "3 To")]
    [InlineData("es", "2500", "12.000,5", "3 TB")]
    [InlineData("cs", "2\u00a0500", "12\u00a0000,5", "3 TB")]
    [InlineData("ar", "٢٬٥٠٠", "١٢٬٠٠٠٫٥", "٣ تيرابايت")]
    public void Numbers_are_grouped_as_the_language_groups_them(string code, string small, string large, string size)
    {
        var language = Of(code);

        Assert.Equal(small, language.Number(2500));
        Assert.Equal(large, language.Number(12_000.5));
        Assert.Equal(size, language.Amount(3e12, 3e12, approximate: false, "B"));
    }

    [Theory]
    [InlineData("de", "„alles“")]
    [InlineData("fr", "«\u202falles\u202f»")]
    [InlineData("ru", "“alles”")]
    public void Words_of_others_stand_between_the_marks_of_their_language(string tag, string text) =>
        Assert.Equal(text, Language.Quoted("alles", tag));

    private static Language Of(string code) => Language.All.First(l => l.Code == code);

    private static string Latin(string text) =>
        string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c));

    // The English texts that can stand alone in an element.
    private static HashSet<string> English =>
        field ??= [
            .. Texts("en")
                .Where(t => !t.Key.StartsWith("country.", StringComparison.Ordinal))
                .SelectMany(t => Values(t.Value))
                .Select(Alone)
                .Where(t => t.Length > 3 && !t.Contains('{', StringComparison.Ordinal))
                .Except(["Atom", "JSON Feed"]),
        ];

    private static string Alone(string text) =>
        text.Replace("{0}", "", StringComparison.Ordinal).Trim(' ', ':', '.', ',');

    private static IEnumerable<string> Values(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? [value.GetString()!]
            : value.EnumerateObject().Select(f => f.Value.GetString()!);

    private static Dictionary<string, JsonElement> Texts(string code) =>
        JsonDocument
            .Parse(Checkout.Text("src/CyberInsights.Server/Site/Strings", $"{code}.json"))
            .RootElement.EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value);

    private static string[] Places(string text) => [.. Place.Matches(text).Select(m => m.Value).Distinct().Order()];

    // These keys are put together from stored names.
    [GeneratedRegex(
        @"^(country|topic|stance|happening|counted|charge|reason|dependence|primary|basis|state|entity|change|edit|search\.(kind|hit|facet|span|suggest|ignored|help)|missing|gone|method|request|host|alarm|trend\.direction|source\.state|source\.ownership|vulnerability\.(severity|reference)|topic-about|record|relation|cvss|source\.label|source\.language|sector|theme|sky|correction|weather\.wind|weather\.unit|desk\.(role|room|act|subject|check|finding|setting))\.",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Composed { get; }

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 1000)]
    private static partial Regex Place { get; }

    [GeneratedRegex(@"\p{L}{3}", RegexOptions.None, 1000)]
    private static partial Regex Words { get; }

    // No space before a mark, except in French, where it is a narrow one that does not break (U+202F).
    [GeneratedRegex(@"\s[:;?!»،؛؟.,](\s|$)", RegexOptions.None, 1000)]
    private static partial Regex Spaced { get; }

    [GeneratedRegex(@"(^|[^\u202f])([;?!»]|:(\s|$))|«(?!\u202f)|\s[.,](\s|$)", RegexOptions.None, 1000)]
    private static partial Regex SpacedInFrench { get; }
}
