using CyberInsights.Net;

namespace CyberInsights.Tests.Net;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("/feed?token=abc&page=2", "/feed?token=***&page=2")]
    [InlineData("https://a.example/?page=2&API_KEY=abc#top", "https://a.example/?page=2&API_KEY=***#top")]
    [InlineData("/feed?access_token=a%20b;sig=c", "/feed?access_token=***;sig=***")]
    [InlineData("/feed?keyword=port&author=ada", "/feed?keyword=port&author=ada")]
    public void Values_of_a_query_that_are_called_like_keys_are_masked(string address, string shown) =>
        Assert.Equal(shown, Secrets.Masked(address));

    [Theory]
    [InlineData("set-cookie", "a=b", "***")]
    [InlineData("Authorization", "Bearer abc", "***")]
    [InlineData("Location", "/next?key=abc", "/next?key=***")]
    [InlineData("ETag", "\"abc\"", "\"abc\"")]
    public void Headers_that_carry_secrets_are_masked_whole(string header, string value, string shown) =>
        Assert.Equal(shown, Secrets.Masked(header, value));
}
