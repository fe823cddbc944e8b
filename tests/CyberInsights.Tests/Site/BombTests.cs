using System.Net;
using System.Text;

namespace CyberInsights.Tests.Site;

/// <summary>Requests made to be dear to parse: pages read no body, and an address has a limit.</summary>
public sealed class BombTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const int Many = 100_000;

    [Theory]
    [InlineData("/")]
    [InlineData("/search")]
    public async Task A_form_of_a_hundred_thousand_keys_is_turned_away_unread(string path) =>
        await TurnedAwayAsync(
            path,
            string.Join('&', Enumerable.Range(0, Many).Select(i => $"k{i}=")),
            "application/x-www-form-urlencoded"
        );

    [Theory]
    [InlineData("/")]
    [InlineData("/search")]
    public async Task A_form_of_a_hundred_thousand_parts_is_turned_away_unread(string path) =>
        await TurnedAwayAsync(
            path,
            string.Concat(
                Enumerable
                    .Range(0, Many)
                    .Select(i => $"--b\r\nContent-Disposition: form-data; name=\"k{i}\"\r\n\r\n\r\n")
            ) + "--b--\r\n",
            "multipart/form-data; boundary=b"
        );

    [Theory]
    [InlineData("/")]
    [InlineData("/search")]
    [InlineData("/ar/search")]
    public async Task A_query_of_thousands_of_brackets_is_no_failure(string path)
    {
        using var answer = await site.GetAsync($"{path}?{string.Concat(Enumerable.Repeat("a[x]", 1500))}=1&q=outage");

        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    private async Task TurnedAwayAsync(string path, string body, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.ASCII),
        };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        // The answer comes before the body was sent: it was not read.
        request.Headers.ExpectContinue = true;

        using var answer = await site.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }
}
