namespace CyberInsights.Recognise.Attributing;

/// <summary>How far the noun phrase of a source reaches.</summary>
internal static class SourcePhrases
{
    /// <summary>
    /// The noun phrase of <paramref name="head"/> with title, apposition and what is joined by "and", without the clause that
    /// <paramref name="verb"/> stands in and without clauses of its own set off by a comma; "who" where that is the subject.
    /// </summary>
    internal static Span Of(ParsedSentence sentence, int head, int verb)
    {
        if (
            sentence.Tree.Dependent(verb, "nsubj") is { } subject
            && subject != head
            && sentence[subject].Upos == "PRON"
        )
        {
            return sentence.SpanOf(subject);
        }
        var (first, end) = sentence.Range(head);
        foreach (var dependent in sentence.Tree.Dependents(head))
        {
            var (from, to) = sentence.Range(dependent);
            var left = to <= head;
            var leave =
                (from <= verb && verb < to)
                || (sentence[dependent].Is("acl") && from > first && sentence.IsMark(from, ','))
                || sentence[dependent].Is("parataxis")
                || (IsSetting(sentence, dependent) && (left || to == end))
                || (sentence[dependent].Is("punct") && !sentence.IsQuotationMark(dependent) && to == end);
            if (leave && left)
            {
                first = Math.Max(first, to);
            }
            else if (leave)
            {
                end = Math.Min(end, from);
            }
        }
        while (
            first < head
            && (
                sentence[first].Is("cc")
                || sentence[first].Is("mark")
                || sentence[first].Is("case")
                || sentence[first].Upos == "PUNCT" && IsClosing(sentence, first)
            )
        )
        {
            first++;
        }
        return sentence.Trimmed(first, Math.Max(end, head + 1));
    }

    /// <summary>"Berg in an interview", "Berg on Tuesday": when and where it was said is no part of who said it.</summary>
    internal static bool IsSetting(ParsedSentence sentence, int word) =>
        sentence[word].Is("nmod")
        && sentence.Tree.Dependent(word, "case") is { } preposition
        && sentence[preposition].Lemma is "in" or "on" or "during" or "at" or "after" or "before" or "since" or "via"
        && (
            Grammar.Of("en")!.Is(sentence[word].Lemma.ToLowerInvariant(), WordClass.Medium)
            || Grammar.Of("en")!.Is(sentence[word].Lemma.ToLowerInvariant(), WordClass.Time)
            || sentence[preposition].Lemma is "during"
        );

    private static bool IsClosing(ParsedSentence sentence, int word) =>
        sentence[word].Xpos == "''" || sentence.IsMark(word, '”') || sentence.IsMark(word, ',');
}
