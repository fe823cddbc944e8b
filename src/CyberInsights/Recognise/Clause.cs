using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>What stands between a verb and its subject.</summary>
internal readonly record struct Clause
{
    /// <summary>The token after the subject.</summary>
    internal int SubjectEnd { get; init; }
    internal bool Negated { get; init; }

    /// <summary>"declined to", "refused to", "stopped short of"; found in English only.</summary>
    internal bool Refused { get; init; }

    /// <summary>"would accuse"</summary>
    internal bool Modal { get; init; }

    /// <summary>French and Spanish: a form of "be" stands before the verb, so that the subject suffers.</summary>
    internal bool Passive { get; init; }

    /// <summary>"and accused": the subject of the verb before goes on.</summary>
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
        private bool modal;
        private bool be;
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
                Modal = modal,
                Passive = be && !reflexive && (grammar.Language is "fr" or "es"),
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
            if (grammar.Is(word, WordClass.Negation))
            {
                negated = true;
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
            if (grammar.Is(word, WordClass.Adverb))
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
                if (grammar.Is(reading.Word(i), WordClass.Preposition))
                {
                    return i;
                }
            }
            return null;
        }

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
