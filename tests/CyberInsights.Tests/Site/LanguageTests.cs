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
        ["ar"] = ["zero", "one", "two", "few", "many", "other"],
    };

    public static TheoryData<string> Codes { get; } = [.. Language.All.Select(l => l.Code)];

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
    [MemberData(nameof(PageTests.ArabicPages), MemberType = typeof(PageTests))]
    public async Task An_Arabic_page_runs_from_right_to_left_and_has_no_English_words_of_ours(string path)
    {
        var page = await PageTests.ParseAsync(await site.HtmlAsync(path));

        Assert.Equal("ar", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("rtl", page.DocumentElement.GetAttribute("dir"));
        foreach (var element in page.QuerySelectorAll("body *, title"))
        {
            foreach (var attribute in new[] { "aria-label", "placeholder", "title" })
            {
                Assert.DoesNotContain(element.GetAttribute(attribute)?.Trim() ?? "", English);
            }
            // What others wrote carries its own language, or is isolated as a name.
            if (element.Closest("[lang]") != page.DocumentElement || element.Closest("bdi") is not null)
            {
                continue;
            }
            var own = string.Concat(element.ChildNodes.OfType<IText>().Select(t => t.Text))
                .Trim(' ', '\n', ':', '.', ',');
            Assert.DoesNotContain(own, English);
            Assert.False(element.LocalName is "time" or "caption" && own.Any(char.IsAsciiDigit), own);
        }
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
    [InlineData(0, "لا تقارير")]
    [InlineData(1, "تقرير واحد")]
    [InlineData(2, "تقريران")]
    [InlineData(3, "٣ تقارير")]
    [InlineData(11, "١١ تقريرًا")]
    [InlineData(100, "١٠٠ تقرير")]
    [InlineData(1103, "١٬١٠٣ تقارير")]
    public void Arabic_counts_take_the_form_that_the_number_asks_for(int count, string text) =>
        Assert.Equal(text, Arabic.Counted("reports", count));

    [Fact]
    public void Dates_and_times_are_written_in_the_words_and_digits_of_the_language()
    {
        var at = new DateTimeOffset(2025, 5, 28, 12, 10, 0, TimeSpan.Zero);

        Assert.Equal("28 May, 12:10", Language.Default.Moment(at, at));
        Assert.Equal("28 May 2025, 12:10", Language.Default.Moment(at, at.AddYears(1)));
        Assert.Equal("Wednesday 28 May 2025", Language.Default.Weekday(at));
        Assert.Equal("24 min ago", Language.Default.Ago(at, at.AddMinutes(24)));
        Assert.Equal("٢٨ مايو، ١٢:١٠", Arabic.Moment(at, at));
        Assert.Equal("الأربعاء ٢٨ مايو ٢٠٢٥", Arabic.Weekday(at));
        Assert.Equal("قبل ساعتين", Arabic.Ago(at, at.AddHours(2)));
        Assert.Equal("٢٫٥", Arabic.Number(2.5));
    }

    private static Language Arabic => Language.All.First(l => l.Code == "ar");

    // The English texts that can stand alone in an element; names of feed formats are the same everywhere.
    private static HashSet<string> English =>
        field ??= [
            .. Texts("en")
                .Where(t => !t.Key.StartsWith("country.", StringComparison.Ordinal))
                .SelectMany(t => Values(t.Value))
                .Select(t => t.Replace("{0}", "", StringComparison.Ordinal).Trim(' ', ':', '.', ','))
                .Where(t => t.Length > 3 && !t.Contains('{', StringComparison.Ordinal))
                .Except(["Atom", "JSON Feed"]),
        ];

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
        @"^(country|topic|stance|happening|counted|charge|reason|dependence|primary|basis|state|entity|change|edit|search\.kind|search\.hit|missing|gone|method|request|host|alarm|trend\.direction|source\.state|source\.ownership|vulnerability\.severity)\.",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Composed { get; }

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 1000)]
    private static partial Regex Place { get; }
}
