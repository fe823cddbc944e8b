using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace CyberInsights.Storage;

/// <summary>
/// Brings a database up to date: <c>0001_name.sql</c>, or <c>.sqlite.sql</c> and <c>.postgres.sql</c> where they must differ, in
/// order, one transaction each. A released migration is never edited; its hash is kept and compared.
/// </summary>
internal sealed class Migrator(Database database)
{
    internal async Task RunAsync(CancellationToken cancel)
    {
        await database.WriteAsync(
            async t =>
            {
                await database.Engine.LockForMigrationAsync(t, cancel);
                await t.ExecuteAsync(
                    "create table if not exists migrations (number integer primary key, name text not null, hash text not null, at bigint not null)",
                    null,
                    cancel
                );
            },
            cancel
        );
        foreach (var migration in Known(database.Engine.Name))
        {
            await ApplyAsync(migration, cancel);
        }
        await RefuseNewerAsync(cancel);
    }

    /// <summary>The tables whose rows have ids of ours, in their column <c>id</c>; a test compares with the database.</summary>
    internal static IReadOnlyList<string> WithIds { get; } =
    [
        "account_sessions",
        "accounts",
        "activities",
        "activity_deliveries",
        "advisories",
        "articles",
        "audit",
        "bursts",
        "deliveries",
        "dossier_changes",
        "editions",
        "entities",
        "event_edits",
        "event_moves",
        "events",
        "hub_intents",
        "hub_subscriptions",
        "mailings",
        "mails",
        "page_fetches",
        "reports",
        "setting_changes",
        "snapshots",
        "sources",
        "statement_reviews",
        "statements",
        "stories",
        "subscribers",
        "tip_notes",
        "tips",
        "topics",
        "watches",
    ];

    /// <summary>The largest id stored in any table, 0 in an empty database.</summary>
    internal static async Task<long> HighestIdAsync(Database database, CancellationToken cancel)
    {
        var sql = string.Join(" union all ", WithIds.Select(t => $"select max(id) as id from {t}"));
        return await database.FirstAsync<long?>($"select max(id) from ({sql}) as ids", null, cancel) ?? 0;
    }

    private Task ApplyAsync(Migration migration, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                await database.Engine.LockForMigrationAsync(t, cancel);
                var applied = await t.FirstAsync<string>(
                    "select hash from migrations where number = @Number",
                    migration,
                    cancel
                );
                if (applied is null)
                {
                    await t.ExecuteAsync(migration.Sql, null, cancel);
                    await t.ExecuteAsync(
                        "insert into migrations (number, name, hash, at) values (@Number, @Name, @Hash, @Now)",
                        new
                        {
                            migration.Number,
                            migration.Name,
                            migration.Hash,
                            t.Now,
                        },
                        cancel
                    );
                }
                else if (applied != migration.Hash)
                {
                    throw new RefusalException(
                        RefusalKind.Unavailable,
                        $"Migration {migration.Number} of this database is not the one in this version of the program: nothing was changed. Use the program version that made the database, or restore a backup."
                    );
                }
            },
            cancel
        );

    private async Task RefuseNewerAsync(CancellationToken cancel)
    {
        var newest = await database.FirstAsync<long>("select max(number) from migrations", null, cancel);
        var known = Known(database.Engine.Name).Max(m => m.Number);
        if (newest > known)
        {
            throw new RefusalException(
                RefusalKind.Unavailable,
                $"This database was written by a newer version (schema {newest}, this program knows {known}): nothing was changed. Start the newer version, or restore a backup from before the upgrade."
            );
        }
    }

    internal static IReadOnlyList<Migration> Known(string engine)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith("migrations/", StringComparison.Ordinal))
                .Select(n => n["migrations/".Length..])
                .Where(n => n.Split('.').Length == 2 || n.EndsWith($".{engine}.sql", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(n => Read(assembly, n)),
        ];
    }

    private static Migration Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream($"migrations/{name}")!, Encoding.UTF8);
        var sql = reader.ReadToEnd();
        return new Migration(
            int.Parse(name[..4], CultureInfo.InvariantCulture),
            name,
            sql,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)))
        );
    }

    internal sealed record Migration(int Number, string Name, string Sql, string Hash);
}
