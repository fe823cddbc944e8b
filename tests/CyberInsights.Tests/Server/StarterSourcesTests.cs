using CyberInsights.Capture;
using CyberInsights.Net;
using CyberInsights.Server.Starter;
using CyberInsights.Text;

namespace CyberInsights.Tests.Server;

public sealed class StarterSourcesTests
{
    private static readonly string[] Labels = ["security", "authority", "vendor", "ai", "technology", "policy"];

    private static readonly string[] Continents =
    [
        "EG NG SN ZA", // Africa
        "AE CN HK IL IN JP KR LB SG TW", // Asia
        "AT BE CH CZ DE ES EU FR GB HR IT LV NL PL RO RU SI SK UA", // Europe
        "CA MX US", // North America
        "AR BR PE", // South America
        "AU NZ", // Oceania
    ];

    private static readonly IReadOnlyList<Source> Sources = SourceFile.Read(StarterSources.Json());

    [Fact]
    public void There_are_many_in_many_languages_from_every_inhabited_continent()
    {
        Assert.InRange(Sources.Count, 80, int.MaxValue);
        Assert.InRange(Sources.Select(s => s.Language).Distinct().Count(), 10, int.MaxValue);
        Assert.All(Continents, c => Assert.Contains(Sources, s => c.Split(' ').Contains(s.Country)));
        Assert.All(Sources, s => Assert.Contains(Continents, c => c.Split(' ').Contains(s.Country)));
    }

    [Fact]
    public void Keys_and_addresses_are_given_once_and_every_address_may_be_fetched()
    {
        using var http = new GuardedHttp(new OutboundPolicy(), TimeProvider.System);

        Assert.Distinct(Sources.Select(s => s.Key));
        Assert.Distinct(Sources.Select(s => Addresses.Canonical(new Uri(s.Address))));
        Assert.All(Sources, s => Assert.Null(http.CheckAddress(s.Address)));
    }

    [Fact]
    public void Each_says_who_speaks_in_which_language_and_is_sorted_under_a_known_label()
    {
        Assert.All(Sources, s => Assert.All(new[] { s.Language, s.Ownership, s.Interest, s.Home }, Assert.NotNull));
        Assert.All(Sources, s => Assert.NotEmpty(s.Labels!));
        Assert.Empty(Sources.SelectMany(s => s.Labels!).Except(Labels));
        Assert.All(Labels, l => Assert.Contains(Sources, s => s.Labels!.Contains(l)));
    }
}
