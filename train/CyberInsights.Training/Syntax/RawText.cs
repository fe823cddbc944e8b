using System.Text.Json;
using CyberInsights.Text;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Training.Syntax;

/// <summary>Headlines and summaries of the field without any annotation, as sentences of words.</summary>
internal static class RawText
{
    internal static List<string[]> Read(string file)
    {
        var sentences = new List<string[]>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file))
        {
            using var report = JsonDocument.Parse(line);
            foreach (var part in (string[])["title", "summary"])
            {
                if (
                    report.RootElement.TryGetProperty(part, out var value)
                    && value.GetString() is { Length: > 0 } text
                    && known.Add(text)
                )
                {
                    var tokens = Tokens.Of(text);
                    sentences.AddRange(
                        Words
                            .Of(text, tokens, Sentences.Of(text, tokens, "en"))
                            .Select(s => s.Select(w => text.Substring(w.Start, w.Length)).ToArray())
                    );
                }
            }
        }
        return sentences;
    }
}
