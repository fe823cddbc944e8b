using CyberInsights.Text;

namespace CyberInsights.Recognise.Tagging;

/// <summary>A stretch of tokens the tagger takes for a name.</summary>
/// <param name="Type">Index in <see cref="Tag.Types"/>.</param>
internal readonly record struct Tagged(int First, int End, int Type);

/// <summary>What the tagger says of a text.</summary>
/// <param name="Names">In the order of the text; they do not overlap.</param>
internal sealed record Tags(IReadOnlyList<Tagged> Names, int[] Doubts)
{
    internal static readonly Tags None = new([], []);

    /// <summary>By how much "outside" outscores a type at a token, in steps of the model; negative where the type is ahead, 0 without a tagger.</summary>
    internal int Doubt(int token, int type) => Doubts.Length == 0 ? 0 : Doubts[(token * Tag.Types.Length) + type];
}

/// <summary>Tags the tokens of a sentence with the best sequence under a model (Viterbi). Not thread safe; the model is.</summary>
internal sealed class NameTagger(TagModel model, TagFeatures features)
{
    private readonly List<ulong> buffer = new(96);
    private int[] local = [];
    private int[] best = [];
    private byte[] from = [];

    internal Tags Read(IReadOnlyList<Sentence> sentences)
    {
        var found = new List<Tagged>();
        var doubts = new int[sentences.Count == 0 ? 0 : sentences[^1].End * Tag.Types.Length];
        for (var number = 0; number < sentences.Count; number++)
        {
            features.SentenceNumber = number;
            var sentence = sentences[number];
            if (sentence.End > sentence.First)
            {
                Collect(sentence, Decode(sentence), found);
                Doubt(sentence, doubts);
            }
        }
        return new Tags(found, doubts);
    }

    private int[] Decode(Sentence sentence)
    {
        var length = sentence.End - sentence.First;
        Make(length);
        for (var i = 0; i < length; i++)
        {
            features.Of(sentence.First + i, sentence, buffer);
            model.Score(buffer, local.AsSpan(i * Tag.Count, Tag.Count));
        }
        for (var i = 0; i < length; i++)
        {
            for (var tag = 0; tag < Tag.Count; tag++)
            {
                var (score, before) = Best(i, tag);
                best[(i * Tag.Count) + tag] = score + local[(i * Tag.Count) + tag];
                from[(i * Tag.Count) + tag] = (byte)before;
            }
        }
        return Follow(length);
    }

    private (int Score, int Before) Best(int i, int tag)
    {
        if (i == 0)
        {
            return (Tag.IsInside(tag) ? int.MinValue / 4 : model.Pair(Tag.Outside, tag), Tag.Outside);
        }
        var (score, chosen) = (int.MinValue / 4, Tag.Outside);
        for (var before = 0; before < Tag.Count; before++)
        {
            if (!Tag.Follows(tag, before))
            {
                continue;
            }
            var sum = best[((i - 1) * Tag.Count) + before] + model.Pair(before, tag);
            if (sum > score)
            {
                (score, chosen) = (sum, before);
            }
        }
        return (score, chosen);
    }

    private int[] Follow(int length)
    {
        var tags = new int[length];
        var last = best.AsSpan((length - 1) * Tag.Count, Tag.Count);
        for (var tag = 1; tag < Tag.Count; tag++)
        {
            tags[^1] = last[tag] > last[tags[^1]] ? tag : tags[^1];
        }
        for (var i = length - 1; i > 0; i--)
        {
            tags[i - 1] = from[(i * Tag.Count) + tags[i]];
        }
        return tags;
    }

    private static void Collect(Sentence sentence, int[] tags, List<Tagged> found)
    {
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i] == Tag.Outside || Tag.IsInside(tags[i]))
            {
                continue;
            }
            var end = i + 1;
            while (end < tags.Length && tags[end] == tags[i] + 1)
            {
                end++;
            }
            found.Add(new Tagged(sentence.First + i, sentence.First + end, Tag.TypeOf(tags[i])));
        }
    }

    private void Doubt(Sentence sentence, int[] doubts)
    {
        for (var i = 0; i < sentence.End - sentence.First; i++)
        {
            for (var type = 0; type < Tag.Types.Length; type++)
            {
                var at = i * Tag.Count;
                doubts[((sentence.First + i) * Tag.Types.Length) + type] =
                    local[at + Tag.Outside] - Math.Max(local[at + Tag.Begin(type)], local[at + Tag.Inside(type)]);
            }
        }
    }

    private void Make(int length)
    {
        if (local.Length < length * Tag.Count)
        {
            local = new int[length * Tag.Count];
            best = new int[length * Tag.Count];
            from = new byte[length * Tag.Count];
        }
    }
}
