using System.Reflection;
using System.Text;

namespace CyberInsights.Extract.SourceEdits;

/// <summary>The words of <c>Lists/source-edits.tsv</c>, ready to be looked for.</summary>
internal static class EditWords
{
    private static readonly ILookup<string, string> Phrases = Read();

    /// <summary>Whether a text says that the report was corrected, clarified or taken back.</summary>
    internal static bool HasNote(string text) => Count("note", text) > 0;

    internal static bool HasDenial(string text) => Count("denial", text) > 0;

    internal static bool HasClock(string text) => Count("clock", text) > 0;

    /// <summary>How firmly a passage claims what it says, for comparing two wordings of one claim: its strong words less its hedges.</summary>
    internal static int Firmness(string text) => Count("strong", text) - Count("hedge", text);

    private static int Count(string role, string text)
    {
        var words = new FoldedWords(text);
        return Phrases[role].Count(words.Contains);
    }

    private static ILookup<string, string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("field/source-edits.tsv")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader
            .ReadToEnd()
            .Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .SelectMany(fields =>
                fields[1].Split('|').Select(words => (Role: fields[0], Phrase: FoldedWords.Phrase(words)!))
            )
            .Distinct()
            .ToLookup(entry => entry.Role, entry => entry.Phrase);
    }
}
