using CyberInsights.Text.Syntax;

namespace CyberInsights.Training.Syntax;

/// <summary>A treebank made ready: the names and features it knows, a network that knows nothing yet, and the lessons.</summary>
internal sealed class School
{
    // A feature seen less often says too little of the next text.
    private const int LeastFeatures = 3;
    private const int LeastWords = 2;

    // A word seen n times is taken for unknown in a share of α / (α + n) (Kiperwasser and Goldberg, 2016).
    private const float Alpha = 0.25f;

    private readonly Dictionary<uint, int> counts = [];
    private readonly Lemmas lemmas;

    internal School(IReadOnlyList<GoldSentence> source, WordVectors vectors, Widths widths, int seed)
    {
        var treebank = source.Select((s, i) => i % 2 == 0 ? s : Curled(s)).ToList();
        var tokens = treebank.SelectMany(s => s.Tokens).ToList();
        var labels = LabelsOf(tokens);
        Network = new Network(labels, FeaturesOf(tokens, vectors), widths);
        var random = new Random(seed);
        Fill(Network, random);
        Pretrained = new Pretrained(Network, vectors);
        Fill(Pretrained.Bridge.Weights, 0.05, random);
        Lessons = [.. treebank.Select(LessonOf)];
        lemmas = LemmasOf(tokens);
    }

    internal Network Network { get; }

    /// <summary>What has been learnt so far.</summary>
    internal Model Model => new(Pretrained.Merge(), lemmas);

    internal IReadOnlyList<Lesson> Lessons { get; }
    internal Pretrained Pretrained { get; }

    // The treebank has straight quotation marks, news mostly curly ones, which say more: every other sentence is taught with these.
    private static GoldSentence Curled(GoldSentence sentence) =>
        sentence with
        {
            Tokens =
            [
                .. sentence.Tokens.Select(t =>
                    (t.Form, t.Xpos) switch
                    {
                        ("\"", "``") => t with { Form = "“" },
                        ("\"", "''") => t with { Form = "”" },
                        _ => t,
                    }
                ),
            ],
        };

    private static Lemmas LemmasOf(List<GoldToken> tokens)
    {
        var irregular = new Dictionary<(string, string), string>();
        var groups = tokens.Where(t => t.Lemma != "_").GroupBy(t => (Lemmas.Lower(t.Form), t.Upos));
        foreach (var group in groups.OrderBy(g => g.Key))
        {
            var usual = group
                .GroupBy(t => t.Lemma)
                .OrderByDescending(l => l.Count())
                .ThenBy(l => l.Key, StringComparer.Ordinal)
                .First();
            var right = usual.Count(t => Lemmas.Regular(t.Form, group.Key.Item1, t.Xpos) == usual.Key);
            if (2 * right < usual.Count())
            {
                irregular[group.Key] = usual.Key;
            }
        }
        return new Lemmas(irregular);
    }

    private static Labels LabelsOf(List<GoldToken> tokens)
    {
        string[] upos = Names(t => t.Upos);
        string[] xpos = Names(t => t.Xpos);
        return new Labels(
            upos,
            xpos,
            ["root", .. Names(t => t.Relation).Where(r => r != "root")],
            [.. tokens.Select(t => (Array.IndexOf(upos, t.Upos), Array.IndexOf(xpos, t.Xpos))).Distinct().Order()]
        );

        string[] Names(Func<GoldToken, string> name) =>
            [.. tokens.Select(name).Distinct().Order(StringComparer.Ordinal)];
    }

    private uint[] FeaturesOf(List<GoldToken> tokens, WordVectors vectors)
    {
        var words = new HashSet<uint>();
        var features = new uint[WordFeatures.Most];
        foreach (var token in tokens)
        {
            var count = WordFeatures.Of(token.Form, features);
            words.Add(features[0]);
            foreach (var feature in features.Take(count))
            {
                counts[feature] = counts.GetValueOrDefault(feature) + 1;
            }
        }
        return
        [
            .. counts
                .Where(c => c.Value >= (words.Contains(c.Key) ? LeastWords : LeastFeatures))
                .Select(c => c.Key)
                .Union(vectors.Words)
                .Order(),
        ];
    }

    // Uniform within the square root of 6 / (inputs + outputs) (Glorot and Bengio, 2010); forget gates begin open.
    private static void Fill(Network network, Random random)
    {
        Fill(network.Lexicon.Vectors, 0.15, random);
        foreach (var layer in network.Layers)
        {
            Fill(layer.Weights, Math.Sqrt(6.0 / (layer.Inputs + layer.Outputs)), random);
        }
        Fill(network.Root, 0.1, random);
        foreach (var memory in network.Lower.Concat(network.Upper))
        {
            memory.Input.Bias.AsSpan(memory.Hidden, memory.Hidden).Fill(1);
        }
    }

    private static void Fill(float[] weights, double bound, Random random)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(bound * (2 * random.NextDouble() - 1));
        }
    }

    private Lesson LessonOf(GoldSentence sentence)
    {
        var (labels, lexicon) = (Network.Labels, Network.Lexicon);
        var (rows, forms, rarity) = (new List<int[]>(), new List<bool>(), new List<float>());
        var (features, found) = (new uint[WordFeatures.Most], new int[WordFeatures.Most]);
        foreach (var token in sentence.Tokens)
        {
            WordFeatures.Of(token.Form, features);
            rows.Add(found[..lexicon.RowsOf(token.Form, found)]);
            forms.Add(lexicon.RowOf(features[1]) > 0);
            rarity.Add(Alpha / (Alpha + counts[features[0]]));
        }
        return new Lesson(
            [.. rows],
            [.. forms],
            [.. rarity],
            [.. sentence.Tokens.Select(t => Array.IndexOf(labels.Upos, t.Upos))],
            [.. sentence.Tokens.Select(t => Array.IndexOf(labels.Xpos, t.Xpos))],
            [.. sentence.Tokens.Select(t => t.Head + 1)],
            [.. sentence.Tokens.Select(t => Array.IndexOf(labels.Relations, t.Relation))]
        );
    }
}
