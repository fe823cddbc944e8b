using System.Text;

namespace CyberInsights.Training.Tagging;

/// <summary>A stretch of a text that people marked.</summary>
internal readonly record struct Marked(int Start, int End, string Type);

/// <summary>A text of a corpus whose tokens are marked one a line (BIO or BIOES): the tokens with a space between them, a sentence a line.</summary>
internal sealed record AnnotatedText(string Text, IReadOnlyList<Marked> Names)
{
    // Sentences read as one text where a corpus does not mark its documents: enough for "surname after full name".
    private const int SentencesPerText = 60;

    internal static IEnumerable<AnnotatedText> Read(string file)
    {
        var lines = File.ReadAllLines(file);
        var marked = lines.Any(StartsDocument);
        var text = new List<List<(string, string)>>();
        var sentence = new List<(string, string)>();
        foreach (var line in lines.Append(""))
        {
            var fields = line.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
            var starts = StartsDocument(line);
            if (fields.Length >= 2 && !starts)
            {
                sentence.Add((fields[0], fields[^1]));
                continue;
            }
            if (sentence.Count > 0)
            {
                text.Add(sentence);
                sentence = [];
            }
            if (text.Count > 0 && (starts || (!marked && text.Count >= SentencesPerText)))
            {
                yield return Join(text);
                text = [];
            }
        }
        if (text.Count > 0)
        {
            yield return Join(text);
        }
    }

    private static bool StartsDocument(string line) => line.StartsWith("<DOCSTART>", StringComparison.Ordinal);

    private static AnnotatedText Join(List<List<(string Word, string Tag)>> sentences)
    {
        var text = new StringBuilder();
        var names = new List<Marked>();
        foreach (var sentence in sentences)
        {
            var (start, end, type) = (0, 0, "");
            foreach (var (word, tag) in sentence)
            {
                var dash = tag.IndexOf('-', StringComparison.Ordinal);
                var (mark, kind) = dash == 1 ? (tag[0], tag[2..]) : ('O', "");
                if (mark is 'B' or 'S' or 'O' || kind != type)
                {
                    Close();
                    (start, type) = (text.Length, kind);
                }
                text.Append(word);
                end = text.Length;
                text.Append(' ');
            }
            Close();
            text.Append('\n');

            void Close()
            {
                if (type.Length > 0)
                {
                    names.Add(new Marked(start, end, type));
                }
                type = "";
            }
        }
        return new AnnotatedText(text.ToString(), names);
    }
}
