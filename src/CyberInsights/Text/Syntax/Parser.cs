using System.Collections.Concurrent;

namespace CyberInsights.Text.Syntax;

/// <summary>
/// Finds parts of speech, heads and relations of English sentences, after Universal Dependencies as in its English Web Treebank.
/// Immutable and thread safe; the same text gives the same trees.
/// </summary>
public sealed class Parser
{
    /// <summary>Words read as one sentence at most; a longer one is read in pieces, each hung from the root of the first.</summary>
    public const int MaxWords = 300;

    // Enough rows for the matrices to run full; 6 MB of values between the layers.
    private const int BatchWords = 600;

    private static readonly Lazy<Parser> Loaded = new(() => new Parser(ReadShipped()));
    private readonly Model model;

    // As many as threads ever parsed at once.
    private readonly ConcurrentBag<Activations> idle = [];

    internal Parser(Model model) => this.model = model;

    /// <summary>The parser that ships, loaded at first use.</summary>
    public static Parser Shipped => Loaded.Value;

    /// <summary>Length of the shipped model file.</summary>
    internal static long ShippedBytes
    {
        get
        {
            using var stream = OpenShipped();
            return stream.Length;
        }
    }

    /// <summary>Splits a text into sentences and words and parses them.</summary>
    public IReadOnlyList<SyntaxTree> Parse(string text)
    {
        var tokens = Tokens.Of(text);
        return Parse(text, Words.Of(text, tokens, Sentences.Of(text, tokens, "en")));
    }

    /// <summary>Parses sentences of given words.</summary>
    /// <returns>One tree for each sentence.</returns>
    public IReadOnlyList<SyntaxTree> Parse(string text, IReadOnlyList<IReadOnlyList<Word>> sentences)
    {
        var pieces = sentences.SelectMany(s => s.Chunk(MaxWords)).ToList();
        var parsed = new TokenSyntax[pieces.Count][];
        var activations = idle.TryTake(out var taken) ? taken : new Activations(model.Network);
        var order = Enumerable.Range(0, pieces.Count).OrderBy(i => pieces[i].Length).ToList();
        for (var first = 0; first < order.Count; )
        {
            var (end, words) = (first, 0);
            while (end < order.Count && (end == first || words + pieces[order[end]].Length <= BatchWords))
            {
                words += pieces[order[end++]].Length;
            }
            var members = order.GetRange(first, end - first);
            var batch = new BatchParse(model, activations, text, [.. members.Select(i => pieces[i])]).Run();
            for (var i = 0; i < members.Count; i++)
            {
                parsed[members[i]] = batch[i];
            }
            first = end;
        }
        idle.Add(activations);
        return Join(sentences, parsed);
    }

    private static List<SyntaxTree> Join(IReadOnlyList<IReadOnlyList<Word>> sentences, TokenSyntax[][] parsed)
    {
        var trees = new List<SyntaxTree>(sentences.Count);
        var piece = 0;
        foreach (var sentence in sentences)
        {
            var whole = new List<TokenSyntax>(sentence.Count);
            while (whole.Count < sentence.Count)
            {
                var (offset, root) = (whole.Count, whole.FindIndex(t => t.Head < 0));
                whole.AddRange(
                    parsed[piece++]
                        .Select(t =>
                            t.Head >= 0 ? t with { Head = t.Head + offset }
                            : root >= 0 ? t with { Head = root, Relation = "parataxis" }
                            : t
                        )
                );
            }
            trees.Add(new SyntaxTree(whole));
        }
        return trees;
    }

    private static Model ReadShipped()
    {
        using var stream = OpenShipped();
        return ModelFile.Read(stream);
    }

    private static Stream OpenShipped() => typeof(Parser).Assembly.GetManifestResourceStream("syntax/english.model")!;
}
