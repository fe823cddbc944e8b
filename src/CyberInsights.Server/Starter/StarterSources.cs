namespace CyberInsights.Server.Starter;

/// <summary>The sources a new newsroom begins with: well-known public feeds, listed in <c>sources.json</c> beside this file.</summary>
internal static class StarterSources
{
    internal static string Json()
    {
        using var stream = typeof(StarterSources).Assembly.GetManifestResourceStream("starter/sources.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
