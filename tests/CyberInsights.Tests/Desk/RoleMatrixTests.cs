using System.Net;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Desk;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Desk;

/// <summary>Every address below /desk and /account, as every role and as nobody.</summary>
public sealed class RoleMatrixTests
{
    [Fact]
    public async Task Every_address_answers_those_who_have_its_right_and_nobody_else()
    {
        await using var site = await DeskSite.StartAsync();
        var addresses = Addresses(site);
        Assert.Contains(addresses, a => a is ("GET", "/desk/audit", { Right: DeskRight.Audit }));

        foreach (var (method, path, access) in addresses)
        {
            using var stranger = site.Stranger();
            var answer = await SendAsync(stranger, method, path);
            Assert.True(
                access.Right is null
                        // The second step of a sign-in leads whoever has not taken the first one back to it.
                        ? answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.BadRequest
                            || answer.Headers.Location?.OriginalString.EndsWith(
                                "/account/sign-in",
                                StringComparison.Ordinal
                            ) == true
                    : method == "POST" ? answer.StatusCode == HttpStatusCode.Unauthorized
                    : answer.StatusCode == HttpStatusCode.SeeOther
                        && answer.Headers.Location!.OriginalString.Contains(
                            "/account/sign-in?return=%2F",
                            StringComparison.Ordinal
                        ),
                $"{method} {path} as nobody: {answer.StatusCode}"
            );
            foreach (var role in Enum.GetValues<DeskRole>())
            {
                using var client = await site.ClientAsync(role);
                var status = (await SendAsync(client, method, path)).StatusCode;
                var may = access.Right is not { } right || role.May(right);
                // A form without its token is refused by those who may, too; that refusal is another one.
                Assert.True(
                    may == (status != HttpStatusCode.Forbidden) && (method == "GET" || (int)status >= 400),
                    $"{method} {path} as {role}: {status}"
                );
                Assert.True((int)status < 500, $"{method} {path} as {role}: {status}");
            }
        }
    }

    [Fact]
    public async Task Every_address_below_the_desk_was_mapped_with_a_right()
    {
        await using var site = await DeskSite.StartAsync();

        var open = Endpoints(site)
            .Where(e => DeskGuard.IsInside($"/{e.RoutePattern.RawText!.TrimStart('/')}"))
            .Where(e => e.Metadata.GetMetadata<DeskAccess>() is null)
            .Select(e => e.RoutePattern.RawText);

        Assert.Empty(open);
    }

    [Theory]
    [InlineData("/desk/no-such-room")]
    [InlineData("/DESK")]
    [InlineData("/ar/desk/no/such/room")]
    public async Task What_is_not_there_is_not_told_to_strangers(string path)
    {
        await using var site = await DeskSite.StartAsync();
        using var stranger = site.Stranger();

        Assert.Equal(HttpStatusCode.SeeOther, (await stranger.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync(path)).StatusCode);
    }

    [Fact]
    public void Each_role_may_what_the_one_before_may()
    {
        var roles = Enum.GetValues<DeskRole>();

        foreach (var (less, more) in roles.Zip(roles.Skip(1)))
        {
            Assert.All(Enum.GetValues<DeskRight>().Where(r => less.May(r)), right => Assert.True(more.May(right)));
        }
        Assert.All(Enum.GetValues<DeskRight>(), right => Assert.True(DeskRole.Administrator.May(right)));
        Assert.False(DeskRole.Contributor.May(DeskRight.Publish));
        Assert.False(DeskRole.Editor.May(DeskRight.Accounts));
    }

    private static List<(string Method, string Path, DeskAccess Access)> Addresses(DeskSite site) =>
        [
            .. from endpoint in Endpoints(site)
            let access = endpoint.Metadata.GetMetadata<DeskAccess>()
            where access is not null
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            where method != "HEAD"
            select (method, Fill(endpoint.RoutePattern), access),
        ];

    private static IEnumerable<RouteEndpoint> Endpoints(DeskSite site) =>
        site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    // Numbers are good for every kind of place.
    private static string Fill(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) =>
        "/"
        + string.Join(
            '/',
            pattern.PathSegments.Select(s =>
                string.Concat(
                    s.Parts.Select(p =>
                        p switch
                        {
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator =>
                                separator.Content,
                            _ => "1",
                        }
                    )
                )
            )
        );

    private static Task<HttpResponseMessage> SendAsync(DeskClient client, string method, string path) =>
        method == "POST" ? client.PostAsync(path) : client.GetAsync(path);
}
