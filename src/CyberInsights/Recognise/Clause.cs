using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>What stands between a verb and its subject.</summary>
internal readonly record struct Clause
{
    /// <summary>The token after the subject.</summary>
    internal int SubjectEnd { get; init; }
    internal bool Negated { get; init; }

    /// <summary>"declined to", "refused to", "stopped short of"</summary>
    internal bool Refused { get; init; }
    internal bool Modal { get; init; }

    /// <summary>A form of "be" stands before a past form: the subject suffers.</summary>
    internal bool Passive { get; init; }

    /// <summary>"to accuse": somebody's wish, no act.</summary>
    internal bool Infinitive { get; init; }

    /// <summary>"and accused", ", accusing": the subject of the verb before goes on.</summary>
    internal bool GoesOn { get; init; }

    /// <summary>"if China denies"</summary>
    internal bool Hypothetical { get; init; }

    /// <summary>Walks left from a verb over auxiliaries, adverbs, "on Wednesday", "in a statement" and what stands between commas.</summary>
    internal static Clause Before(Reading reading, Grammar grammar, CueHit hit, int first)
    {
        var walk = new Walk(reading, grammar, first);
        return walk.From(hit);
    }

    private sealed class Walk(Reading reading, Grammar grammar, int first)
    {
        private const int MaxBetweenCommas = 28;
        private const int MaxSteps = 40;

        private bool negated;
        private bool refused;
        private bool modal;
        private bool be;
        private bool infinitive;
        private bool goesOn;

        // French: "s'est félicité" is no passive.
        private bool reflexive;

        internal Clause From(CueHit hit)
        {
            var at = hit.First;
            for (var steps = 0; steps < MaxSteps; steps++)
            {
                var next = Step(at, hit);
                if (next == at)
                {
                    break;
                }
                at = next;
            }
            return new Clause
            {
                SubjectEnd = at,
                Negated = negated,
                Refused = refused,
                Modal = modal,
                Passive = be && (hit.Cue.Form == VerbForm.Past || (grammar.Language is "fr" or "es" && !reflexive)),
                Infinitive = infinitive && !refused,
                GoesOn = goesOn,
                Hypothetical = IsHypothetical(at),
            };
        }

        private int Step(int at, CueHit hit)
        {
            if (at <= first)
            {
                return at;
            }
            var word = reading.Word(at - 1);
            if (grammar.Is(word, WordClass.Negation) || word.EndsWith("n't", StringComparison.Ordinal))
            {
                negated = true;
                return at - 1;
            }
            if (word == "to" && grammar.Language == "en")
            {
                infinitive = true;
                return at - 1;
            }
            if (word == "of" && hit.Cue.Form == VerbForm.Ing && reading.Word(at - 2) == "short")
            {
                refused = true;
                return at - 3;
            }
            if (infinitive && grammar.Is(word, WordClass.Refusal))
            {
                refused = true;
                return at - 1;
            }
            if (grammar.Language == "fr" && word is "s'" or "se")
            {
                reflexive = true;
                return at - 1;
            }
            if (grammar.Is(word, WordClass.Auxiliary) && !IsPossessive(at - 1))
            {
                modal |= grammar.Is(word, WordClass.Modal);
                be |= grammar.Is(word, WordClass.Be);
                return at - 1;
            }
            if (IsAdverb(word))
            {
                return at - 1;
            }
            return Aside(at, hit, word);
        }

        private int Aside(int at, CueHit hit, string word)
        {
            if (Time(at) is { } time)
            {
                return time;
            }
            if (Medium(at) is { } medium)
            {
                return medium;
            }
            if ((grammar.Is(word, WordClass.And) || word == "but") && at == hit.First)
            {
                goesOn = true;
                return at;
            }
            if (reading.IsMark(at - 1, ','))
            {
                if (at == hit.First && hit.Cue.Form == VerbForm.Ing)
                {
                    goesOn = true;
                    return at;
                }
                return Comma(at - 1) ?? at;
            }
            return at;
        }

        // "Kallas, the EU's foreign policy chief, called": the subject ends before the first of the two commas.
        private int? Comma(int last)
        {
            for (var i = last - 1; i > Math.Max(first, last - MaxBetweenCommas); i--)
            {
                if (reading.IsMark(i, ','))
                {
                    return i;
                }
            }
            return null;
        }

        private int? Time(int at)
        {
            var start = at;
            while (
                start > first
                && (
                    grammar.Is(reading.Word(start - 1), WordClass.Time)
                    || reading.Tokens[start - 1].Kind == TokenKind.Number
                )
            )
            {
                start--;
            }
            return
                start < at
                && (
                    at - start > 1
                    || grammar.Is(reading.Word(start), WordClass.Time)
                        && reading.Word(start)
                            is not ("in" or "on" or "this" or "may" or "el" or "ce" or "v" or "ve" or "в" or "во")
                )
                ? start
                : null;
        }

        private int? Medium(int at)
        {
            if (!grammar.Is(reading.Word(at - 1), WordClass.Medium))
            {
                return null;
            }
            for (var i = at - 2; i >= Math.Max(first, at - 7); i--)
            {
                if (
                    grammar.Language == "en"
                        ? reading.Word(i) is "in" or "on" or "at" or "via" or "during" or "through"
                        : grammar.Is(reading.Word(i), WordClass.Preposition)
                )
                {
                    return i;
                }
            }
            return null;
        }

        private bool IsAdverb(string word) =>
            grammar.Is(word, WordClass.Adverb)
            || (
                grammar.Language == "en"
                && word.Length > 4
                && word.EndsWith("ly", StringComparison.Ordinal)
                && word is not ("family" or "italy" or "july")
            );

        // "China's accused" has no verb before it.
        private bool IsPossessive(int token) => reading.Word(token) == "'s" && reading.IsCapital(token - 1);

        private bool IsHypothetical(int subjectEnd)
        {
            for (var i = subjectEnd - 1; i >= Math.Max(first, subjectEnd - 8); i--)
            {
                if (reading.Tokens[i].Kind == TokenKind.Mark && !reading.IsMark(i, '-'))
                {
                    return false;
                }
                if (grammar.Is(reading.Word(i), WordClass.Hypothesis))
                {
                    return true;
                }
            }
            return false;
        }
    }
}
