using CyberInsights.Publish;

namespace CyberInsights.Tests.Publish;

public sealed class PrimaryLinkTests
{
    private static readonly HashSet<string> Named = ["thornmere", "thornmerehealthgroup"];

    [Theory]
    [InlineData("https://www.cisa.gov/news-events/alerts/1", PrimaryKind.Advisory)]
    [InlineData("https://www.mzv.cz/jnp/en/statement.html", PrimaryKind.Statement)]
    [InlineData("https://www.mvcr.gov.cz/a", PrimaryKind.Statement)]
    [InlineData("https://ministry.go.jp/a", PrimaryKind.Statement)]
    [InlineData("https://www.justice.gov/opa/pr/a", PrimaryKind.Indictment)]
    [InlineData("https://www.sec.gov/Archives/edgar/data/1/8k.htm", PrimaryKind.Filing)]
    [InlineData("https://github.com/acme/app/security/advisories/GHSA-1", PrimaryKind.Advisory)]
    [InlineData("https://blog.talosintelligence.com/a", PrimaryKind.Research)]
    [InlineData("https://www.thornmere.example/notice", PrimaryKind.Statement)]
    [InlineData("https://news.thornmerehealthgroup.co.uk/notice", PrimaryKind.Statement)]
    [InlineData("https://www.thornmere.example/blog/how-they-came-in", PrimaryKind.Research)]
    [InlineData("https://github.com/acme/app", null)]
    [InlineData("https://www.cisa.gov/", null)]
    [InlineData("https://cisa.gov.phish.example/a", null)]
    [InlineData("https://notcisa.example/a", null)]
    [InlineData("https://x.com/CISAgov/status/1", null)]
    [InlineData("https://news.example/a", null)]
    public void An_address_is_a_primary_source_by_its_host_or_by_whose_site_it_is(string address, PrimaryKind? kind) =>
        Assert.Equal(kind, PrimaryHosts.KindOf(new Uri(address), Named));
}
