using CyberInsights.Text;

namespace CyberInsights.Training.Gather;

/// <summary>Words that running English writes in lower case; a name that is spelled like one needs its context.</summary>
internal static class OrdinaryWords
{
    internal static HashSet<string> Read(string data)
    {
        var words = new HashSet<string>();
        foreach (var line in File.ReadLines(Path.Combine(data, "treebank/en_ewt-train.conllu")))
        {
            var fields = line.Split('\t');
            if (fields.Length > 2)
            {
                Take(fields[1]);
            }
        }
        foreach (var line in File.ReadLines(Path.Combine(data, "cyberner/annoctr/AnnoCTR/ner_bio/train.bio")))
        {
            var fields = line.Split('\t');
            if (fields[^1] is "O" or "B-CON" or "B-SECTOR" or "B-TECHNIQUE" or "B-TACTIC")
            {
                Take(fields[0]);
            }
        }
        return words;

        void Take(string word)
        {
            if (word.Length > 1 && word.All(char.IsLower))
            {
                words.Add(Folding.Fold(word));
            }
        }
    }
}
