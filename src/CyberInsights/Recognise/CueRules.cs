using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>What negation, objects and opinion words make of the stance of a cue.</summary>
internal sealed class CueRules(Reading reading, FoundIndex found, Grammar grammar)
{
    private static readonly FrozenSet<string> Bad = FrozenSet.ToFrozenSet(
        "troubling unacceptable irresponsible malicious reckless hostile dangerous outrageous disgraceful deplorable worrying alarming concerning shameful provocative appalling unlawful illegal aggressive destabilizing destabilising cowardly barbaric".Split(
            ' '
        )
    );
    private static readonly FrozenSet<string> Untrue = FrozenSet.ToFrozenSet(
        "baseless groundless false absurd nonsense ridiculous fabricated unfounded slander lies untrue fake smear unsubstantiated hoax disinformation".Split(
            ' '
        )
    );
    private static readonly FrozenSet<string> Incidents = FrozenSet.ToFrozenSet(
        "breach breached hack hacked hacking compromise compromised intrusion leak leaked stolen ransomware exfiltrated incident attack".Split(
            ' '
        )
    );

    // German: words between a finite verb and its "nicht".
    private const int MaxObject = 12;

    private static readonly FrozenSet<string> Charges = FrozenSet.ToFrozenSet(
        "accusation accusations allegation allegations claim claims charge charges vorwurf vorwürfe vorwurfe".Split(' ')
    );

    /// <summary>Whether what stands around a cue makes it something else than somebody's act; in the languages read by patterns.</summary>
    internal bool Refuses(CueHit hit, Clause clause) =>
        // "这些指控": in Chinese the same word is a noun.
        (grammar.Language == "zh" && grammar.Is(reading.Word(hit.First - 1), WordClass.Determiner))
        || (hit.Frame != CueFrame.Alone && clause.Modal && !clause.Negated && !IsNegatedAfter(hit));

    /// <summary>The stance after negation, object and opinion; null when nothing is left of it.</summary>
    internal Stance? StanceOf(CueHit hit, Clause clause, Speaker speaker, Target target, Sentence sentence)
    {
        var stance = hit.Cue.Stance;
        if (hit.Frame == CueFrame.Judge)
        {
            return Opinion(hit, sentence);
        }
        if (clause.Negated || clause.Refused || IsNegatedAfter(hit))
        {
            return Negated(stance, clause);
        }
        return stance switch
        {
            Stance.Deny when IsAboutIncident(hit, sentence) && IsCompany(speaker) => CyberInsights.Stance.Refute,
            Stance.Condemn when hit.Frame == CueFrame.Noun && Objects(hit, sentence, Charges) => Stance.Deflect,
            Stance.Deflect
                when reading.Word(hit.First).StartsWith("oppos", StringComparison.Ordinal)
                    && !Objects(hit, sentence, Charges)
                    && reading.Word(hit.End) is not ("all" or "any") => Stance.Condemn,
            Stance.Support when reading.Word(hit.First).StartsWith("defend", StringComparison.Ordinal) => DefendsItself(
                speaker,
                target
            )
                ? Stance.Deflect
                : stance,
            Stance.Accuse when hit.Frame == CueFrame.Attribute && IsResearcher(speaker) => CyberInsights.Stance.Assess,
            Stance.Confirm when hit.Frame == CueFrame.Object && grammar.Language == "en" && !IsConfirmable(hit) =>
                CyberInsights.Stance.Report,
            Stance.Demand
                when reading.Word(hit.First)
                    is "ask"
                        or "asked"
                        or "asks"
                        or "request"
                        or "requested"
                        or "push"
                        or "pushed"
                    && target.Entity is null => null,
            _ => stance,
        };
    }

    private static Stance? Negated(Stance stance, Clause clause) =>
        stance switch
        {
            Stance.Deny => Stance.Deflect,
            Stance.Confirm or Stance.Decline => Stance.Decline,
            Stance.Report when clause.Refused || clause.Negated => null,
            Stance.Accuse or Stance.Assess => Stance.Report,
            _ => null,
        };

    private Stance? Opinion(CueHit hit, Sentence sentence)
    {
        const int maxBetween = 12;
        for (var i = hit.End; i < Math.Min(sentence.End, hit.End + maxBetween); i++)
        {
            var word = reading.Word(i);
            if (Untrue.Contains(word))
            {
                return Stance.Deny;
            }
            if (Bad.Contains(word))
            {
                return Stance.Condemn;
            }
            if (word is "that" or "who" or "which" or ";")
            {
                break;
            }
        }
        return null;
    }

    // "denied no wrongdoing" is none; "neither confirmed nor denied" is caught before the verb. In German "nicht" stands after a finite verb,
    // before a participle, but "bestätigte, dass er nicht" is another clause.
    private bool IsNegatedAfter(CueHit hit)
    {
        if (grammar.Language != "de")
        {
            return reading.Word(hit.End) is "no" && hit.Cue.Stance is Stance.Confirm && grammar.Language == "en";
        }
        for (var i = hit.End; i < Math.Min(reading.Tokens.Count, hit.End + MaxObject); i++)
        {
            if (grammar.Is(reading.Word(i), WordClass.Negation))
            {
                return true;
            }
            if (reading.Tokens[i].Kind == TokenKind.Mark && !reading.IsMark(i, '-'))
            {
                return false;
            }
        }
        return false;
    }

    private bool BeginsObject(int token) =>
        grammar.Is(reading.Word(token), WordClass.Determiner)
        || reading.Word(token)
            is "that"
                or "it"
                or "he"
                or "she"
                or "they"
                or "him"
                or "her"
                or "them"
                or "responsibility"
                or "credit"
        || reading.IsMark(token, '“')
        || reading.IsMark(token, '"')
        || reading.IsMark(token, '‘')
        || found.StartingAt(token) is not null
        || reading.IsCapital(token);

    private bool Objects(CueHit hit, Sentence sentence, FrozenSet<string> words)
    {
        for (var i = hit.End; i < Math.Min(sentence.End, hit.End + 6); i++)
        {
            if (words.Contains(reading.Word(i)))
            {
                return true;
            }
        }
        return false;
    }

    private bool IsAboutIncident(CueHit hit, Sentence sentence)
    {
        for (var i = hit.End; i < Math.Min(sentence.End, hit.End + 8); i++)
        {
            if (Charges.Contains(reading.Word(i)) || reading.Word(i) is "involvement" or "responsibility" or "behind")
            {
                return false;
            }
            if (Incidents.Contains(reading.Word(i)))
            {
                return true;
            }
        }
        return false;
    }

    private bool IsConfirmable(CueHit hit) =>
        BeginsObject(hit.End) || reading.Word(hit.End).Length > 2 && reading.Tokens[hit.End].Kind == TokenKind.Word;

    private static bool IsCompany(Speaker speaker) =>
        speaker.Entity is { Kind: EntityKind.Organisation } entity && !Knowledge.Shipped.IsState(entity);

    private static bool IsResearcher(Speaker speaker) =>
        speaker.Entity is { Kind: EntityKind.Organisation } entity && !Knowledge.Shipped.IsState(entity);

    private static bool DefendsItself(Speaker speaker, Target target) =>
        target.Entity is not null && speaker.Country is { } country && target.Entity.Code == country;
}
