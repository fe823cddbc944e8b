using System.Collections.Frozen;
using CyberInsights.Recognise.Attributing;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.English;

/// <summary>A verb that somebody acts by, with what stands around it.</summary>
/// <param name="Verb">The word of the tree.</param>
/// <param name="Doer">The head of the noun phrase that says who.</param>
internal sealed record EnglishClause(ParsedSentence Sentence, int Verb, int Doer)
{
    internal bool Negated { get; init; }

    /// <summary>"refused to", "stopped short of"</summary>
    internal bool Refused { get; init; }
    internal bool Passive { get; init; }

    /// <summary>The subject is that of another verb: "and accused", ", accusing".</summary>
    internal bool GoesOn { get; init; }
}

/// <summary>Which verbs are somebody's act: not what is only wished, supposed, asked, or told of the past as another's wrong.</summary>
internal sealed class EnglishClauses(
    ParsedSentence sentence,
    Predicates predicates,
    FoundIndex found,
    SourceRules sources
)
{
    // After these an infinitive is done, not only wished: "went on to accuse".
    private static readonly FrozenSet<string> Done = FrozenSet.ToFrozenSet(
        "continue go begin start rush hasten proceed move appear seem help manage choose decide happen be".Split(' ')
    );

    // A form of these in -s is a verb even where a headline's capitals hide it.
    private static readonly FrozenSet<string> AlsoNouns = FrozenSet.ToFrozenSet(
        (
            "claims reports demands charges sanctions fines bans calls states notes posts reads supports backs protests arrests alerts requests "
            + "appeals comments remarks tweets answers labels estimates finds blasts promises pledges signals brands terms hints shouts disputes "
            + "blames highlights links ties traces urges attacks slams"
        ).Split(' ')
    );
    private readonly SyntaxTree tree = sentence.Tree;

    /// <summary>The clause of a cue; null where nobody acts, or nobody is named.</summary>
    internal EnglishClause? Of(CueHit hit)
    {
        var verb = sentence.WordAt(sentence.Reading.Tokens[hit.First].Start);
        if (verb >= sentence.Count)
        {
            return null;
        }
        if (!sentence.IsVerb(verb) || (hit.Cue.Form == VerbForm.Present && predicates.Doer(verb) is null))
        {
            return Hidden(hit, verb);
        }
        var refused = IsRefused(verb);
        if (
            predicates.Doer(refused ? sentence[verb].Head : verb) is not { } doer
            || (!refused && (IsWish(verb) || IsModal(verb, hit.Cue.Stance) || IsBackground(verb)))
            || IsHypothetical(verb)
            || (predicates.IsReduced(verb) && predicates.Agent(verb) is null)
        )
        {
            return null;
        }
        var passive = tree.IsPassive(verb);
        return new EnglishClause(sentence, verb, doer)
        {
            Negated = IsNegated(verb) || IsNobody(doer),
            Refused = refused,
            Passive =
                passive || (sentence[verb].Xpos == "VBN" && sentence[verb].Is("acl") && !predicates.IsMisread(verb)),
            GoesOn = predicates.Own(verb) is null && !passive,
        };
    }

    // "Microsoft Warns of ...": taken for a noun with the name before it.
    private EnglishClause? Hidden(CueHit hit, int word)
    {
        if (
            hit.Cue.Form != VerbForm.Present
            || IsHypothetical(word)
            || hit.End - hit.First == 1
                && AlsoNouns.Contains(sentence.Reading.Word(hit.First))
                && found.StartingAt(hit.End) is null
        )
        {
            return null;
        }
        var before = hit.First - 1;
        var subject = before >= sentence.Sentence.First ? sentence.WordAt(sentence.Reading.Tokens[before].Start) : -1;
        return
            subject >= 0
            && (
                found.EndingAt(hit.First) is { Mention.Form: not MentionForm.Adjective }
                || sentence.Reading.IsCapital(before)
                || sources.IsAgent(subject)
            )
            ? new EnglishClause(sentence, word, subject)
            : null;
    }

    private bool IsNegated(int verb) =>
        tree.Dependents(verb).Any(d => IsNot(d))
        || (verb > 0 && sentence[verb - 1].Lemma.ToLowerInvariant() is "neither" or "nor" or "never")
        || (sentence[verb].Is("xcomp") && sentence.IsVerb(sentence[verb].Head) && IsNegated(sentence[verb].Head));

    private bool IsNot(int word) =>
        sentence[word].Lemma.ToLowerInvariant() is "not" or "never" or "neither" or "nor" or "hardly" or "barely";

    // "neither Norland nor Sudland accused", "no country accused"
    private bool IsNobody(int doer) =>
        tree.Dependents(doer)
            .Any(d =>
                d < doer
                && sentence[d].Lemma.ToLowerInvariant() is "neither" or "no" or "none"
                && !sentence[d].Is("nmod")
            ) || sentence[doer].Lemma.ToLowerInvariant() is "nobody" or "none" or "neither";

    // "refused to comment", "declined to say", "stopped short of blaming"
    private bool IsRefused(int verb)
    {
        var head = sentence[verb].Head;
        if (head < 0)
        {
            return false;
        }
        var complement = sentence[verb].Is("xcomp") || sentence[verb].Is("ccomp") || sentence[verb].Is("advcl");
        return sentence[head].Lemma is "short" || (sentence[head].Lemma == "stop" && HasShort(head))
            ? sentence[verb].Xpos == "VBG"
            : complement && sentence[head].Lemma is "refuse" or "decline" or "fail";
    }

    private bool HasShort(int head) => tree.Dependents(head).Any(d => sentence[d].Lemma == "short");

    // "to accuse", "of accusing", "urged X to deny"
    private bool IsWish(int verb)
    {
        if (
            tree.Dependents(verb).Any(d => sentence[d].Is("mark") && sentence[d].Lemma == "to")
            || (sentence[verb].Xpos == "VB" && sentence[verb].Is("xcomp"))
        )
        {
            var head = sentence[verb].Head;
            var goesOn =
                sentence[verb].Is("xcomp")
                || head >= 0 && sentence[head].Lemma == "go" && verb > head + 1 && sentence[head + 1].Lemma == "on";
            return !(
                goesOn
                && head >= 0
                && Done.Contains(sentence[head].Lemma)
                && tree.DirectObject(head) is null
                && !IsWish(head)
            );
        }
        return false;
    }

    // "could not confirm" tells something, "would not blame" does not.
    private bool IsModal(int verb, Stance stance) =>
        tree.Dependents(verb)
            .Any(d => sentence[d].Is("aux") && sentence[d].Xpos == "MD" && sentence[d].Lemma is not "will")
        && !(stance is Stance.Confirm or Stance.Decline && IsNegated(verb));

    // "of accusing", "for denying": somebody else's words for it, unless a verb of its own carries it.
    private bool IsBackground(int verb) =>
        sentence[verb].Xpos == "VBG"
        && !tree.Dependents(verb).Any(d => sentence[d].Is("aux"))
        && (
            tree.Dependents(verb).Any(d => sentence[d].Is("mark") || sentence[d].Is("case"))
            || !(
                sentence[verb].Is("advcl")
                || sentence[verb].Is("ccomp")
                || sentence[verb].Is("conj")
                || sentence[verb].Is("parataxis")
                || sentence[verb].Head < 0
            )
        );

    private bool IsHypothetical(int verb)
    {
        for (var at = verb; at >= 0; at = sentence[at].Head)
        {
            if (
                tree.Dependents(at)
                    .Any(d => sentence[d].Is("mark") && sentence[d].Lemma is "if" or "whether" or "unless" or "until")
            )
            {
                return true;
            }
        }
        return false;
    }
}
