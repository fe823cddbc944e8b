namespace CyberInsights.Tests;

/// <summary>Files of the checkout the tests were built from.</summary>
internal static class Checkout
{
    internal static string Root { get; } = Find();

    internal static string Text(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    internal static IEnumerable<string> Files(string folder, string pattern) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(f =>
                !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)
            );

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CyberInsights.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside a checkout.");
        }
        return folder.FullName;
    }
}
