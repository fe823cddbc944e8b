namespace CyberInsights.Tests;

/// <summary>A folder of a test's own, gone when the test is.</summary>
internal sealed class TestFolder : IDisposable
{
    internal string Path { get; } =
        Directory
            .CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"insights-{Guid.NewGuid():N}"))
            .FullName;

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
