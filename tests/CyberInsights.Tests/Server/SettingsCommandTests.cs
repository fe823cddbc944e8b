using CyberInsights.Edit;
using CyberInsights.Server.Commands;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Server;

/// <summary>The settings on the operator's machine.</summary>
[Collection("environment")]
public sealed class SettingsCommandTests : IAsyncLifetime
{
    private static readonly string[] Variables =
    [
        "Insights__Database",
        "Insights__SiteName",
        "Insights__ReturnsSecret",
        "Insights__Follow__Zine",
    ];

    private readonly TestFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("Insights__Database", folder.File("settings.db"));
        Environment.SetEnvironmentVariable("Insights__SiteName", "Start");
        Environment.SetEnvironmentVariable("Insights__ReturnsSecret", "a secret that nobody is to read at all");
        Environment.SetEnvironmentVariable("Insights__Follow__Zine", "https://zine.example");
        await using var database = await OpenAsync();
        await new SettingDesk(database).ChangeAsync(
            new Member(5, "Ada"),
            0,
            new Dictionary<string, string>
            {
                ["SiteName"] = "Desk",
                ["SecondFactor"] = "everybody",
                ["Accent"] = "of an earlier version",
            },
            "",
            null,
            Cancel
        );
    }

    public ValueTask DisposeAsync()
    {
        foreach (var name in Variables)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
        output.Dispose();
        errors.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_holds_is_listed_with_where_it_is_set_and_secrets_are_not_shown()
    {
        Assert.Equal(0, await RunAsync("settings", "list"));

        var lines = output.ToString().Split('\n');
        Assert.Contains("SiteName  Start  (environment)", lines);
        Assert.Contains("SecondFactor  everybody  (desk)", lines);
        Assert.Contains("Accent  green  (default, for what the desk set is wrong)", lines);
        Assert.Contains("Theme  system  (default)", lines);
        Assert.Contains("Follow  Zine https://zine.example  (environment)", lines);
        Assert.Contains("ReturnsSecret  ***  (environment)", lines);
        Assert.Contains("MailHost  -  (default)", lines);
        Assert.DoesNotContain("nobody is to read", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_desk_set_is_taken_back_as_history_and_log_say_and_nothing_else()
    {
        Assert.Equal(0, await RunAsync("settings", "reset", "secondfactor"));
        Assert.Equal(3, await RunAsync("settings", "reset", "SecondFactor"));
        Assert.Equal(2, await RunAsync("settings", "reset", "MailPassword"));
        Assert.Contains("is no setting that the desk can change", errors.ToString(), StringComparison.Ordinal);

        await using var database = await OpenAsync();
        var desk = new SettingDesk(database);
        Assert.Equal(["Accent", "SiteName"], (await desk.ReadAsync(Cancel)).Values.Keys.Order());
        Assert.Equal("the operator", (await desk.HistoryAsync(0, 1, Cancel))[0].Member);
        Assert.Equal(
            "SecondFactor",
            (await new AuditLog(database).ReadAsync(new AuditFilter(), 0, 1, Cancel))[0].SubjectKey
        );
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, output, errors);

    private static Task<Database> OpenAsync() =>
        Database.StartAsync(Environment.GetEnvironmentVariable("Insights__Database")!, TimeProvider.System, Cancel);
}
