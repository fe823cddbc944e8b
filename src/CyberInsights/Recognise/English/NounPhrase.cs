using CyberInsights.Recognise.Attributing;
using CyberInsights.Text;

namespace CyberInsights.Recognise.English;

/// <summary>The words of a noun phrase as a name.</summary>
internal static class NounPhrase
{
    internal const int MaxLength = 120;

    /// <summary>The phrase of a noun without what is joined to it, its clauses, and the clause that <paramref name="verb"/> stands in.</summary>
    internal static Span Own(ParsedSentence sentence, int head, int verb)
    {
        var (first, end) = sentence.Range(head);
        foreach (
            var joined in sentence
                .Tree.Dependents(head)
                .Where(d =>
                    d > head
                    && (
                        sentence[d].Is("conj")
                        || sentence[d].Is("acl")
                        || SourcePhrases.IsSetting(sentence, d)
                        || sentence.IsWithin(verb, d)
                    )
                )
        )
        {
            end = Math.Min(end, sentence.Range(joined).First);
        }
        while (
            first < head
            && (
                sentence[first].Is("cc")
                || sentence[first].Is("fixed")
                || sentence[first].Upos == "ADP"
                || sentence[first].Is("mark")
                || sentence[first].Is("case")
                || sentence[first].Upos == "PUNCT"
            )
        )
        {
            first++;
        }
        while (
            end > head + 1
            && (sentence[end - 1].Is("cc") || sentence[end - 1].Upos == "PUNCT" && !sentence.IsMark(end - 1, ')'))
        )
        {
            end--;
        }
        return Span.Between(sentence[first].Start, sentence[end - 1].End);
    }

    /// <summary>The words of a span as a name: one line, at most <see cref="MaxLength"/> characters, without the article and the marks at its end.</summary>
    internal static string Plain(ParsedSentence sentence, Span span) =>
        Plain(sentence, sentence.WordAt(span.Start), sentence.WordAt(span.End - 1) + 1);

    /// <inheritdoc cref="Plain(ParsedSentence, Span)"/>
    internal static string Plain(ParsedSentence sentence, int first, int end)
    {
        while (
            first < end - 1
            && (
                sentence[first].Upos == "PUNCT"
                || sentence.Text(first).ToLowerInvariant() is "the" or "a" or "an" or "its" or "their" or "his" or "her"
            )
        )
        {
            first++;
        }
        while (
            end > first + 1
            && (sentence[end - 1].Upos is "PUNCT" or "ADP" || sentence.Text(end - 1).ToLowerInvariant() is "the" or "a")
        )
        {
            end--;
        }
        var words = Folding.Clean(
            sentence.Reading.Whole.AsSpan(sentence[first].Start, sentence[end - 1].End - sentence[first].Start)
        );
        return words.Length <= MaxLength ? words : words[..MaxLength];
    }
}
