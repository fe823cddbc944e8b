using System.Globalization;
using System.Text.Json.Nodes;
using CyberInsights.Group;

namespace CyberInsights.Training.Grouping;

/// <summary>
/// Learns a vector for each English piece of MiniLM's vocabulary, such that the sum over a text points where MiniLM's own vector of the text points, in the directions in
/// which reports lie most. A vector begins as what MiniLM says of the piece alone, weighed by how rare it is, so that pieces that no report has mean something too.
/// </summary>
internal sealed class MeaningTraining
{
    private const string Model = "src/CyberInsights/Group/Models/meanings.bin";

    // Evenly over the archive; all 21,000 reports take MiniLM three times as long.
    private const int MaxTexts = 7000;

    private const int HeldBack = 20;
    private const int Passes = 10;
    private const float Rate = 0.02f;
    private const double Smoothing = 40;

    private readonly float[][] vectors;
    private readonly float[][] squares;

    private MeaningTraining(float[][] vectors)
    {
        this.vectors = vectors;
        squares = [.. vectors.Select(v => v.Select(_ => 1e-6f).ToArray())];
    }

    internal static int Run(string data)
    {
        using var encoder = new MiniLm();
        var texts = Texts(data);
        // Accents are taken off before a text is cut, so other letters than English ones are of other languages.
        var pieces = encoder
            .Vocabulary.Select((Piece, Number) => (Piece, Number))
            .Where(p => !p.Piece.StartsWith('[') && p.Piece.All(char.IsAscii))
            .ToList();
        var cutter = new WordPieces(
            pieces.Select((p, i) => (p.Piece, i)).ToDictionary(p => p.Piece, p => p.i, StringComparer.Ordinal)
        );
        var cut = texts
            .Select(t => cutter.Of(t).Take(MiniLm.MaxPieces).Where(p => p != WordPieces.Unknown).ToArray())
            .ToList();
        var whole = texts.Select(encoder.Of).ToList();
        var alone = pieces.Select(p => encoder.Of([p.Number])).ToList();
        var directions = Vectors.Principal(whole, Meanings.Dimensions);
        float[] Seen(float[] vector) => [.. directions.Select(d => Vectors.Dot(d, vector))];
        var with = cut.SelectMany(c => c.Distinct()).CountBy(p => p).ToDictionary();
        var learned = new MeaningTraining([
            .. alone.Select(
                (a, i) =>
                    Seen(a)
                        .Select(v => v * (float)Math.Log((texts.Count + Smoothing) / (with.GetValueOrDefault(i) + 1)))
                        .ToArray()
            ),
        ]);
        learned.Fit(cut, [.. whole.Select(w => Vectors.Unit(Seen(w)))]);
        Directory.CreateDirectory(Path.GetDirectoryName(Model)!);
        using var file = File.Create(Model);
        Meanings.Write(file, [.. pieces.Select((p, i) => (p.Piece, learned.vectors[i]))]);
        return 0;
    }

    // Reports that are labelled stay out, so that grouping is measured on texts that nothing was learned from.
    private static List<string> Texts(string data)
    {
        var labelled = LabelledReports.Titles(data);
        var texts = File.ReadLines(Path.Combine(data, "cybernews/combined.articles.jsonl"))
            .Select(l => JsonNode.Parse(l)!.AsObject())
            .Select(r => (Title: (string?)r["title"] ?? "", Text: (string?)r["summary"] ?? ""))
            .Where(r => !labelled.Contains(r.Title))
            .Select(r => Meanings.Beginning(r.Title, r.Text))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var step = Math.Max(1, texts.Count / MaxTexts);
        return [.. texts.Where((_, i) => i % step == 0)];
    }

    // Steps along the slope of the cosine, each number with a rate of its own (Adagrad; Duchi, Hazan and Singer, JMLR 12, 2011).
    private void Fit(List<int[]> cut, List<float[]> aims)
    {
        Tell("before", cut, aims);
        var random = new Random(1);
        var order = Enumerable.Range(0, cut.Count).Where(t => t % HeldBack > 0 && cut[t].Length > 0).ToArray();
        for (var pass = 1; pass <= Passes; pass++)
        {
            random.Shuffle(order);
            foreach (var text in order)
            {
                Approach(cut[text], aims[text]);
            }
            Tell($"pass {pass}", cut, aims);
        }
    }

    private void Approach(int[] pieces, float[] aim)
    {
        var sum = Sum(pieces);
        var length = MathF.Sqrt(Vectors.Dot(sum, sum));
        var cosine = Vectors.Dot(sum, aim) / length;
        foreach (var piece in pieces)
        {
            var (vector, square) = (vectors[piece], squares[piece]);
            for (var i = 0; i < sum.Length; i++)
            {
                var slope = (aim[i] - cosine * sum[i] / length) / length;
                square[i] += slope * slope;
                vector[i] += Rate * slope / MathF.Sqrt(square[i]);
            }
        }
    }

    private float[] Sum(int[] pieces)
    {
        var sum = new float[Meanings.Dimensions];
        foreach (var piece in pieces)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += vectors[piece][i];
            }
        }
        return sum;
    }

    private void Tell(string when, List<int[]> cut, List<float[]> aims) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{when, -8} mean cosine to MiniLM on texts held back: {Enumerable.Range(0, cut.Count).Where(t => t % HeldBack == 0).Average(t => Vectors.Dot(Vectors.Unit(Sum(cut[t])), aims[t])):0.000}"
            )
        );
}
