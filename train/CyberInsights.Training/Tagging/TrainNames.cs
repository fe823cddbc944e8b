using System.Globalization;
using CyberInsights.Recognise.Tagging;

namespace CyberInsights.Training.Tagging;

/// <summary>Trains the tagger on the training part of AnnoCTR, and measures it there by cross validation over documents.</summary>
internal static class TrainNames
{
    private const string Target = "src/CyberInsights/Recognise/Models/names.bin";
    private const int Folds = 5;

    internal static int Run(string data)
    {
        var model = new TagTrainer([.. Texts(data).SelectMany(Lesson.Of)]).Train();
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        using var file = File.Create(Target);
        model.Write(file);
        Console.WriteLine($"{Target}: {model.Features} features, {file.Length} bytes");
        return 0;
    }

    /// <summary>Trains on four fifths and tags the fifth, five times.</summary>
    internal static int CrossValidate(string data)
    {
        var texts = Texts(data);
        var scores = new SortedDictionary<string, NameScore>(StringComparer.Ordinal);
        for (var fold = 0; fold < Folds; fold++)
        {
            var learned = texts.Where((_, i) => i % Folds != fold).SelectMany(Lesson.Of).ToList();
            var model = new TagTrainer(learned).Train();
            foreach (var text in texts.Where((_, i) => i % Folds == fold))
            {
                NameScore.Add(scores, text, model);
            }
        }
        foreach (var (type, score) in scores)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{type, -8} {score}"));
        }
        Console.WriteLine($"micro    {NameScore.Sum(scores.Where(s => s.Key != "CON").Select(s => s.Value))}");
        return 0;
    }

    private static List<AnnotatedText> Texts(string data) =>
        [.. AnnotatedText.Read(Path.Combine(data, "cyberner/annoctr/AnnoCTR/ner_bio/train.bio"))];
}
