using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise.Patterns;

/// <summary>
/// Reads German noun phrases, which capitals give away: "der zuständige Minister Jan Beispiel (ABC)", "ein Reporter des Senders aus
/// Kassel", "Eva Beispiel, die Sprecherin der Stadt".
/// </summary>
internal sealed class GermanPhrases(Reading reading, Grammar grammar)
{
    private const int MaxAdjectives = 3;
    private const int MaxNouns = 6;

    private static readonly FrozenSet<string> Genitives = FrozenSet.ToFrozenSet(
        "des der eines einer dieser seines seiner ihres ihrer deren".Split(' ')
    );
    private static readonly FrozenSet<string> Joining = FrozenSet.ToFrozenSet("von vom fur aus".Split(' '));

    // Determiners that no subject has; "der" is one of them before "-en": "der englischen Zeitung".
    private static readonly FrozenSet<string> Oblique = FrozenSet.ToFrozenSet(
        "dem den des einem einen eines einer diesem diesen dieses dieser seinem seinen seines ihrem ihren ihres".Split(
            ' '
        )
    );
    private static readonly FrozenSet<string> Counts = FrozenSet.ToFrozenSet(
        "zwei drei vier funf mehrere einige viele alle beide zahlreiche manche".Split(' ')
    );
    private static readonly string[] AdjectiveEndings = ["e", "er", "en", "es", "em"];

    /// <summary>The token after the noun phrase that begins at <paramref name="start"/>; <paramref name="start"/> itself when none does.</summary>
    internal int End(int start, int limit)
    {
        var end = Core(start, limit);
        if (end == start || IsPronoun(start))
        {
            return end;
        }
        end = Bracket(Attributes(end, limit), limit);
        return Apposition(end, limit);
    }

    /// <summary>Whether what begins at a token may be a subject by its case.</summary>
    internal bool MayBeSubject(int start) =>
        reading.Word(start) is "der"
            ? reading.IsCapital(start + 1)
                || !reading
                    .Word(reading.IsMark(start + 2, '-') ? start + 3 : start + 1)
                    .EndsWith("en", StringComparison.Ordinal)
            : !Oblique.Contains(reading.Word(start));

    internal bool IsPronoun(int token) =>
        grammar.Is(reading.Word(token), WordClass.He) || grammar.Is(reading.Word(token), WordClass.They);

    internal bool IsNoun(int token) =>
        reading.IsCapital(token)
        && !IsDeterminer(token)
        && !IsPronoun(token)
        && !grammar.Is(reading.Word(token), WordClass.Preposition)
        && !grammar.Is(reading.Word(token), WordClass.Conjunction)
        && !grammar.Is(reading.Word(token), WordClass.Adverb)
        && !grammar.Is(reading.Word(token), WordClass.Auxiliary)
        && !grammar.Is(reading.Word(token), WordClass.Time);

    private bool IsDeterminer(int token) =>
        grammar.Is(reading.Word(token), WordClass.Determiner) || Counts.Contains(reading.Word(token));

    // Determiner, adjectives, nouns and names.
    private int Core(int start, int limit)
    {
        if (start < limit && IsPronoun(start))
        {
            return start + 1;
        }
        var at = start;
        while (at < limit && IsDeterminer(at))
        {
            at++;
        }
        var adjectives = 0;
        while (at < limit && adjectives < MaxAdjectives && !reading.IsCapital(at) && IsAdjective(at))
        {
            at = reading.IsMark(at + 1, '-') ? at + 2 : at + 1;
            adjectives++;
        }
        var end = Nouns(at, limit);
        return end > at ? end : start;
    }

    private int Nouns(int start, int limit)
    {
        var (at, nouns) = (start, 0);
        while (at < limit && nouns < MaxNouns)
        {
            if (IsNoun(at))
            {
                nouns++;
                at++;
            }
            // "VW-Chef", "de Beispiel", "Max-Planck-Institut", "J. Beispiel", "Hürter 3"
            else if (
                nouns > 0
                && at + 1 < limit
                && (
                    reading.IsMark(at, '-') && reading.Tokens[at].Start == reading.Tokens[at - 1].End
                    || reading.IsMark(at, '.') && reading.Tokens[at - 1].Length == 1
                    || reading.Word(at) is "de" or "da" or "van" or "al" or "bin"
                )
                && IsNoun(at + 1)
            )
            {
                at++;
            }
            else
            {
                break;
            }
        }
        return at;
    }

    private bool IsAdjective(int token)
    {
        var word = reading.Word(token);
        return reading.Tokens[token].Kind == TokenKind.Number
            || reading.Tokens[token].Kind == TokenKind.Word
                && word.Length > 3
                && AdjectiveEndings.Any(e => word.EndsWith(e, StringComparison.Ordinal))
                && !grammar.Is(word, WordClass.Preposition)
                && !grammar.Is(word, WordClass.Conjunction)
                && !grammar.Is(word, WordClass.Auxiliary)
                && !grammar.Is(word, WordClass.Adverb)
            || reading.IsMark(token + 1, '-') && reading.IsCapital(token + 2) is false;
    }

    // "des Senders", "von Human Rights Watch"; "in Berlin" tells where something was said as often as whose it is.
    private int Attributes(int end, int limit)
    {
        const int most = 4;
        for (var count = 0; count < most && end < limit; count++)
        {
            var word = reading.Word(end);
            var next =
                Genitives.Contains(word) ? Core(end, limit)
                : Joining.Contains(word) ? Core(end + 1, limit)
                : word is "im" or "in" && count > 0 ? Core(end + 1, limit)
                : end;
            if (next == end || next == end + 1)
            {
                break;
            }
            end = next;
        }
        return end;
    }

    private int Bracket(int end, int limit)
    {
        const int most = 4;
        if (!reading.IsMark(end, '('))
        {
            return end;
        }
        for (var i = end + 1; i < Math.Min(limit, end + 2 + most); i++)
        {
            if (reading.IsMark(i, ')'))
            {
                return i + 1;
            }
        }
        return end;
    }

    // ", Jan Beispiel," and ", die Anwältin der Frau,": the comma after it is none of the phrase.
    private int Apposition(int end, int limit)
    {
        if (!reading.IsMark(end, ',') || end + 1 >= limit || !MayBeSubject(end + 1) || IsPronoun(end + 1))
        {
            return end;
        }
        var next = Core(end + 1, limit);
        if (next == end + 1)
        {
            return end;
        }
        var closed = Bracket(Attributes(next, limit), limit);
        return IsDeterminer(end + 1) && !reading.IsMark(closed, ',') ? end : closed;
    }
}
