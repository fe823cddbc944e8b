namespace CyberInsights.Text.Syntax;

/// <summary>Parses one batch of sentences, none of them empty.</summary>
internal sealed class BatchParse(Model model, Activations activations, string text, Word[][] sentences)
{
    private readonly Network network = model.Network;
    private readonly Batch batch = new([.. sentences.Select(s => s.Length)]);

    /// <returns>For each sentence its tokens; the head of the root is -1.</returns>
    internal TokenSyntax[][] Run()
    {
        activations.Reserve(batch.Rows);
        SetWords();
        activations.RunLower(batch);
        activations.RunUpper(batch);
        activations.RunTags(batch);
        activations.RunRoles(batch);
        activations.RunQueries(batch);
        var heads = new int[sentences.Length][];
        for (var s = 0; s < sentences.Length; s++)
        {
            heads[s] = Heads(s);
        }
        activations.RunRelations(batch);
        var parsed = new TokenSyntax[sentences.Length][];
        for (var s = 0; s < sentences.Length; s++)
        {
            var place = batch.Order[s];
            parsed[place] = [.. sentences[place].Select((word, t) => Token(word, batch.Row(s, t), heads[s][t]))];
        }
        return parsed;
    }

    private void SetWords()
    {
        Span<int> found = stackalloc int[WordFeatures.Most];
        for (var s = 0; s < sentences.Length; s++)
        {
            var words = sentences[batch.Order[s]];
            for (var t = 0; t < words.Length; t++)
            {
                var count = network.Lexicon.RowsOf(text.AsSpan(words[t].Start, words[t].Length), found);
                var row = activations.Words.AsSpan(batch.Row(s, t) * network.Widths.Word, network.Widths.Word);
                network.Lexicon.Sum(found[..count], row);
            }
        }
    }

    private int[] Heads(int sentence)
    {
        var heads = new int[batch.Lengths[sentence]];
        var stride = activations.RunScores(batch, sentence);
        Projective.Decode(activations.Scores, stride, heads);
        for (var t = 0; t < heads.Length; t++)
        {
            activations.SetEnds(batch, sentence, t, heads[t]);
        }
        return heads;
    }

    private TokenSyntax Token(Word word, int row, int head)
    {
        var tag = Tag(activations.Tags.AsSpan(row * network.Tags.Width, network.Tags.Width));
        var (upos, xpos) = (network.Labels.Upos[tag.Upos], network.Labels.Xpos[tag.Xpos]);
        var relations = activations.Relations.AsSpan(row * network.Relations.Width, network.Labels.Relations.Length);
        return new TokenSyntax(
            word.Start,
            word.Length,
            upos,
            xpos,
            model.Lemmas.Of(text.AsSpan(word.Start, word.Length), upos, xpos),
            head - 1,
            Relation(relations, head == 0)
        );
    }

    // UPOS and XPOS are scored alone and chosen together, among the pairs that occur.
    private (int Upos, int Xpos) Tag(ReadOnlySpan<float> scores)
    {
        var (best, most) = (network.Labels.Pairs[0], float.NegativeInfinity);
        var xpos = scores[network.Labels.Upos.Length..];
        foreach (var pair in network.Labels.Pairs)
        {
            var score = scores[pair.Upos] + xpos[pair.Xpos];
            if (score > most)
            {
                (best, most) = (pair, score);
            }
        }
        return best;
    }

    // "root" is the first of the names, and belongs to the root alone.
    private string Relation(ReadOnlySpan<float> scores, bool root)
    {
        var best = 1;
        for (var i = 2; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }
        return network.Labels.Relations[root ? 0 : best];
    }
}
