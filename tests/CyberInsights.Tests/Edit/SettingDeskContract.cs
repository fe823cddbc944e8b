using System.Data.Common;
using CyberInsights.Edit;
using CyberInsights.Storage;
using CyberInsights.Storage.Exporting;

namespace CyberInsights.Tests.Edit;

/// <summary>What the desk sets, and its history, on every engine.</summary>
public abstract class SettingDeskContract : IAsyncLifetime
{
    private static readonly Member Ada = new(5, "Ada");

    private Database database = null!;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SettingDesk Desk => new(database);

    public async ValueTask InitializeAsync() =>
        database = await Database.StartAsync(await NameAsync(), Some.Clock(), Cancel);

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_newest_value_holds_and_every_version_can_be_read_again()
    {
        Assert.Equal(0, (await Desk.ReadAsync(Cancel)).Version);

        Assert.True(await ChangeAsync(0, ("SiteName", "Karsk"), ("Contact", "a@b.example")));
        Assert.True(await ChangeAsync(1, ("SiteName", "Karsk News"), ("Contact", "a@b.example")));
        Assert.True(await ChangeAsync(2, ("SiteName", "")));

        var now = await Desk.ReadAsync(Cancel);
        Assert.Equal((3, "", "a@b.example"), (now.Version, now["SiteName"], now["Contact"]));
        Assert.Equal("Karsk", (await Desk.ReadAsync(1, Cancel))["SiteName"]);
        // What was as it was is no change.
        Assert.Equal(
            [("SiteName", "Karsk News", ""), ("SiteName", "Karsk", "Karsk News")],
            (await Desk.SinceAsync(1, Cancel)).Reverse().Select(c => (c.Name, c.Before, c.After))
        );
        Assert.Equal(4, (await Desk.HistoryAsync(0, 10, Cancel)).Count);
        Assert.Equal("SiteName", Assert.Single(await Desk.HistoryAsync(0, 1, Cancel)).Name);
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_one_is_told_and_nothing_is_lost()
    {
        var both = await Task.WhenAll(
            Task.Run(() => ChangeAsync(0, ("SiteName", "One"), ("Contact", "one@b.example"))),
            Task.Run(() => ChangeAsync(0, ("SiteName", "Two"), ("Imprint", "Two")))
        );

        var now = await Desk.ReadAsync(Cancel);
        Assert.Single(both, won => won);
        Assert.Equal(1, now.Version);
        Assert.Equal(2, now.Values.Count);
        Assert.False(await ChangeAsync(0, ("SiteName", "Three")));
        Assert.False(await ChangeAsync(7, ("SiteName", "From the future")));
    }

    [Fact]
    public async Task A_change_and_its_entry_of_the_log_are_stored_together_or_not_at_all()
    {
        await ChangeAsync(0, ("Imprint", new string('x', 2_000)));
        var change = Assert.Single(await Desk.HistoryAsync(0, 10, Cancel));
        await Desk.ChangeAsync(Ada, 1, Values(("Imprint", "")), "too long", change.Id, Cancel);
        var tooLong = new string('x', AuditLog.MaxReason + 1);

        await Assert.ThrowsAsync<RefusalException>(() =>
            Desk.ChangeAsync(Ada, 2, Values(("SiteName", "Karsk")), tooLong, null, Cancel)
        );

        var log = await new AuditLog(database).ReadAsync(new AuditFilter { Subject = "setting" }, 0, 10, Cancel);
        Assert.Equal(["setting.undo", "setting.change"], log.Select(e => e.Action));
        Assert.Equal(("too long", "Imprint", 5L), (log[0].Reason, log[0].SubjectKey, log[0].MemberId));
        Assert.InRange(log[1].Detail.Length, 500, 600);
        Assert.Equal((2, 0), ((await Desk.ReadAsync(Cancel)).Version, (await Desk.ReadAsync(Cancel)).Values.Count));
        Assert.Equal(change.Id, (await Desk.HistoryAsync(0, 1, Cancel))[0].Undoes);
        Assert.True(await ChangeAsync(2, ("SiteName", "Karsk")));
    }

    [Theory]
    [InlineData("update setting_changes set after = 'another'")]
    [InlineData("delete from setting_changes")]
    public async Task The_database_refuses_to_change_the_history(string sql)
    {
        await ChangeAsync(0, ("SiteName", "Karsk"));

        var refused = await Assert.ThrowsAnyAsync<DbException>(() =>
            database.WriteAsync(t => t.ExecuteAsync(sql, null, Cancel), Cancel)
        );

        Assert.Contains("only added to", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_and_history_come_along_to_another_newsroom()
    {
        await ChangeAsync(0, ("SiteName", "Karsk"));
        await ChangeAsync(1, ("SiteName", "Karsk News"));
        using var file = new MemoryStream();
        await SiteExport.WriteAsync(database, file, Some.Moment, Cancel);
        var name = await NameAsync();
        await using (var empty = await Database.StartAsync(name, Some.Clock(), Cancel))
        {
            await SiteImport.ReadAsync(empty, file, Cancel);
        }

        await using var other = await Database.StartAsync(name, Some.Clock(), Cancel);
        var desk = new SettingDesk(other);
        Assert.Equal("Karsk News", (await desk.ReadAsync(Cancel))["SiteName"]);
        Assert.Equal(await Desk.HistoryAsync(0, 10, Cancel), await desk.HistoryAsync(0, 10, Cancel));
        Assert.True(await desk.ChangeAsync(Ada, 2, Values(("SiteName", "")), "", null, Cancel));
    }

    private Task<bool> ChangeAsync(long seen, params (string Name, string Value)[] values) =>
        Desk.ChangeAsync(Ada, seen, Values(values), "", null, Cancel);

    private static Dictionary<string, string> Values(params (string Name, string Value)[] values) =>
        values.ToDictionary(v => v.Name, v => v.Value);
}

public sealed class SqliteSettingDeskTests : SettingDeskContract
{
    private readonly TestFolder folder = new();
    private int databases;

    private protected override Task<string> NameAsync() => Task.FromResult(folder.File($"{++databases}.db"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresSettingDeskTests(PostgresServer server) : SettingDeskContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
