using CyberInsights.Recognise;
using CyberInsights.Recognise.Tagging;
using CyberInsights.Text;

namespace CyberInsights.Training.Tagging;

/// <summary>A sentence to learn from: the features of each token and its right tag.</summary>
internal sealed record Lesson(ulong[][] Features, int[] Tags)
{
    internal static List<Lesson> Of(AnnotatedText text)
    {
        var reading = new Reading("", text.Text, "en");
        var features = new TagFeatures(reading, new Listing(reading));
        var tags = TagsOf(reading, text);
        var lessons = new List<Lesson>();
        var buffer = new List<ulong>();
        for (var number = 0; number < reading.Sentences.Count; number++)
        {
            var sentence = reading.Sentences[number];
            features.SentenceNumber = number;
            var rows = new List<ulong[]>();
            for (var i = sentence.First; i < sentence.End; i++)
            {
                features.Of(i, sentence, buffer);
                rows.Add([.. buffer]);
            }
            if (rows.Count > 0)
            {
                lessons.Add(new Lesson([.. rows], tags[sentence.First..sentence.End]));
            }
        }
        return lessons;
    }

    // A mark that begins or ends within a token counts for the whole token.
    private static int[] TagsOf(Reading reading, AnnotatedText text)
    {
        var tags = new int[reading.Tokens.Count];
        foreach (var name in text.Names)
        {
            var type = Array.IndexOf(Tag.Types, name.Type);
            if (type < 0)
            {
                continue;
            }
            // Offsets count the empty title's line feed.
            var first = true;
            foreach (var (token, at) in Within(reading, name.Start + 1, name.End + 1))
            {
                tags[at] = first ? Tag.Begin(type) : Tag.Inside(type);
                first = false;
            }
        }
        return tags;
    }

    private static IEnumerable<(Token Token, int At)> Within(Reading reading, int start, int end)
    {
        var (low, high) = (0, reading.Tokens.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = reading.Tokens[middle].End <= start ? (middle + 1, high) : (low, middle);
        }
        for (var i = low; i < reading.Tokens.Count && reading.Tokens[i].Start < end; i++)
        {
            yield return (reading.Tokens[i], i);
        }
    }
}
