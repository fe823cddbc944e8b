using CyberInsights.Text;

namespace CyberInsights.Tests.Text;

/// <summary>Readers judge a link by its host (case LINK-001).</summary>
public sealed class ShownHostTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Hosts =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Hostile", "urls", "hosts_display.tsv"))
            .Select(l => l.Split('\t'))
            .Select(f => new TheoryDataRow<string, string>(f[0], f[1]));

    [Theory]
    [MemberData(nameof(Hosts))]
    public void What_could_pass_for_another_host_is_shown_in_ascii(string host, string expected)
    {
        var shown = ShownHost.Of(host);

        switch (expected)
        {
            case "show_punycode":
                Assert.StartsWith("xn--", shown, StringComparison.Ordinal);
                break;
            case "show_punycode_or_refuse":
                Assert.DoesNotContain('\u200B', shown);
                break;
            case "show_unicode" or "show_as_is":
                Assert.Equal(host, shown);
                break;
            default:
                Assert.Fail($"The file expects {expected}, which this test does not know.");
                break;
        }
    }

    [Theory]
    [InlineData("xn--mnchen-3ya.example", "münchen.example")]
    [InlineData("ΑΒΓ.example", "xn--mxacd.example")]
    [InlineData("новости.example", "новости.example")]
    [InlineData("أخبار.example", "أخبار.example")]
    [InlineData("뉴스news.example", "뉴스news.example")]
    [InlineData("newsновости.example", "xn--news-j4d0b7aib4al.example")]
    [InlineData("NEWS.example", "news.example")]
    [InlineData("", "")]
    [InlineData("a..b", "a..b")]
    public void Letters_of_one_script_stay(string host, string expected) => Assert.Equal(expected, ShownHost.Of(host));
}
