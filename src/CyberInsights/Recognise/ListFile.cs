using System.Reflection;
using System.Text;

namespace CyberInsights.Recognise;

/// <summary>The word lists that are built into the program: tab-separated lines, <c>#</c> begins a comment, <c>|</c> separates words in a field.</summary>
internal static class ListFile
{
    /// <summary>The fields of each line; lines with fewer than <paramref name="fields"/> get empty ones.</summary>
    internal static IEnumerable<string[]> Read(string name, int fields)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"lists/{name}")
            ?? throw new InvalidOperationException($"The list {name} is not built in.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            var values = line.Split('\t');
            yield return values.Length >= fields
                ? values
                : [.. values, .. Enumerable.Repeat("", fields - values.Length)];
        }
    }

    internal static string[] Words(string field) =>
        field.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
