namespace CyberInsights.Tests.Site;

/// <summary>No parameter makes the site send a reader elsewhere (hostile file <c>urls/redirect_param.tsv</c>).</summary>
public sealed class RedirectParameterTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly string[] Names = ["returnUrl", "ReturnUrl", "return_to", "redirect", "next", "url"];

    /// <summary>The first field; what is expected and a note come after it.</summary>
    public static IEnumerable<TheoryDataRow<string>> Addresses =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Hostile", "urls", "redirect_param.tsv"))
            .Select(l => l.Split('\t'))
            .Select(f => new TheoryDataRow<string>(string.Join('\t', f[..Math.Max(1, f.Length - 2)])));

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_reader_stays_on_the_site(string address)
    {
        var query = string.Join('&', Names.Select(n => $"{n}={Uri.EscapeDataString(address)}"));
        foreach (var path in (string[])["/", "/ar", "/search", "/desk", "/login", "/events/x"])
        {
            using var answer = await site.GetAsync($"{path}?{query}");

            var place = answer.Headers.Location;
            Assert.True(
                place is null
                    || !place.IsAbsoluteUri && !place.OriginalString.StartsWith("//", StringComparison.Ordinal),
                $"{path} leads to {place}"
            );
            Assert.DoesNotContain(answer.Headers, h => h.Key.Equals("Refresh", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(
                "href=\"https://evil",
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.OrdinalIgnoreCase
            );
        }
    }
}
