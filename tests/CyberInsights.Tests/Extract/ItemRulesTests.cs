using CyberInsights.Extract;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Tests.Extract;

public sealed class ItemRulesTests
{
    [Theory]
    [InlineData("RANSOMWARE", true)]
    [InlineData("ransom", false)]
    [InlineData("ransom*", true)]
    [InlineData("hospital, hit by", true)]
    [InlineData("hospital by", false)]
    [InlineData("skoda", true)]
    [InlineData("title: ransomware", true)]
    [InlineData("title: skoda", false)]
    [InlineData("category: Health", true)]
    [InlineData("category: hospital", false)]
    [InlineData("author: doe", true)]
    [InlineData("url: /news/", true)]
    [InlineData("url: /sport/", false)]
    [InlineData("/hosp.tal\\b/", true)]
    [InlineData("/^skoda/", false)]
    [InlineData("title: /^ransomware/", true)]
    [InlineData("url: /news/\\d{4}/", true)]
    [InlineData("ランサム", true)]
    [InlineData("랜섬웨어", true)]
    public void A_rule_is_looked_for_where_it_says(string rule, bool fits)
    {
        var item = Text(
            "Ransomware: hospital hit, by unknown gang",
            "The Škoda works nearby were not.  ランサムウェア、랜섬웨어를",
            "https://a.example/news/2025/x"
        );

        Assert.Equal(fits, Rules(exclude: rule)!.WhyNot(item) is not null);
        Assert.Equal(fits, Rules(include: rule)!.WhyNot(item) is null);
    }

    [Fact]
    public void Exclude_goes_before_include_and_the_reason_names_the_rule()
    {
        var rules = Rules("# what we want\ncyber*\n\nprivacy", "title: webinar")!;

        Assert.Null(rules.WhyNot(Text("Cybercrime rises")));
        Assert.Equal("It fits none of the 2 include rules.", rules.WhyNot(Text("Football")));
        Assert.Equal("It fits the exclude rule \"title: webinar\".", rules.WhyNot(Text("Webinar on cyber crime")));
    }

    [Fact]
    public void A_source_without_rules_takes_everything() => Assert.Null(Rules("\n# nothing\n", " "));

    [Theory]
    [InlineData("title:")]
    [InlineData("...")]
    [InlineData("/(/")]
    [InlineData("/(a)\\1/")]
    public void What_is_no_rule_is_refused_in_a_sentence(string rule)
    {
        var refusal = Assert.Throws<RefusalException>(() => Rules(rule));

        Assert.StartsWith($"The rule \"{rule}\" ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 500, true)]
    [InlineData(201, 500, false)]
    [InlineData(200, 501, false)]
    public void A_source_may_have_200_rules_of_500_characters(int count, int length, bool taken)
    {
        var rules = string.Join('\n', Enumerable.Repeat(new string('a', length), count));

        Assert.Equal(taken, Record.Exception(() => Rules(rules)) is null);
    }

    [Fact]
    public void A_pattern_made_to_run_for_ever_does_not()
    {
        var rules = Rules(exclude: "/(a+)+b/")!;

        Assert.Null(rules.WhyNot(Text(new string('a', 50_000))));
    }

    private static ItemRules? Rules(string? include = null, string? exclude = null) =>
        ItemRules.Of(Some.Source("a") with { IncludeRules = include, ExcludeRules = exclude });

    private static ItemText Text(string title, string text = "", string address = "https://a.example/x") =>
        new(
            title,
            text,
            address,
            "en",
            new FeedItem { Categories = ["World", "Public health"], Authors = ["Jane Doe"] }
        );
}
