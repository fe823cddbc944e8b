using CyberInsights.Server;
using Microsoft.Extensions.Configuration;

namespace CyberInsights.Tests.Server;

public sealed class SettingsTests
{
    [Fact]
    public void Without_settings_everything_has_a_working_default() =>
        Assert.Equal(new NewsroomSettings() with { Follow = [] }, From([]) with { Follow = [] });

    [Fact]
    public void All_problems_are_told_at_once_with_name_value_and_what_to_do()
    {
        var refusal = Assert.Throws<RefusalException>(() =>
            From(
                new()
                {
                    ["Insights:Urls"] = "localhost 8600",
                    ["Insights:Hosts"] = "www.news.example;*",
                    ["Insights:Samples"] = "maybe",
                    ["Insights:Databse"] = "x.db",
                    ["Insights:Follow:X"] = "not an address",
                }
            )
        );

        Assert.Equal(RefusalKind.BadSetting, refusal.Kind);
        Assert.Contains("Insights__Urls has 'localhost 8600'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Insights__Hosts has '*'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Insights__Samples is 'maybe'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Insights__Databse is no setting", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Insights__Follow__X is 'not an address'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_elsewhere_become_follow_links()
    {
        var settings = From(new() { ["Insights:Follow:Mastodon"] = "https://social.example/@insights" });

        Assert.Equal("Mastodon", Assert.Single(settings.SiteSettings.FollowLinks).Name);
    }

    private static NewsroomSettings From(Dictionary<string, string?> values) =>
        NewsroomSettings.From(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
}
