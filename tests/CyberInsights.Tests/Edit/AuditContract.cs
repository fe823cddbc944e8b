using System.Data.Common;
using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Edit;

/// <summary>The audit log, on every engine.</summary>
public abstract class AuditContract : IAsyncLifetime
{
    private Database database = null!;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Member Ada = new(5, "Ada");

    public async ValueTask InitializeAsync() =>
        database = await Database.StartAsync(await NameAsync(), Some.Clock(), Cancel);

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_undone_stays_and_the_undoing_follows()
    {
        var done = await AddAsync(new Deed("article.publish", "article", "1", "Karsk") { Reason = "ready" });
        await AddAsync(new Deed("article.unpublish", "article", "1", "Karsk") { Undoes = done });

        var entries = await new AuditLog(database).ReadAsync(new AuditFilter(), 0, 10, Cancel);

        Assert.Equal(["article.unpublish", "article.publish"], entries.Select(e => e.Action));
        Assert.Equal(
            (done, "ready", 5L, Some.Moment),
            (entries[0].Undoes, entries[1].Reason, entries[1].MemberId, entries[1].At)
        );
    }

    [Theory]
    [InlineData("update audit set reason = 'another'")]
    [InlineData("delete from audit")]
    public async Task The_database_refuses_to_change_or_delete_an_entry(string sql)
    {
        await AddAsync(new Deed("article.publish", "article", "1", "Karsk"));

        var refused = await Assert.ThrowsAnyAsync<DbException>(() =>
            database.WriteAsync(t => t.ExecuteAsync(sql, null, Cancel), Cancel)
        );

        Assert.Contains("only added to", refused.Message, StringComparison.Ordinal);
        Assert.Single(await new AuditLog(database).ReadAsync(new AuditFilter(), 0, 10, Cancel));
    }

    [Fact]
    public async Task An_entry_goes_when_what_it_tells_about_was_not_stored()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            database.WriteAsync(
                async t =>
                {
                    await AuditLog.AddAsync(t, Ada, new Deed("article.publish", "article", "1", "Karsk"), Cancel);
                    throw new InvalidOperationException();
                },
                Cancel
            )
        );

        Assert.Empty(await new AuditLog(database).ReadAsync(new AuditFilter(), 0, 10, Cancel));
    }

    [Theory]
    [InlineData(AuditLog.MaxReason, true)]
    [InlineData(AuditLog.MaxReason + 1, false)]
    public async Task A_reason_has_a_longest_length(int length, bool taken)
    {
        var deed = new Deed("article.publish", "article", "1", "Karsk") { Reason = new string('x', length) };

        var refused = await Record.ExceptionAsync(() => AddAsync(deed));

        Assert.Equal(taken, refused is null);
        Assert.True(taken || refused is RefusalException { Kind: RefusalKind.BadInput });
    }

    [Theory]
    [InlineData("Ada", null, 2)]
    [InlineData("Grace", null, 0)]
    [InlineData(null, "article", 1)]
    [InlineData(null, "events", 1)]
    [InlineData("Ada", "Karsk", 1)]
    public async Task Entries_are_found_by_who_and_by_what(string? member, string? subject, int found)
    {
        await AddAsync(new Deed("article.publish", "article", "1", "What Karsk says"));
        await AddAsync(new Deed("event.merge", "event", "events", "Hospitals"));

        var filter = new AuditFilter { Member = member, Subject = subject };

        Assert.Equal(found, (await new AuditLog(database).ReadAsync(filter, 0, 10, Cancel)).Count);
        Assert.Equal(found, await new AuditLog(database).StreamAsync(filter, Cancel).CountAsync(Cancel));
        Assert.Equal(["Ada"], await new AuditLog(database).MembersAsync(Cancel));
    }

    private Task<long> AddAsync(Deed deed) => database.WriteAsync(t => AuditLog.AddAsync(t, Ada, deed, Cancel), Cancel);
}

public sealed class SqliteAuditTests : AuditContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("audit.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresAuditTests(PostgresServer server) : AuditContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
