using System.Globalization;
using System.Text.RegularExpressions;
using CyberInsights.Server;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Server.Weather;
using CyberInsights.Tests.Site;
using Microsoft.Extensions.Configuration;

namespace CyberInsights.Tests.Settings;

/// <summary>The list of what the desk can change: its rules, its texts, and what wins.</summary>
public sealed partial class SettingListTests
{
    private static readonly SiteSettings Plain = SiteFixture.Settings with
    {
        FollowLinks = [],
        Weather = new WeatherSettings(),
    };

    [Fact]
    public void What_usually_holds_is_what_the_program_does_without_any_setting()
    {
        foreach (var setting in Setting.All.Where(s => s.Usual.Length > 0))
        {
            Assert.True(setting.Accepts(setting.Usual), setting.Name);
            Assert.Equivalent(Plain, setting.ApplyTo(Plain, setting.Usual), strict: true);
        }
        Assert.Equal(Setting.All.Count, Setting.All.Select(s => s.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("SiteName", "a\nBcc: all@news.example")]
    [InlineData("SiteName", "a\u2028b")]
    [InlineData("SiteName", "\u202Emoc.elpmaxe")]
    [InlineData("SiteName", "a\u2066b")]
    [InlineData("SiteName", "a\u200Bb")]
    [InlineData("SiteName", "\u200F\u200F")]
    [InlineData("Wordmark", "12345678901234567890123456789012345678901")]
    [InlineData("About__en", "text \u202E turned")]
    [InlineData("Accent", "yellow")]
    [InlineData("Theme", "night")]
    [InlineData("Sections", "../desk")]
    [InlineData("Sections", "ai;;<b>")]
    [InlineData("Follow", "Me javascript:alert(1)")]
    [InlineData("Follow", "https://news.example")]
    [InlineData("Follow", "Me data:text/html,x")]
    [InlineData("Share", "mail;pigeon")]
    [InlineData("Weather__Place", "Atlantis")]
    [InlineData("Contact", "news")]
    [InlineData("Contact", "a@b.example\nBcc: c@d.example")]
    [InlineData("Fediverse", "@news")]
    [InlineData("SecurityContact", "javascript:alert(1)")]
    [InlineData("SecurityPolicy", "http://news.example")]
    [InlineData("MiningReserved", "perhaps")]
    [InlineData("MailImprint", "a\r\nb")]
    [InlineData("NewsletterHour", "24")]
    [InlineData("NewsletterHour", "-1")]
    [InlineData("NewsletterHour", "7.5")]
    [InlineData("NewsletterTimeZone", "Middle/Earth")]
    [InlineData("NewsletterWeekday", "1")]
    [InlineData("SecondFactor", "some")]
    public void What_is_wrong_is_refused_at_start_and_left_out_at_the_desk(string name, string value)
    {
        var setting = Setting.Find(name);
        var current = new CurrentSettings(Plain);

        current.Take(new DeskSettings(1, new Dictionary<string, string> { [name] = value }));
        var refusal = Assert.Throws<RefusalException>(() => From(name, value));

        Assert.False(setting.Accepts(value));
        Assert.StartsWith($"Insights__{name} is '{value}'", refusal.Message, StringComparison.Ordinal);
        Assert.Equivalent(Plain, current.Now, strict: true);
        Assert.Equal([setting], current.Wrong);
    }

    [Theory]
    [InlineData("SiteName", 80)]
    [InlineData("Imprint", 4_000)]
    [InlineData("About__de", 20_000)]
    public void Texts_have_a_longest_length(string name, int most)
    {
        Assert.True(Setting.Find(name).Accepts(new string('x', most)));
        Assert.False(Setting.Find(name).Accepts(new string('x', most + 1)));
    }

    [Fact]
    public void Quotations_without_end_are_no_text_about_the_site() =>
        Assert.False(Setting.Find("About__en").Accepts(new string('>', 1_000) + " deep"));

    [Fact]
    public void Letters_of_every_script_and_what_joins_them_are_kept()
    {
        foreach (var name in new[] { "أخبار", "می\u200Cخواهم", "Zprávy", "新闻", "a\u200Fb" })
        {
            Assert.True(Setting.Find("SiteName").Accepts(name), name);
        }
    }

    [Fact]
    public void What_is_set_at_start_wins_over_the_desk()
    {
        var settings = From("SiteName", "Start").SiteSettings;
        var current = new CurrentSettings(settings);

        current.Take(
            new DeskSettings(
                3,
                new Dictionary<string, string>
                {
                    ["SiteName"] = "Desk",
                    ["Accent"] = "blue",
                    ["Weather__Place"] = "Praha, CZ",
                    ["NewsletterHour"] = "18",
                    ["About__cs"] = "O nás",
                    ["Gone"] = "of an earlier version",
                }
            )
        );

        var now = current.Now;
        Assert.Equal(("Start", "blue", "Prague"), (now.Name, now.Accent, now.Weather!.Home.Name));
        Assert.Equal("O nás", now.About["cs"]);
        // Without a mail server there is nothing that the hour could be of.
        Assert.Null(now.Mail);
        Assert.False(current.Take(new DeskSettings(2, new Dictionary<string, string> { ["Accent"] = "red" })));
        Assert.Equal("blue", current.Now.Accent);
        Assert.True(current.Take(new DeskSettings(4, new Dictionary<string, string>())));
        Assert.Equal("green", current.Now.Accent);
    }

    [Fact]
    public void Links_have_an_order_of_their_own_in_one_variable()
    {
        var links = From("Follow", "Zine https://zine.example/?a=1; X (Twitter) https://x.example/i").SiteSettings;

        Assert.Equal(["Zine", "X (Twitter)"], links.FollowLinks.Select(l => l.Name));
        Assert.False(Setting.Find("Follow").Accepts(string.Concat(Enumerable.Repeat("A https://a.example\n", 31))));
    }

    [Theory]
    [InlineData("About__xx", "text")]
    [InlineData("About", "text")]
    [InlineData("Weather__Plaice", "Praha")]
    public void A_name_that_is_none_is_refused(string name, string value) =>
        Assert.Contains(
            $"Insights__{name} is no setting",
            Assert.Throws<RefusalException>(() => From(name, value)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_setting_has_its_texts()
    {
        var strings = Language.Default.Strings;
        var asked = Setting
            .All.SelectMany(s => new[] { s.Key, s.WrongKey, s.Language is null ? s.Key : $"{s.Key}.hint" })
            .Concat(
                Enum.GetValues<SettingGroup>().Select(g => $"desk.setting.group.{g.ToString().ToLowerInvariant()}")
            );

        Assert.All(asked, key => Assert.True(strings.Has(key), key));
    }

    [Fact]
    public void Every_accent_can_be_read_on_every_surface_light_and_dark()
    {
        var tokens = Checkout.Text("src", "CyberInsights.Server", "Site", "Assets", "tokens.css");
        var accents = Accent.Matches(tokens).ToDictionary(m => m.Groups[1].Value, m => (m.Groups[2], m.Groups[3]));

        Assert.Equal(SiteSettings.Accents.Order(), accents.Keys.Order());
        foreach (var (name, (light, dark)) in accents)
        {
            foreach (var surface in new[] { "paper", "bar", "well" })
            {
                var found = Regex.Match(tokens, $"--{surface}: light-dark\\((#\\w+), (#\\w+)\\)");
                Assert.True(Contrast(light.Value, found.Groups[1].Value) >= 4.5, $"{name} on {surface}");
                Assert.True(Contrast(dark.Value, found.Groups[2].Value) >= 4.5, $"{name} on dark {surface}");
            }
        }
    }

    // WCAG 2.2, "contrast ratio" and "relative luminance".
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + .05) / (Math.Min(a, b) + .05);
    }

    private static double Luminance(string colour)
    {
        var parts = Enumerable
            .Range(0, 3)
            .Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .Select(v => v / 255d)
            .Select(v => v <= .04045 ? v / 12.92 : Math.Pow((v + .055) / 1.055, 2.4))
            .ToList();
        return (.2126 * parts[0]) + (.7152 * parts[1]) + (.0722 * parts[2]);
    }

    private static NewsroomSettings From(string name, string value) =>
        NewsroomSettings.From(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        [$"Insights:{name.Replace("__", ":", StringComparison.Ordinal)}"] = value,
                    }
                )
                .Build()
        );

    [GeneratedRegex(@"\[data-accent=""(\w+)""\] \{ --link: light-dark\((#\w+), (#\w+)\)", RegexOptions.None, 1000)]
    private static partial Regex Accent { get; }
}
