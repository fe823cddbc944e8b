using System.Diagnostics;
using System.Text.Json.Nodes;
using CyberInsights.Text;
using CyberInsights.Text.Syntax;
using CyberInsights.Training.Syntax;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// The parser on development parts of English treebanks: words given, tags found, punctuation counted, relations without subtypes. Of the
/// English Web Treebank also the parts nearest to news, and from running text with sentences and words of our own. The parser was trained
/// on its training part alone. One core.
/// </summary>
internal static class TreebankSuite
{
    // The first runs are compiled while they are measured.
    private const int Runs = 5;

    public static Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var result = new JsonObject();
        var ewt = Path.Combine(data, "treebank", "en_ewt-dev.conllu");
        if (File.Exists(ewt))
        {
            var sentences = Treebank.Read(ewt);
            result["sentences"] = sentences.Count;
            Add(result, "", sentences);
            Add(result, "news_", [.. sentences.Where(s => s.Genre is "weblog" or "newsgroup")]);
            AddRunningText(result, sentences);
            result["tokens_per_second"] = Math.Round(Speed(sentences));
            result["model_mb"] = Math.Round(Parser.ShippedBytes / 1e6, 2);
        }
        var gum = Path.Combine(data, "treebank", "en_gum-dev.conllu");
        if (File.Exists(gum))
        {
            var sentences = Treebank.Read(gum);
            Add(result, "gum_", sentences);
            Add(result, "gum_news_", [.. sentences.Where(s => s.Genre is "GUM_news")]);
        }
        return Task.FromResult(result.Count == 0 ? null : result);
    }

    private static void Add(JsonObject result, string name, IReadOnlyList<GoldSentence> sentences)
    {
        var score = new TreebankScore();
        foreach (var (gold, tree) in sentences.Zip(TreebankScore.Parse(Parser.Shipped, sentences)))
        {
            score.Add(gold, tree);
        }
        result[name + "upos"] = Math.Round(score.Upos, 4);
        result[name + "xpos"] = Math.Round(score.Xpos, 4);
        result[name + "uas"] = Math.Round(score.Uas, 4);
        result[name + "las"] = Math.Round(score.Las, 4);
        result[name + "lemmas"] = Math.Round(score.Lemmas, 4);
    }

    private static void AddRunningText(JsonObject result, IReadOnlyList<GoldSentence> sentences)
    {
        var running = new RunningText(sentences);
        var score = running.Compare(Parser.Shipped.Parse(running.Text));
        result["own_sentences_f1"] = Math.Round(score.Sentences, 4);
        result["own_words_f1"] = Math.Round(score.Words, 4);
        result["own_upos_f1"] = Math.Round(score.Upos, 4);
        result["own_las_f1"] = Math.Round(score.Las, 4);
    }

    private static double Speed(IReadOnlyList<GoldSentence> sentences)
    {
        var (text, words) = TreebankScore.Spaced(sentences);
        var best = double.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var watch = Stopwatch.StartNew();
            Parser.Shipped.Parse(text, words);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        return words.Sum(w => w.Count) / best;
    }
}
