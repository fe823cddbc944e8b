using System.Globalization;

namespace CyberInsights.Training.Syntax;

/// <summary>A sentence of a treebank.</summary>
/// <param name="Genre">First part of its document's name: weblog, GUM_news ...</param>
/// <param name="Text">As it was written.</param>
internal sealed record GoldSentence(string Genre, string Text, bool StartsParagraph, IReadOnlyList<GoldToken> Tokens);

/// <param name="Head">The token of the same sentence it depends on; -1 for the root.</param>
internal sealed record GoldToken(string Form, string Lemma, string Upos, string Xpos, int Head, string Relation);

/// <summary>Reads CoNLL-U (universaldependencies.org/format.html). Words within a written word are taken, the written word is not.</summary>
internal static class Treebank
{
    internal static List<GoldSentence> Read(string file)
    {
        var sentences = new List<GoldSentence>();
        var tokens = new List<GoldToken>();
        var (genre, text, starts) = ("", "", true);
        foreach (var line in File.ReadLines(file).Append(""))
        {
            if (line.Length == 0 && tokens.Count > 0)
            {
                sentences.Add(new GoldSentence(genre, text, starts, tokens));
                (tokens, starts) = ([], false);
            }
            else if (After(line, "# newdoc id = ") is { } document)
            {
                genre = Genre(document);
            }
            else if (line.StartsWith("# newpar", StringComparison.Ordinal))
            {
                starts = true;
            }
            else if (After(line, "# text = ") is { } written)
            {
                text = written;
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                Add(tokens, line.Split('\t'));
            }
        }
        return sentences;
    }

    private static void Add(List<GoldToken> tokens, string[] fields)
    {
        // "3-4" is a written word of two, "8.1" a word that was left out.
        if (fields[0].AsSpan().ContainsAny('-', '.'))
        {
            return;
        }
        var head = int.Parse(fields[6], CultureInfo.InvariantCulture) - 1;
        tokens.Add(new GoldToken(fields[1], fields[2], fields[3], fields[4], head, fields[7]));
    }

    // "weblog-blogspot.com_..." and "GUM_news_homeopathic".
    private static string Genre(string document)
    {
        var parts = document.Split('-')[0].Split('_');
        return parts[0] == "GUM" ? $"{parts[0]}_{parts[1]}" : parts[0];
    }

    private static string? After(string line, string start) =>
        line.StartsWith(start, StringComparison.Ordinal) ? line[start.Length..] : null;
}
