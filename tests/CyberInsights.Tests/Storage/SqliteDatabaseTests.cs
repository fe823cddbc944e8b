using CyberInsights.Storage;

namespace CyberInsights.Tests.Storage;

public sealed class SqliteDatabaseTests : DatabaseContract
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override Task<string> NewNameAsync() => Task.FromResult(folder.File("insights.db"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_key_that_is_an_id_is_the_number_of_its_row()
    {
        await using var database = await Database.StartAsync(folder.File("keys.db"), Some.Clock(), Cancel);

        var withTwoTrees = await database.QueryAsync<string>(
            """
            select distinct t.name from sqlite_master t join pragma_table_info(t.name) c join pragma_index_list(t.name) i
            where t.type = 'table' and c.name = 'id' and c.pk = 1 and i.origin = 'pk'
            """,
            null,
            Cancel
        );

        Assert.Empty(withTwoTrees);
    }

    [Fact]
    public async Task A_new_file_and_those_beside_it_are_for_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights.");
        await using var database = await Database.StartAsync(folder.File("own.db"), Some.Clock(), Cancel);

        var files = Directory.GetFiles(folder.Path, "own.db*");

        Assert.Contains(folder.File("own.db-wal"), files);
        Assert.All(
            files,
            f =>
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(f)
                )
        );
    }

    [Fact]
    public async Task A_full_disk_gives_a_sentence_and_loses_nothing_that_was_stored()
    {
        var file = folder.File("small.db");
        await using var database = await Database.StartAsync(file, Some.Clock(), Cancel);
        await database.WriteAsync(t => WorkList.AddAsync(t, Stage.Extract, [1], Cancel), Cancel);

        // SQLite's own page limit answers with the same error as a disk without room.
        var refusal = await Assert.ThrowsAsync<RefusalException>(() =>
            database.WriteAsync(
                async t =>
                {
                    await t.ExecuteAsync("pragma max_page_count = 1", null, Cancel);
                    await t.ExecuteAsync(
                        "insert into topics (id, slug, name, position) values (2, @text, @text, 0)",
                        new { text = new string('x', 5_000_000) },
                        Cancel
                    );
                },
                Cancel
            )
        );

        Assert.Equal(RefusalKind.Unavailable, refusal.Kind);
        Assert.Contains("is full", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await database.FirstAsync<long>("select count(*) from work", null, Cancel));
        Assert.Equal(0L, await database.FirstAsync<long>("select count(*) from topics where id = 2", null, Cancel));
        Assert.Equal("ok", await database.FirstAsync<string>("pragma integrity_check", null, Cancel));
    }

    [Fact]
    public async Task A_file_that_is_no_database_gives_a_sentence_and_is_left_as_it_is()
    {
        var file = folder.File("letter.db");
        var letter = new string('x', 5000);
        await File.WriteAllTextAsync(file, letter, Cancel);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => Database.StartAsync(file, Some.Clock(), Cancel));

        Assert.Contains("not a usable SQLite database", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(letter, await File.ReadAllTextAsync(file, Cancel));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_gives_a_sentence()
    {
        var file = folder.File("file");
        await File.WriteAllTextAsync(file, "in the way", Cancel);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() =>
            Database.StartAsync(Path.Combine(file, "insights.db"), Some.Clock(), Cancel)
        );

        Assert.Contains("cannot be", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_write_ahead_log_is_on_and_every_commit_reaches_the_disk()
    {
        await using var database = await Database.StartAsync(folder.File("wal.db"), Some.Clock(), Cancel);

        Assert.Equal("wal", await database.FirstAsync<string>("pragma journal_mode", null, Cancel));
        Assert.Equal(2L, await database.FirstAsync<long>("pragma synchronous", null, Cancel));
    }
}
