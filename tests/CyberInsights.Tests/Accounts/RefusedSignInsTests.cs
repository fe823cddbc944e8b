using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Desk;

namespace CyberInsights.Tests.Accounts;

/// <summary>Refused sign-ins in the audit log.</summary>
public sealed class RefusedSignInsTests
{
    private const string Email = "ada@desk.example";
    private const string Password = "copper lantern over nine rivers";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_passwords_and_codes_stand_in_the_log_a_few_an_hour()
    {
        await using var site = await SignInTests.WithAdaAsync();
        using var thief = site.Stranger();

        for (var i = 0; i < RefusedSignIns.AnHour + 1; i++)
        {
            await InvitationTests.SignInAsync(thief, Email, "not the password at all");
        }
        await InvitationTests.SignInAsync(thief, "nobody@desk.example", Password);
        Assert.Equal(RefusedSignIns.AnHour, await ToldAsync(site, RefusedSignIns.AnHour));

        site.Clock.Advance(TimeSpan.FromHours(1));
        using var owner = site.Stranger();
        await SecondFactorTests.TurnOnAsync(site, owner);
        using var second = site.Stranger();
        await InvitationTests.SignInAsync(second, Email, Password);
        await SecondFactorTests.CodeAsync(second, "000000");
        Assert.Equal(RefusedSignIns.AnHour + 1, await ToldAsync(site, RefusedSignIns.AnHour + 1));

        // A closed account is not opened by guessing right either, and that is told.
        await site.Database.WriteAsync(
            t => t.ExecuteAsync("update accounts set disabled_at = 1", null, Cancel),
            Cancel
        );
        await InvitationTests.SignInAsync(second, Email, Password);
        Assert.Equal(RefusedSignIns.AnHour + 2, await ToldAsync(site, RefusedSignIns.AnHour + 2));
        Assert.Equal(
            ["insights|127.0.0.0/24|Ada Example"],
            await site.Database.QueryAsync<string>(
                "select distinct member || '|' || reason || '|' || subject_title from audit where action = @Action",
                new { RefusedSignIns.Action },
                Cancel
            )
        );
    }

    // They are told beside the requests.
    private static async Task<long> ToldAsync(DeskSite site, long expected)
    {
        for (var i = 0; ; i++)
        {
            var told = await site.Database.FirstAsync<long>(
                "select count(*) from audit where action = @Action",
                new { RefusedSignIns.Action },
                Cancel
            );
            if (told >= expected || i == 100)
            {
                // Nor does another one come.
                await Task.Delay(100, Cancel);
                return told;
            }
            await Task.Delay(50, Cancel);
        }
    }
}
