using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CyberInsights.Storage;
using Npgsql;

[assembly: AssemblyFixture(typeof(CyberInsights.Tests.PostgresServer))]

namespace CyberInsights.Tests;

/// <summary>A throw-away PostgreSQL server of the test run's own, on loopback, started on first use as a user that is not root.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Migrated = "migrated";

    private readonly SemaphoreSlim starting = new(1, 1);
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"insights-pg-{Guid.NewGuid():N}");
    private Process? server;
    private int port;
    private int databases;

    /// <summary>The connection string of a new database that has all tables and nothing in them.</summary>
    public Task<string> NewDatabaseAsync() => CreateAsync(Migrated);

    /// <summary>The connection string of a new database without any table.</summary>
    public Task<string> BareDatabaseAsync() => CreateAsync("template1");

    private async Task<string> CreateAsync(string template)
    {
        await starting.WaitAsync();
        try
        {
            if (server is null)
            {
                await StartAsync();
                await MigrateAsync();
            }
        }
        finally
        {
            starting.Release();
        }
        var name = $"test{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(For("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"create database {name} template {template}";
        await command.ExecuteNonQueryAsync();
        return For(name);
    }

    public ValueTask DisposeAsync()
    {
        starting.Dispose();
        if (server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
            Directory.Delete(folder, recursive: true);
        }
        return ValueTask.CompletedTask;
    }

    // Migrated once: that takes far longer than to copy a database.
    private async Task MigrateAsync()
    {
        await using (var connection = new NpgsqlConnection(For("postgres")))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"create database {Migrated}";
            await command.ExecuteNonQueryAsync();
        }
        await using var database = await Database.StartAsync(
            For(Migrated) + ";Pooling=false",
            Some.Clock(),
            CancellationToken.None
        );
    }

    private string For(string database) =>
        $"Host=127.0.0.1;Port={port};Username=insights;Database={database};Maximum Pool Size=20";

    private async Task StartAsync()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => d, StringComparer.Ordinal).First()
                + "/bin"
            : throw new InvalidOperationException(
                "PostgreSQL is not installed, so its half of the contract cannot be tested. Run `make test`, which installs it."
            );
        Directory.CreateDirectory(folder);
        port = FreePort();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", $"postgres {folder}");
        }
        await RunAsync(
            $"{programs}/initdb",
            $"-D {folder}/data -A trust -U insights -E UTF8 --locale=C.UTF-8 --no-sync"
        );
        // What is thrown away needs no durability: no fsync. Its messages go to files: a pipe that nobody reads fills up after 64 KiB,
        // and then the server, and with it every test, waits for ever.
        server = Start(
            $"{programs}/postgres",
            $"-D {folder}/data -p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off "
                + "-c max_connections=200 -c logging_collector=on"
        );
        await WaitUntilItAnswersAsync();
        await Console.Error.WriteLineAsync(
            $"A throw-away PostgreSQL server runs on 127.0.0.1:{port} for this test run."
        );
    }

    private async Task WaitUntilItAnswersAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(For("postgres"));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 300)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task RunAsync(string program, string arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {arguments} failed: {errors}{await output}");
        }
    }

    // PostgreSQL refuses to run as root; Debian's package brings the user `postgres`.
    private static Process Start(string program, string arguments) =>
        Process.Start(
            Environment.IsPrivilegedProcess && program.StartsWith('/')
                ? new ProcessStartInfo("runuser", $"-u postgres -- {program} {arguments}")
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = "/",
                }
                : new ProcessStartInfo(program, arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = "/",
                }
        )!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
