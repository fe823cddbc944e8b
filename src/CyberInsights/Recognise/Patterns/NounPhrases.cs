using CyberInsights.Text;

namespace CyberInsights.Recognise.Patterns;

/// <summary>Where noun phrases begin and end, as far as small words and capitals tell.</summary>
internal sealed class NounPhrases(Reading reading, Grammar grammar)
{
    /// <summary>Whether a word may be part of a name that no list has.</summary>
    internal bool IsNameWord(int token) =>
        reading.IsCapital(token)
        && !IsDeterminer(reading.Word(token))
        && !IsPreposition(reading.Word(token))
        && !grammar.Is(reading.Word(token), WordClass.Conjunction)
        && !grammar.Is(reading.Word(token), WordClass.Adverb)
        && !grammar.Is(reading.Word(token), WordClass.Time)
        && !grammar.Is(reading.Word(token), WordClass.We)
        && !grammar.Is(reading.Word(token), WordClass.They)
        && !grammar.Is(reading.Word(token), WordClass.Auxiliary);

    /// <summary>The token with which the noun phrase begins that <paramref name="head"/> ends.</summary>
    internal int NounStart(int head, int first)
    {
        var start = head;
        while (start > first && head - start < 6)
        {
            var word = reading.Word(start - 1);
            if (IsDeterminer(word))
            {
                start--;
                break;
            }
            var inside =
                (reading.Tokens[start - 1].Kind != TokenKind.Mark || reading.IsMark(start - 1, '-'))
                && !IsPreposition(word)
                && !grammar.Is(word, WordClass.Conjunction)
                && !grammar.Is(word, WordClass.Auxiliary)
                && !grammar.Is(word, WordClass.Adverb)
                && !word.EndsWith("ed", StringComparison.Ordinal);
            if (!inside)
            {
                break;
            }
            start--;
        }
        return start;
    }

    /// <summary>The token of the determiner before a phrase, else of the phrase.</summary>
    internal int SkipDeterminer(int start) => IsDeterminer(reading.Word(start - 1)) ? start - 1 : start;

    internal int SkipDeterminerForward(int start) => IsDeterminer(reading.Word(start)) ? start + 1 : start;

    internal int SkipForward(int at)
    {
        while (IsDeterminer(reading.Word(at)) || grammar.Is(reading.Word(at), WordClass.Adverb))
        {
            at++;
        }
        return at;
    }

    /// <summary>Whether a subject looked for on the right ends at a token at the latest.</summary>
    internal bool IsClauseEnd(int token) =>
        reading.Tokens[token].Kind == TokenKind.Mark
            ? reading.Whole[reading.Tokens[token].Start]
                is '.'
                    or ';'
                    or ':'
                    or '“'
                    or '”'
                    or '„'
                    or '«'
                    or '»'
                    or '?'
                    or '!'
                    or ','
                    or '،'
                    or '，'
                    or '。'
            : grammar.Is(reading.Word(token), WordClass.Conjunction)
                && !grammar.Is(reading.Word(token), WordClass.And)
                && reading.Word(token) != "or";

    internal bool IsDeterminer(string word) => grammar.Is(word, WordClass.Determiner);

    internal bool IsPreposition(string word) => grammar.Is(word, WordClass.Preposition);

    /// <summary>A name or role as long as it may be stored.</summary>
    internal static string Limit(string name)
    {
        const int maxLength = 120;
        return name.Length <= maxLength ? name : name[..maxLength];
    }
}
