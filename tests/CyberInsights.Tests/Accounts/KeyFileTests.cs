using System.Net;
using System.Xml.Linq;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Storage;
using CyberInsights.Tests.Desk;
using Microsoft.Extensions.Logging;

namespace CyberInsights.Tests.Accounts;

/// <summary>Keys in the database that a file beside it seals.</summary>
public sealed class KeyFileTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly Lines lines = new();
    private Database database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string FileName => folder.File("site.key");

    public async ValueTask InitializeAsync() =>
        database = await Database.StartAsync(folder.File("site.db"), Some.Clock(), Cancel);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Keys_are_sealed_by_a_file_that_only_its_owner_reads_and_open_after_a_restart()
    {
        Store(FileName).StoreElement(new XElement("key", "secret"), "key-1");
        Store(FileName).StoreElement(new XElement("key", "another"), "key-2");

        Assert.Equal(["secret", "another"], Store(FileName).GetAllElements().Select(e => e.Value));
        Assert.DoesNotContain("secret", string.Concat(await StoredAsync()), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FileName));
        }
        Assert.Empty(lines.Told);

        // What is sealed under one name does not open under another.
        await ExecuteAsync("update protection_keys set xml = (select xml from protection_keys where name = 'key-2')");
        Assert.Equal(["another"], Store(FileName).GetAllElements().Select(e => e.Value));
    }

    [Fact]
    public async Task Keys_from_before_are_sealed_when_they_are_read_and_without_a_file_the_log_says_so()
    {
        Store(null).StoreElement(new XElement("key", "secret"), "key-1");
        Assert.Contains("secret", Assert.Single(await StoredAsync()), StringComparison.Ordinal);
        Assert.Contains("No Insights__KeyFile is set", Assert.Single(lines.Told), StringComparison.Ordinal);

        Assert.Equal("secret", Assert.Single(Store(FileName).GetAllElements()).Value);
        Assert.DoesNotContain("secret", Assert.Single(await StoredAsync()), StringComparison.Ordinal);
        Assert.Equal("secret", Assert.Single(Store(FileName).GetAllElements()).Value);
    }

    [Fact]
    public void A_file_that_is_lost_or_wrong_is_told_of_and_put_back_opens_everything()
    {
        Store(FileName).StoreElement(new XElement("key", "secret"), "key-1");
        File.Move(FileName, folder.File("kept"));

        Assert.Empty(Store(FileName).GetAllElements());
        Assert.Contains("1 of 1 keys", Assert.Single(lines.Told), StringComparison.Ordinal);
        Store(FileName).StoreElement(new XElement("key", "new"), "key-2");
        Assert.Equal("new", Assert.Single(Store(FileName).GetAllElements()).Value);

        lines.Told.Clear();
        File.WriteAllText(FileName, "my notes");
        Assert.Empty(Store(FileName).GetAllElements());
        Assert.Contains("does not hold 32 bytes", lines.Told[0], StringComparison.Ordinal);
        Assert.Equal("my notes", File.ReadAllText(FileName));
        lines.Told.Clear();
        Assert.Empty(Store(folder.File("no/such/folder.key")).GetAllElements());
        Assert.Contains("cannot be read or made", lines.Told[0], StringComparison.Ordinal);
        lines.Told.Clear();
        Assert.Empty(Store(null).GetAllElements());
        Assert.Contains("2 of 2 keys", lines.Told[1], StringComparison.Ordinal);

        File.Move(folder.File("kept"), FileName, overwrite: true);
        Assert.Equal("secret", Assert.Single(Store(FileName).GetAllElements()).Value);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(FileName, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            lines.Told.Clear();
            Store(FileName);
            Assert.Contains("Everybody on this machine", Assert.Single(lines.Told), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_site_whose_key_file_is_lost_goes_on_and_still_asks_for_the_second_step()
    {
        await using var site = await SignInTests.WithAdaAsync(s => s with { KeyFile = FileName });
        using var client = site.Stranger();
        var (key, recovery) = await SecondFactorTests.TurnOnAsync(site, client);
        File.Delete(FileName);

        await site.RestartAsync();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/desk")).StatusCode);
        using var again = site.Stranger();
        Assert.StartsWith(
            "/account/code",
            await InvitationTests.SignInAsync(again, "ada@desk.example", "copper lantern over nine rivers"),
            StringComparison.Ordinal
        );
        site.Clock.Advance(Totp.Step);
        var right = await SecondFactorTests.CodeAsync(again, SecondFactorTests.Now(site, key));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await again.GetAsync("/desk")).StatusCode);
        await SecondFactorTests.CodeAsync(again, recovery[0]);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/desk")).StatusCode);
    }

    private KeyStore Store(string? file) =>
        new(
            database,
            new KeyFile(new CurrentSettings(new SiteSettings { KeyFile = file }), new Lines<KeyFile>(lines)),
            new Lines<KeyStore>(lines)
        );

    private Task<IReadOnlyList<string>> StoredAsync() =>
        database.QueryAsync<string>("select xml from protection_keys order by name", null, Cancel);

    private Task ExecuteAsync(string sql) => database.WriteAsync(t => t.ExecuteAsync(sql, null, Cancel), Cancel);

    private sealed class Lines
    {
        internal List<string> Told { get; } = [];
    }

    private sealed class Lines<T>(Lines lines) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Told.Add(formatter(state, exception));
    }
}
