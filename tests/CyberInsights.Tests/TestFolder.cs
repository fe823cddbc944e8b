using CyberInsights.Storage;

namespace CyberInsights.Tests;

/// <summary>A folder of a test's own, gone when the test is.</summary>
internal sealed class TestFolder : IDisposable
{
    internal string Path { get; } =
        Directory
            .CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"insights-{Guid.NewGuid():N}"))
            .FullName;

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    // Migrated once: that takes far longer than to copy a file.
    private static readonly Lazy<Task<string>> Empty = new(async () =>
    {
        var file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"insights-empty-{Environment.ProcessId}.db");
        System.IO.File.Delete(file);
        await using var database = await Database.StartAsync(file, Some.Clock(), default);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.File.Delete(file);
        return file;
    });

    /// <summary>The file of an SQLite database that has all tables and nothing in them.</summary>
    internal async Task<string> DatabaseAsync(string name)
    {
        System.IO.File.Copy(await Empty.Value, File(name));
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
