using System.Diagnostics;
using System.Globalization;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Training.Syntax;

/// <summary>
/// Trains the parser on the training part of the English Web Treebank, with vectors of words from news texts without annotation, and
/// writes its model file. The development part is only measured. The same data gives the same file on one machine.
/// </summary>
internal static class ParserTraining
{
    internal const string ModelPath = "src/CyberInsights/Text/Syntax/Models/english.model";

    private const int Epochs = 15;
    private const int Seed = 17;
    private static readonly Widths Widths = new(Word: 128, Lower: 96, Upper: 96, Arc: 96, Relation: 64);

    /// <returns>The exit code.</returns>
    internal static int Run(string data, string modelPath)
    {
        var watch = Stopwatch.StartNew();
        var treebank = Treebank.Read(Path.Combine(data, "treebank", "en_ewt-train.conllu"));
        var measured = Treebank.Read(Path.Combine(data, "treebank", "en_ewt-dev.conllu"));
        var vectors = VectorsOf(RawText.Read(Path.Combine(data, "cybernews", "combined.articles.jsonl")), treebank);
        Log($"{vectors.Words.Count()} words have vectors after {watch.Elapsed.TotalSeconds:F0} s");
        var school = new School(treebank, vectors, Widths, Seed);
        var teacher = new Teacher(school, Epochs, Seed);
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            var loss = teacher.Teach();
            Log(
                $"epoch {epoch} of {Epochs}, {watch.Elapsed.TotalSeconds:F0} s: loss {loss:F3}; {Measure(school.Model, measured)}"
            );
        }
        using (var file = File.Create(modelPath))
        {
            ModelFile.Write(school.Model, file);
        }
        using var written = File.OpenRead(modelPath);
        Log($"{modelPath}, {written.Length} bytes: {Measure(ModelFile.Read(written), measured)}");
        return 0;
    }

    private static WordVectors VectorsOf(List<string[]> texts, List<GoldSentence> treebank)
    {
        var sentences = texts.Concat(treebank.Select(s => s.Tokens.Select(t => t.Form).ToArray()));
        return new WordVectors([.. sentences.Select(s => s.Select(w => WordFeatures.Word(w)).ToArray())]);
    }

    private static string Measure(Model model, List<GoldSentence> sentences)
    {
        var score = new TreebankScore();
        foreach (var (gold, tree) in sentences.Zip(TreebankScore.Parse(new Parser(model), sentences)))
        {
            score.Add(gold, tree);
        }
        return string.Create(
            CultureInfo.InvariantCulture,
            $"dev UPOS {score.Upos:P2}, XPOS {score.Xpos:P2}, lemmas {score.Lemmas:P2}, UAS {score.Uas:P2}, LAS {score.Las:P2}"
        );
    }

    private static void Log(FormattableString line) =>
        Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
