using System.Text;
using CyberInsights.Server.Accounts;
using CyberInsights.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Tests.Accounts;

/// <summary>Accounts and their proofs, on every engine.</summary>
public abstract class AccountStoreContract : IAsyncLifetime
{
    private Database database = null!;
    private AccountStore store = null!;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), Some.Clock(), Cancel);
        store = new AccountStore(database, new SiteKey(database), new EphemeralDataProtectionProvider());
    }

    public virtual async ValueTask DisposeAsync()
    {
        store.Dispose();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_account_is_found_by_its_address_and_keeps_what_is_changed()
    {
        var ada = await AddAsync("ada");
        ada.Role = DeskRole.Editor;
        ada.LockedUntil = Some.Moment;
        await store.UpdateAsync(ada, Cancel);

        var found = (await store.FindByEmailAsync("ADA@DESK.EXAMPLE", Cancel))!;

        Assert.Equivalent(ada, found, strict: true);
        Assert.Equal(ada.Id, (await store.FindByIdAsync($"{ada.Id}", Cancel))!.Id);
        Assert.Null(await store.FindByNameAsync("NOBODY@DESK.EXAMPLE", Cancel));
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_only_for_its_account()
    {
        var (ada, bob) = (await AddAsync("ada"), await AddAsync("bob"));
        await store.ReplaceCodesAsync(ada, ["old"], Cancel);
        await store.ReplaceCodesAsync(ada, ["one", "two"], Cancel);

        Assert.False(await store.RedeemCodeAsync(ada, "old", Cancel));
        Assert.False(await store.RedeemCodeAsync(bob, "one", Cancel));
        Assert.True(await store.RedeemCodeAsync(ada, "one", Cancel));
        Assert.False(await store.RedeemCodeAsync(ada, "one", Cancel));
        Assert.Equal(1, await store.CountCodesAsync(ada, Cancel));
    }

    [Fact]
    public async Task The_key_of_one_time_codes_is_stored_encrypted()
    {
        var ada = await AddAsync("ada");
        await store.SetAuthenticatorKeyAsync(ada, "JBSWY3DPEHPK3PXP", Cancel);
        await store.UpdateAsync(ada, Cancel);

        var found = (await store.FindByIdAsync($"{ada.Id}", Cancel))!;

        Assert.Equal("JBSWY3DPEHPK3PXP", await store.GetAuthenticatorKeyAsync(found, Cancel));
        Assert.DoesNotContain("JBSWY3DPEHPK3PXP", found.AuthenticatorKey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passkey_comes_back_as_it_was_and_counts_on()
    {
        var (ada, bob) = (await AddAsync("ada"), await AddAsync("bob"));
        await store.AddOrUpdatePasskeyAsync(ada, Passkey(7, "Key ring"), Cancel);
        await store.AddOrUpdatePasskeyAsync(ada, Passkey(8, "Key ring"), Cancel);
        // Nobody takes over a credential of another account.
        await store.AddOrUpdatePasskeyAsync(bob, Passkey(9, "Stolen"), Cancel);

        var found = Assert.Single(await store.GetPasskeysAsync(ada, Cancel));

        Assert.Equivalent(Passkey(8, "Key ring"), found, strict: true);
        Assert.Empty(await store.GetPasskeysAsync(bob, Cancel));
        Assert.Equal(ada.Id, (await store.FindByPasskeyIdAsync(found.CredentialId, Cancel))!.Id);
        Assert.Null(await store.FindPasskeyAsync(bob, found.CredentialId, Cancel));
        await store.RemovePasskeyAsync(ada, found.CredentialId, Cancel);
        Assert.Empty(await store.GetPasskeysAsync(ada, Cancel));
    }

    [Fact]
    public async Task An_account_elsewhere_belongs_to_one_account_here()
    {
        var ada = await AddAsync("ada");
        await store.AddLoginAsync(ada, new UserLoginInfo("https://id.example", "subject", "Example"), Cancel);

        Assert.Equal(ada.Id, (await store.FindByLoginAsync("https://id.example", "subject", Cancel))!.Id);
        Assert.Null(await store.FindByLoginAsync("https://other.example", "subject", Cancel));
        await store.RemoveLoginAsync(ada, "https://id.example", "subject", Cancel);
        Assert.Empty(await store.GetLoginsAsync(ada, Cancel));
    }

    private static UserPasskeyInfo Passkey(uint count, string name) =>
        new(
            Encoding.UTF8.GetBytes("credential"),
            [1, 2, 3],
            Some.Moment,
            count,
            ["usb", "nfc"],
            isUserVerified: true,
            isBackupEligible: true,
            isBackedUp: false,
            [4],
            [5]
        )
        {
            Name = name,
        };

    private async Task<Account> AddAsync(string name)
    {
        var account = new Account
        {
            Name = name,
            Email = $"{name}@desk.example",
            EmailKey = $"{name}@desk.example".ToUpperInvariant(),
            Stamp = "first",
        };
        await store.CreateAsync(account, Cancel);
        return account;
    }
}

public sealed class SqliteAccountStoreTests : AccountStoreContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("accounts.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresAccountStoreTests(PostgresServer server) : AccountStoreContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
