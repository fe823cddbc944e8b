using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Attributing;

/// <summary>Who can say or think something.</summary>
internal sealed class SourceRules(ParsedSentence sentence, FoundIndex found, Grammar grammar)
{
    internal bool CanTell(int head, CueClass cue, string rule)
    {
        var word = sentence[head];
        if (word.Upos == "PRON")
        {
            return word.Lemma is not ("there" or "one" or "you")
                && (IsPersonal(word.Lemma) || (cue & CueClass.Speech) != 0);
        }
        if (IsAgent(head))
        {
            return true;
        }
        return cue != CueClass.None && rule != VerbContents.ByObject && word.Upos is "NOUN" or "PROPN";
    }

    private static bool IsPersonal(string pronoun) =>
        pronoun
            is "he"
                or "she"
                or "they"
                or "we"
                or "I"
                or "i"
                or "you"
                or "who"
                or "everyone"
                or "nobody"
                or "someone"
                or "somebody"
                or "everybody";

    /// <summary>A person, people, a body or a state.</summary>
    internal bool IsAgent(int head)
    {
        var word = sentence[head];
        var named = IsName(word) || word.Xpos.StartsWith("NNP", StringComparison.Ordinal);
        // In a headline every word looks like a name.
        if (
            (named && !sentence.Reading.TitleCase[sentence.Number])
            || found.Over(sentence.Reading.TokenAt(word.Start)) is not null
        )
        {
            return true;
        }
        var lemma = word.Lemma.ToLowerInvariant();
        return (CueWords.Of(lemma) & (CueClass.Paper | CueClass.Agent)) != 0
            || grammar.Is(lemma, WordClass.Describer)
            || grammar.Is(lemma, WordClass.Official)
            || grammar.Is(lemma, WordClass.Affiliate)
            || RoleWords.Of("en").Heads.Contains(lemma)
            || IsPeopleForm(lemma);
    }

    // A capital within the sentence, or at its beginning where the word has one elsewhere too.
    private bool IsName(TokenSyntax word) =>
        char.IsUpper(sentence.Reading.Whole[word.Start])
        && (
            word.Start > sentence[0].Start
            || sentence.Reading.IsNameElsewhere(sentence.Reading.Word(sentence.Sentence.First))
        );

    // "supporters", "Democrats", "critics", "journalist": words for people end so more often than words for things.
    private static bool IsPeopleForm(string lemma) =>
        lemma.EndsWith("ist", StringComparison.Ordinal)
        || lemma.EndsWith("ian", StringComparison.Ordinal)
        || lemma.EndsWith("er", StringComparison.Ordinal)
        || lemma.EndsWith("or", StringComparison.Ordinal)
        || lemma.EndsWith("ee", StringComparison.Ordinal)
        || lemma.EndsWith("ant", StringComparison.Ordinal);
}
