using CyberInsights.Text;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Attributing;

/// <summary>A sentence as a tree beside its tokens: who does what, and where that stands. Words are those of the tree.</summary>
internal sealed class ParsedSentence
{
    internal ParsedSentence(Reading reading, int number)
    {
        Reading = reading;
        Number = number;
        Sentence = reading.Sentences[number];
        Tree = reading.Trees[number];
    }

    internal Reading Reading { get; }
    internal int Number { get; }
    internal Sentence Sentence { get; }
    internal SyntaxTree Tree { get; }
    internal int Count => Tree.Tokens.Count;
    internal Span Span => Reading.SpanOf(Sentence.First, Sentence.End);

    internal TokenSyntax this[int word] => Tree.Tokens[word];

    internal bool IsVerb(int word) => this[word].Upos is "VERB" || (this[word].Upos is "AUX" && !this[word].Is("aux"));

    internal bool IsFinite(int verb) =>
        this[verb].Xpos is "VBD" or "VBZ" or "VBP"
        || Tree.Dependents(verb).Any(d => this[d].Is("aux") && this[d].Xpos is "VBD" or "VBZ" or "VBP" or "MD")
        || Tree.Dependent(verb, "cop") is { } copula && this[copula].Xpos is "VBD" or "VBZ" or "VBP";

    internal bool IsPast(int verb) => this[verb].Xpos is "VBD" or "VBN";

    /// <summary>The word at an offset of the text, or the first after it; <see cref="Count"/> when there is none.</summary>
    internal int WordAt(int offset)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = this[middle].End <= offset ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    internal Span SpanOf(int word) => new(this[word].Start, this[word].Length);

    /// <summary>The words from the first to the last that depend on a word, the end excluded.</summary>
    internal (int First, int End) Range(int word)
    {
        var (start, end) = Tree.Span(word);
        return (WordAt(start), WordAt(end - 1) + 1);
    }

    internal string Text(int word) => Reading.Whole.Substring(this[word].Start, this[word].Length);

    internal bool IsMark(int word, char mark) =>
        word >= 0 && word < Count && this[word].Length == 1 && Reading.Whole[this[word].Start] == mark;

    internal bool IsPunctuation(int word) => this[word].Upos == "PUNCT";

    /// <summary>Whether <paramref name="word"/> is <paramref name="above"/> or depends on it, however far.</summary>
    internal bool IsWithin(int word, int above)
    {
        for (var at = word; at >= 0; at = this[at].Head)
        {
            if (at == above)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The span of words without the marks at its edges but those of quotations; empty if nothing else is there.</summary>
    internal Span Trimmed(int first, int end)
    {
        while (first < end && IsPunctuation(first) && !IsQuotationMark(first))
        {
            first++;
        }
        while (end > first && IsPunctuation(end - 1) && !IsQuotationMark(end - 1) && !IsMark(end - 1, ')'))
        {
            end--;
        }
        return first < end ? Span.Between(this[first].Start, this[end - 1].End) : default;
    }

    internal bool IsQuotationMark(int word) =>
        this[word].Upos == "PUNCT"
        && Reading.Whole[this[word].Start] is '“' or '”' or '"' or '‘' or '’' or '\'' or '«' or '»';
}
