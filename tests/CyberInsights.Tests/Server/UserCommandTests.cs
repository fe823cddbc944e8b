using CyberInsights.Server.Accounts;
using CyberInsights.Server.Commands;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Server;

/// <summary>The accounts on the operator's machine.</summary>
[Collection("environment")]
public sealed class UserCommandTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("Insights__Database", folder.File("users.db"));
        Environment.SetEnvironmentVariable("Insights__Site", "https://news.example");
        await using var database = await OpenAsync();
        foreach (var (name, role) in new[] { ("ada", DeskRole.Administrator), ("bo", DeskRole.Reader) })
        {
            var account = new Account
            {
                Name = name,
                Email = $"{name}@desk.example",
                EmailKey = $"{name}@desk.example".ToUpperInvariant(),
                Role = role,
                Stamp = "first",
            };
            await database.WriteAsync(t => AccountStore.AddAsync(t, account, Cancel), Cancel);
        }
    }

    public ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("Insights__Database", null);
        Environment.SetEnvironmentVariable("Insights__Site", null);
        output.Dispose();
        errors.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Members_are_listed_changed_closed_and_reopened_by_the_operator_as_the_log_says()
    {
        Assert.Equal(0, await RunAsync("user", "role", "BO@desk.example", "editor"));
        Assert.Equal(0, await RunAsync("user", "close", "bo@desk.example"));
        Assert.Equal(0, await RunAsync("user", "list"));
        Assert.Contains("bo@desk.example  editor  bo  closed", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("user", "reopen", "bo@desk.example"));

        await using var database = await OpenAsync();
        Assert.Equal(
            ["the operator account.role", "the operator account.close", "the operator account.reopen"],
            await database.QueryAsync<string>("select member || ' ' || action from audit order by id", null, Cancel)
        );
    }

    [Theory]
    [InlineData("user", "role", "ada@desk.example", "reader")]
    [InlineData("user", "close", "ada@desk.example")]
    public async Task The_last_administrator_stays_also_here(params string[] arguments)
    {
        Assert.Equal(5, await RunAsync(arguments));
        Assert.Contains("last administrator", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_work_once_and_lead_to_the_site_and_no_password_is_shown_or_asked()
    {
        Assert.Equal(0, await RunAsync("user", "invite", "cy@desk.example", "contributor"));
        Assert.Equal(0, await RunAsync("user", "reset", "bo@desk.example"));

        var codes = output
            .ToString()
            .Split('\n')
            .Where(l => l.StartsWith("https://news.example/account/invitation/", StringComparison.Ordinal))
            .Select(l => l.Trim().Split('/')[^1])
            .ToList();
        await using var database = await OpenAsync();
        var invitations = new Invitations(database, TimeProvider.System);
        Assert.Equal(
            [(InvitationKind.Member, "cy@desk.example"), (InvitationKind.Recovery, "bo@desk.example")],
            [
                .. await Task.WhenAll(
                    codes.Select(async c =>
                    {
                        var found = (await invitations.FindAsync(c, Cancel))!;
                        return (found.Kind, found.Email);
                    })
                ),
            ]
        );
    }

    [Theory]
    [InlineData(3, "user", "reset", "nobody@desk.example")]
    [InlineData(2, "user", "invite", "no address", "reader")]
    [InlineData(2, "user", "invite", "bo@desk.example", "reader")]
    public async Task What_cannot_be_done_is_said(int code, params string[] arguments)
    {
        Assert.Equal(code, await RunAsync(arguments));
        Assert.NotEqual("", errors.ToString());
    }

    private static Task<Database> OpenAsync() =>
        Database.StartAsync(Environment.GetEnvironmentVariable("Insights__Database")!, TimeProvider.System, Cancel);

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, output, errors);
}
