using CyberInsights.Text.Syntax;

namespace CyberInsights.Training.Syntax;

/// <summary>How many tokens of a treebank are right, punctuation included; relations are compared without their subtypes.</summary>
internal sealed class TreebankScore
{
    private int upos;
    private int xpos;
    private int lemmas;
    private int heads;
    private int relations;

    internal int Tokens { get; private set; }
    internal double Upos => (double)upos / Tokens;
    internal double Xpos => (double)xpos / Tokens;
    internal double Lemmas => (double)lemmas / Tokens;
    internal double Uas => (double)heads / Tokens;
    internal double Las => (double)relations / Tokens;

    /// <summary>Parses sentences of given words.</summary>
    internal static IReadOnlyList<SyntaxTree> Parse(Parser parser, IReadOnlyList<GoldSentence> sentences)
    {
        var (text, words) = Spaced(sentences);
        return parser.Parse(text, words);
    }

    /// <summary>The words of sentences with a space after each, and where they are.</summary>
    internal static (string Text, IReadOnlyList<IReadOnlyList<Word>> Words) Spaced(
        IReadOnlyList<GoldSentence> sentences
    )
    {
        var text = new System.Text.StringBuilder();
        var words = new List<IReadOnlyList<Word>>();
        foreach (var sentence in sentences)
        {
            var list = new List<Word>();
            foreach (var token in sentence.Tokens)
            {
                list.Add(new Word(text.Length, token.Form.Length));
                text.Append(token.Form).Append(' ');
            }
            words.Add(list);
        }
        return (text.ToString(), words);
    }

    internal void Add(GoldSentence gold, SyntaxTree tree)
    {
        for (var i = 0; i < gold.Tokens.Count; i++)
        {
            var (right, found) = (gold.Tokens[i], tree.Tokens[i]);
            Tokens++;
            upos += right.Upos == found.Upos ? 1 : 0;
            xpos += right.Xpos == found.Xpos ? 1 : 0;
            lemmas += right.Lemma == found.Lemma ? 1 : 0;
            heads += right.Head == found.Head ? 1 : 0;
            relations += right.Head == found.Head && Universal(right.Relation) == Universal(found.Relation) ? 1 : 0;
        }
    }

    internal static string Universal(string relation) => relation.Split(':')[0];
}
