using CyberInsights.Recognise.Attributing;
using CyberInsights.Recognise.Relations;
using CyberInsights.Text;

namespace CyberInsights.Recognise.English;

/// <summary>What one party does to another with a stance, also by words that are no cue: "Norland cut its ties with Sudland".</summary>
internal sealed class PartyActs(Reading reading, FoundIndex found)
{
    /// <summary>Acts of a sentence that have happened, between two parties that are known.</summary>
    internal IEnumerable<PartyAct> Of(ParsedSentence sentence)
    {
        foreach (var told in RelationCoder.Read(sentence.Tree))
        {
            if (
                told
                    is {
                        Stance: { } stance and not Stance.Report,
                        Source: { } source,
                        Target: { } target,
                        Negated: false,
                        Open: false
                    }
                && HasHappened(sentence, told.Predicate)
                && !EnglishStatements.Unreal.Contains(sentence[told.Predicate].Lemma)
                && Party(sentence, source) is { } from
                && Party(sentence, target) is { } to
                && from.Key != to.Key
            )
            {
                var cue = sentence.SpanOf(told.Predicate);
                yield return new PartyAct(stance, source, new Target(to, to.Name), told.Predicate, cue, told.Rule);
            }
        }
    }

    // "would have boycotted"
    private static bool HasHappened(ParsedSentence sentence, int verb) =>
        sentence.IsFinite(verb) && !sentence.Tree.Dependents(verb).Any(d => sentence[d].Xpos == "MD");

    private EntityDraft? Party(ParsedSentence sentence, int word) =>
        found.Over(reading.TokenAt(sentence[word].Start))
            is {
                Mention.Form: not MentionForm.Adjective,
                Entity:
                {
                    Kind: EntityKind.Country
                        or EntityKind.Bloc
                        or EntityKind.Organisation
                        or EntityKind.Person
                        or EntityKind.Actor
                } entity,
            }
            ? entity
            : null;
}

/// <summary>An act of a party: its stance, the head word of who acts, towards whom, and the verb that tells it.</summary>
internal sealed record PartyAct(Stance Stance, int Doer, Target Target, int Verb, Span Cue, string Rule)
{
    /// <summary>Whether a statement of the same sentence tells it already.</summary>
    internal bool IsToldBy(StatementDraft told) =>
        told.Stance == Stance || told.TargetName == Target.Name || told.Cue.Overlaps(Cue);
}
