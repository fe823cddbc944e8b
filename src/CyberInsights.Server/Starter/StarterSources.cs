namespace CyberInsights.Server.Starter;

/// <summary>The sources a new newsroom begins with: well-known public feeds, listed in <c>sources.json</c> beside this file.</summary>
internal static class StarterSources
{
    internal static byte[] Json()
    {
        using var stream = typeof(StarterSources).Assembly.GetManifestResourceStream("starter/sources.json")!;
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return json;
    }
}
