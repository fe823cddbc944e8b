using System.Globalization;
using System.Net;
using System.Text;
using CyberInsights.Deliver.Returns;
using CyberInsights.Server.Api;
using CyberInsights.Tests.Deliver;
using CyberInsights.Tests.Deliver.Returns;
using CyberInsights.Tests.Site;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Server;

/// <summary>Where a mail server posts what came back.</summary>
public sealed class ReturnsEndpointTests : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private FormSite site = null!;
    private string dsn = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site = await FormSite.StartAsync(s =>
            s with
            {
                Mail = s.Mail! with { Returns = new ReturnSettings { Secret = Secret } },
            }
        );
        var reader = (await SomeReaders.AddAsync(site.Database, ["reader@pub.example"]))[0];
        var mail = await site.Database.WriteAsync(
            async t =>
            {
                var id = t.NextId();
                await t.ExecuteAsync(
                    "insert into mailings (id, audience, language, sender, subject, text, html) values (1, 2, 'en', '', '', '', '')",
                    null,
                    Cancel
                );
                await t.ExecuteAsync(
                    "insert into mails (id, mailing_id, subscriber_id, state, due_at, attempts) values (@id, 1, @reader, 3, 0, 1)",
                    new { id, reader },
                    Cancel
                );
                return id;
            },
            Cancel
        );
        var token = await site.Services.GetRequiredService<ReturnTokens>().OfAsync(mail, Cancel);
        dsn = SomeReturns.Dsn($"returns+{token}@news.example", "5.1.1");
    }

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_signed_return_is_taken_and_a_second_time_changes_nothing()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(dsn));
        Assert.Equal(0, await site.CountAsync("subscribers"));

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(dsn));
        Assert.Equal(1, await site.CountAsync("suppressions"));
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task A_return_of_another_time_is_refused(int seconds)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(dsn, seconds));
        Assert.Equal(1, await site.CountAsync("subscribers"));
    }

    [Theory]
    [InlineData("ffffffffffffffffffffffffffffffff", "sha256=")]
    [InlineData(Secret, "none=")]
    [InlineData(Secret, "sha1=")]
    [InlineData(Secret, "")]
    public async Task A_return_that_is_not_signed_with_the_secret_and_the_one_algorithm_is_refused(
        string secret,
        string algorithm
    )
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(dsn, secret: secret, algorithm: algorithm));
        Assert.Equal(1, await site.CountAsync("subscribers"));
    }

    [Fact]
    public async Task What_is_too_large_is_refused() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(dsn + new string('x', 2 * 1024 * 1024)));

    [Theory]
    [InlineData("")]
    [InlineData("no mail")]
    [InlineData("\u0000\u0001")]
    public async Task What_is_no_mail_changes_nothing(string body)
    {
        Assert.InRange((int)await PostAsync(body), 200, 499);
        Assert.Equal(1, await site.CountAsync("subscribers"));
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_such_address()
    {
        await using var open = await FormSite.StartAsync();
        using var answer = await open.SendAsync("/mail/returns", new StringContent(dsn));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<HttpStatusCode> PostAsync(
        string mail,
        int seconds = 0,
        string secret = Secret,
        string algorithm = "sha256="
    )
    {
        var body = Encoding.UTF8.GetBytes(mail);
        var time = (site.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture);
        var signature = ReturnsEndpoint.Signature(time, body, secret);
        using var answer = await site.SendAsync(
            "/mail/returns",
            new ByteArrayContent(body),
            ("X-Insights-Time", time),
            ("X-Insights-Signature", signature.Replace("sha256=", algorithm, StringComparison.Ordinal))
        );
        return answer.StatusCode;
    }
}
