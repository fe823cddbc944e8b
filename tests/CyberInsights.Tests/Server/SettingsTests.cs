using CyberInsights.Net;
using CyberInsights.Server;
using CyberInsights.Server.Weather;
using Microsoft.Extensions.Configuration;

namespace CyberInsights.Tests.Server;

public sealed class SettingsTests
{
    [Fact]
    public void Without_settings_everything_has_a_working_default() => Assert.Equal(new NewsroomSettings(), From([]));

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

    [Theory]
    [InlineData("Fediverse", "news at social.example", "Write it as @name@host")]
    [InlineData("SecurityContact", "security@news.example", "begins with https: or mailto: or tel:")]
    [InlineData("SecurityContact", "http://news.example/", "begins with https: or mailto: or tel:")]
    [InlineData("IndexNowKey", "short", "8 to 128 letters")]
    [InlineData("IndexNowKey", "../../etc/passwd", "8 to 128 letters")]
    [InlineData("MiningReserved", "perhaps", "Write true or false")]
    public void A_wrong_setting_of_the_publisher_gets_a_sentence(string name, string value, string expected)
    {
        var refusal = Assert.Throws<RefusalException>(() => From(new() { [$"Insights:{name}"] = value }));

        Assert.Contains($"Insights__{name} is '{value}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_has_a_server_and_a_sender_and_the_port_of_its_kind()
    {
        var mail = From(
            new()
            {
                ["Insights:MailHost"] = "localhost",
                ["Insights:MailSecurity"] = "tls",
                ["Insights:MailFrom"] = "news@pub.example",
            }
        ).Mail!;

        Assert.Equal(
            ("localhost", 465, MailSecurity.Tls, "news@pub.example"),
            (mail.Server.Host, mail.Server.Port, mail.Server.Security, mail.From.Text)
        );
        Assert.Null(From(new() { ["Insights:MailFrom"] = "news@pub.example" }).Mail);
    }

    [Theory]
    [InlineData("MailFrom", "news", "which is no mail address")]
    [InlineData("MailPort", "0", "Write a whole number from 1 to 65535")]
    [InlineData("MailSecurity", "ssl", "Write starttls, tls or none")]
    [InlineData("MailPassword", "secret", "stands in a file")]
    [InlineData("MailImprint", "two\nlines", "more than one line")]
    [InlineData("TipKey", "AAAA", "is no public key")]
    public void What_is_wrong_about_mail_and_tips_is_told(string name, string value, string sentence)
    {
        var values = new Dictionary<string, string?>
        {
            ["Insights:MailHost"] = "mail.pub.example",
            ["Insights:MailFrom"] = "news@pub.example",
            [$"Insights:{name}"] = value,
        };

        var refusal = Assert.Throws<RefusalException>(() => From(values));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'secret'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_house_has_an_issuer_and_a_client_and_is_called_by_its_host()
    {
        var house = From(
            new() { ["Insights:OidcAuthority"] = "https://id.example/realms/a", ["Insights:OidcClient"] = "desk" }
        ).SiteSettings.Elsewhere!;

        Assert.Equal(
            ("https://id.example/realms/a", "desk", null, "id.example"),
            (house.Authority.AbsoluteUri, house.Client, house.Secret, house.Name)
        );
        foreach (
            var (name, value, sentence) in new[]
            {
                ("OidcAuthority", "http://id.example", "which is no https address"),
                ("OidcClient", "", "Insights__OidcClient is missing"),
                ("OidcSecret", "secret", "stands in a file"),
            }
        )
        {
            var values = new Dictionary<string, string?>
            {
                ["Insights:OidcAuthority"] = "https://id.example",
                ["Insights:OidcClient"] = "desk",
                [$"Insights:{name}"] = value,
            };
            var refusal = Assert.Throws<RefusalException>(() => From(values));
            Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("'secret'", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_language_model_has_a_name_and_an_address_that_may_be_of_this_machine()
    {
        var model = From(
            new()
            {
                ["Insights:Model"] = "llama3.1:8b",
                ["Insights:ModelAddress"] = "http://localhost:11434/v1",
                ["Insights:ModelSeconds"] = "600",
            }
        ).LanguageModel!;

        Assert.Equal(("llama3.1:8b", new Uri("http://localhost:11434/v1")), (model.Name, model.Address));
        Assert.Equal((TimeSpan.FromMinutes(10), 200, (string?)null), (model.TimeLimit, model.RequestsADay, model.Key));
    }

    [Theory]
    [InlineData("Model", "m", "ModelAddress is ''")]
    [InlineData("ModelAddress", "http://localhost:11434/v1", "Model names no model")]
    [InlineData("ModelAddress", "localhost:11434", "is no plain web address")]
    [InlineData("ModelAddress", "https://user:word@model.example/v1", "is '...'")]
    [InlineData("ModelSeconds", "601", "from 1 to 600")]
    [InlineData("ModelSeconds", "0", "from 1 to 600")]
    [InlineData("ModelRequestsADay", "many", "from 1 to 100000")]
    [InlineData("ModelKey", "secret", "stands in a file")]
    public void A_wrong_setting_of_the_model_gets_a_sentence(string name, string value, string expected)
    {
        var refusal = Assert.Throws<RefusalException>(() => From(new() { [$"Insights:{name}"] = value }));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("word@", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_comes_from_the_environment_and_goes_nowhere_in_the_clear()
    {
        Environment.SetEnvironmentVariable("Insights__ModelKey", "secret");
        try
        {
            var values = new Dictionary<string, string?>
            {
                ["Insights:Model"] = "m",
                ["Insights:ModelKey"] = "secret",
                ["Insights:ModelAddress"] = "https://model.example/v1",
            };

            var settings = From(values);
            values["Insights:ModelAddress"] = "http://model.example/v1";
            var refusal = Assert.Throws<RefusalException>(() => From(values));

            Assert.Equal("secret", settings.LanguageModel!.Key);
            Assert.DoesNotContain("secret", settings.ToString(), StringComparison.Ordinal);
            Assert.Contains("Write it with https", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("Insights__ModelKey", null);
        }
    }

    [Fact]
    public void Accounts_elsewhere_stand_in_one_order_whatever_their_names()
    {
        var settings = From(
            new()
            {
                ["Insights:Follow:Zine"] = "https://zine.example",
                ["Insights:Follow:Facebook"] = "https://facebook.example/insights",
                ["Insights:Follow:X (Twitter)"] = "https://x.example/insights",
                ["Insights:Follow:Threads"] = "https://threads.example/@insights",
            }
        );

        Assert.Equal(
            ["X (Twitter)", "Threads", "Facebook", "Zine"],
            settings.SiteSettings.FollowLinks.Select(f => f.Name)
        );
    }

    [Fact]
    public void Pages_are_shared_where_the_operator_wants_and_in_that_order()
    {
        Assert.Equal(
            ["bluesky", "mail"],
            From(new() { ["Insights:Share"] = "bluesky;mail" }).SiteSettings.ShareTargets.Select(s => s.Key)
        );
        Assert.Empty(From(new() { ["Insights:Share"] = "none" }).SiteSettings.ShareTargets);
    }

    [Fact]
    public void The_weather_is_of_any_listed_city_in_any_units_or_none_at_all()
    {
        var settings = From(
            new()
            {
                ["Insights:Weather:Provider"] = "met-norway",
                ["Insights:Weather:Place"] = "Praha",
                ["Insights:Weather:Temperature"] = "C",
                ["Insights:Weather:Wind"] = "km/h",
                ["Insights:Contact"] = "desk@news.example",
            }
        ).SiteSettings.Weather!;

        Assert.Equal(
            (ProviderName.MetNorway, "Prague", "desk@news.example"),
            (settings.Provider, settings.Home.Name, settings.Contact)
        );
        Assert.Equal(new Units(TemperatureUnit.Celsius, WindUnit.KilometresPerHour), settings.Units);
        Assert.Null(From(new() { ["Insights:Weather:Provider"] = "none" }).SiteSettings.Weather);
    }

    [Theory]
    [InlineData("Weather:Provider", "oracle", "Write open-meteo, met-norway, openweathermap, none")]
    [InlineData("Weather:Provider", "openweathermap", "answers nobody without a key")]
    [InlineData("Weather:Provider", "met-norway", "want to know who asks")]
    [InlineData("Weather:Place", "Atlantis", "the list of cities does not have")]
    [InlineData("Weather:Temperature", "K", "Write F or C.")]
    [InlineData("Weather:Wind", "knots", "Write m/s, km/h, mph or kn.")]
    [InlineData("Weather:Key", "secret", "stands in a file")]
    [InlineData("Weather:Address", "weather", "is no web address")]
    [InlineData("Weather:Plaice", "Praha", "Insights__Weather__Plaice is no setting")]
    [InlineData("Share", "mail;pigeon", "Insights__Share is 'mail;pigeon'")]
    public void A_wrong_setting_of_the_page_gets_a_sentence(string name, string value, string expected)
    {
        var refusal = Assert.Throws<RefusalException>(() => From(new() { [$"Insights:{name}"] = value }));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    private static NewsroomSettings From(Dictionary<string, string?> values) =>
        NewsroomSettings.From(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
}
