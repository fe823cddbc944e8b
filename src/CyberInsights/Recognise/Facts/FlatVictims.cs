using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Facts;

/// <summary>
/// Finds victims of an English sentence by what stands beside their names, where the tree fails: headlines leave out the words it hangs
/// from ("Example hit by ransomware", "Example discloses data breach").
/// </summary>
internal sealed class FlatVictims(Reading reading, FoundIndex found, SyntaxTree tree)
{
    private const int MaxToNoun = 9;
    private const int MaxToFrom = 10;

    private readonly VictimPhrases phrases = new(reading, found);
    private readonly List<FactDraft> victims = [];

    internal IReadOnlyList<FactDraft> Find()
    {
        for (var i = 0; i < tree.Tokens.Count; i++)
        {
            var at = reading.TokenAt(tree.Tokens[i].Start);
            var (uses, length) = VictimWords.Beside.At(reading.Tokens, at);
            var end = EndOf(reading.Tokens[at + length - 1].End);
            foreach (var use in uses)
            {
                Take(use, i, end, reading.Surface(at, at + length));
            }
            if (VictimWords.From.Contains(tree.Tokens[i].Lemma.ToLowerInvariant()) && FromAfter(i + 1) is { } from)
            {
                Add(After(from + 1), 0.7, $"\"{tree.Tokens[i].Lemma} ... from\"");
            }
        }
        return victims;
    }

    private void Take(string use, int first, int end, string words)
    {
        switch (use)
        {
            case "hitby":
                Add(Before(first), 0.75, $"words before \"{words}\"");
                break;
            case "tells" when IsNounAhead(end):
                Add(Before(first), 0.7, $"words before \"{words}\" and an attack");
                break;
            case "befalls"
                when end < tree.Tokens.Count && tree.Tokens[end].Upos is "VERB" or "AUX" or "PRON" or "SCONJ":
                AddNamed(Before(first), 0.7, $"a name before \"{words}\"");
                break;
            case "onto" when tree.Tokens[first].Start < reading.TitleEnd && first > 0:
                Add(After(end), 0.6, $"words after \"{words}\" in a headline");
                break;
        }
    }

    private bool IsNounAhead(int from)
    {
        for (var i = from; i < Math.Min(tree.Tokens.Count, from + MaxToNoun); i++)
        {
            var lemma = tree.Tokens[i].Lemma.ToLowerInvariant();
            if (VictimWords.Nouns.Contains(lemma) || VictimWords.From.Contains(lemma))
            {
                return true;
            }
        }
        return false;
    }

    private int? FromAfter(int start)
    {
        for (var i = start; i < Math.Min(tree.Tokens.Count, start + MaxToFrom); i++)
        {
            if (tree.Tokens[i].Lemma == "from")
            {
                return i;
            }
        }
        return null;
    }

    private Span? Before(int end)
    {
        var first = end;
        while (first > 0 && IsPart(first - 1))
        {
            first--;
        }
        return first < end ? Between(first, end) : null;
    }

    private Span? After(int first)
    {
        while (first < tree.Tokens.Count && tree.Tokens[first].Upos == "DET")
        {
            first++;
        }
        var end = first;
        while (end < tree.Tokens.Count && IsPart(end))
        {
            end++;
        }
        return end > first ? Between(first, end) : null;
    }

    // "of" joins ("University of Sydney"), as hyphens and possessives do.
    private bool IsPart(int token)
    {
        var syntax = tree.Tokens[token];
        return syntax.Upos is "PROPN" or "NOUN" or "ADJ" or "NUM"
            || syntax.Xpos == "POS"
            || found.Over(reading.TokenAt(syntax.Start)) is { Entity.Kind: EntityKind.Organisation }
            || (token > 0 && syntax.Lemma is "of" or "-" or "&");
    }

    private Span Between(int first, int end) => Span.Between(tree.Tokens[first].Start, tree.Tokens[end - 1].End);

    private int EndOf(int offset)
    {
        var end = 0;
        while (end < tree.Tokens.Count && tree.Tokens[end].Start < offset)
        {
            end++;
        }
        return end;
    }

    private void AddNamed(Span? phrase, double confidence, string reason)
    {
        // "A massive data breach" befalls nobody; in a headline only a name that stands elsewhere too would tell, so a noun must go before.
        if (phrase is { } span && char.IsUpper(reading.Whole[span.Start]))
        {
            Add(span, confidence, reason);
        }
    }

    private void Add(Span? phrase, double confidence, string reason)
    {
        if (phrase is { } span && phrases.Victim(span, confidence, reason) is { } victim)
        {
            victims.Add(victim);
        }
    }
}
