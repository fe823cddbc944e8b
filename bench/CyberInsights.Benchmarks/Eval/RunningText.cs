using System.Text;
using CyberInsights.Text.Syntax;
using CyberInsights.Training.Syntax;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// A treebank as running text, and how much of it is found again: F1 over sentences, words, and words with tag or with head and relation
/// (as the CoNLL 2018 shared task counts). Sentences of a paragraph have a space between them, paragraphs a line end.
/// </summary>
internal sealed class RunningText
{
    private readonly Dictionary<(int Start, int End), (GoldToken Token, (int, int)? Head)> gold = [];
    private readonly HashSet<(int, int)> goldSentences = [];

    internal RunningText(IReadOnlyList<GoldSentence> sentences)
    {
        var text = new StringBuilder();
        foreach (var sentence in sentences)
        {
            text.Append(
                text.Length == 0 ? ""
                : sentence.StartsParagraph ? "\n"
                : " "
            );
            var spans = Spans(sentence, text.Length);
            text.Append(sentence.Text);
            goldSentences.Add((spans[0].Start, spans[^1].End));
            for (var i = 0; i < spans.Count; i++)
            {
                var token = sentence.Tokens[i];
                gold[spans[i]] = (token, token.Head < 0 ? null : spans[token.Head]);
            }
        }
        Text = text.ToString();
    }

    internal string Text { get; }

    internal (double Sentences, double Words, double Upos, double Las) Compare(IReadOnlyList<SyntaxTree> trees)
    {
        var (sentences, words, upos, las) = (new Score(), new Score(), new Score(), new Score());
        sentences.Wanted = goldSentences.Count;
        words.Wanted = upos.Wanted = las.Wanted = gold.Count;
        sentences.Found = trees.Count;
        words.Found = upos.Found = las.Found = trees.Sum(t => t.Tokens.Count);
        foreach (var tree in trees)
        {
            sentences.Right += goldSentences.Contains((tree.Tokens[0].Start, tree.Tokens[^1].End)) ? 1 : 0;
            foreach (var token in tree.Tokens)
            {
                if (!gold.TryGetValue((token.Start, token.End), out var right))
                {
                    continue;
                }
                words.Right++;
                upos.Right += right.Token.Upos == token.Upos ? 1 : 0;
                (int, int)? head = token.Head < 0 ? null : (tree.Tokens[token.Head].Start, tree.Tokens[token.Head].End);
                las.Right += head == right.Head && token.Is(TreebankScore.Universal(right.Token.Relation)) ? 1 : 0;
            }
        }
        return (sentences.F1, words.F1, upos.F1, las.F1);
    }

    // A written word of two ("dont") is spelt as its parts are, one after the other.
    private static List<(int Start, int End)> Spans(GoldSentence sentence, int offset)
    {
        var spans = new List<(int, int)>();
        var at = 0;
        foreach (var token in sentence.Tokens)
        {
            var start = sentence.Text.IndexOf(token.Form, at, StringComparison.Ordinal);
            at = start < 0 ? at : start;
            var end = Math.Min(at + token.Form.Length, sentence.Text.Length);
            spans.Add((offset + at, offset + end));
            at = end;
        }
        return spans;
    }
}
