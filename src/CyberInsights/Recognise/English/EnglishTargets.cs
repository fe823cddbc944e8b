using CyberInsights.Recognise.Attributing;
using CyberInsights.Text;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.English;

/// <summary>What a stance is taken towards: the object of its verb, or the phrase behind the preposition that the cue asks for.</summary>
internal sealed class EnglishTargets(Reading reading, FoundIndex found, Grammar grammar, TargetFinder nearest)
{
    private const int MaxWords = 12;

    // Stances towards somebody: a state named within the phrase is meant ("the Russian ambassador"), for others the thing itself is.
    private static bool IsPersonal(Stance stance) =>
        stance is Stance.Accuse or Stance.Demand or Stance.Warn or Stance.Protest or Stance.Act or Stance.Assess;

    internal Target Of(CueHit hit, EnglishClause clause, Speaker speaker)
    {
        if (hit.Frame is CueFrame.Say or CueFrame.Alone)
        {
            return Target.None;
        }
        var sentence = clause.Sentence;
        if (clause.Passive)
        {
            return new Predicates(sentence).Subject(clause.Verb) is { } acted ? Phrase(hit, sentence, acted, speaker)
                : sentence[clause.Verb].Is("acl") ? Phrase(hit, sentence, sentence[clause.Verb].Head, speaker)
                : Target.None;
        }
        if (Object(hit, sentence, clause.Verb) is { } head)
        {
            return Phrase(hit, sentence, head, speaker);
        }
        if (sentence.Tree.Dependent(clause.Verb, "xcomp", "ccomp") is { } told)
        {
            var (first, end) = sentence.Range(told);
            return sentence[told].Xpos == "VBG" && Words(sentence, first, end) is { } words
                ? new Target(null, words)
                : Target.None;
        }
        var target = nearest.After(hit, hit.End, sentence.Sentence.End, speaker.Entity);
        return target.Entity is null && IsEmpty(target.Name) ? Target.None : target;
    }

    // Time, a pronoun, or a place where it was said.
    private bool IsEmpty(string? name)
    {
        var words = Folding.Fold(name ?? "").Split(' ');
        return words[0] is "in" or "at" or "by" or "after" or "from"
            || Array.TrueForAll(
                words,
                w =>
                    w.Length == 0
                    || grammar.Is(w, WordClass.Time)
                    || grammar.Is(w, WordClass.It)
                    || grammar.Is(w, WordClass.He)
                    || grammar.Is(w, WordClass.They)
                    || w is "that" or "this" or "them" or "him" or "her"
            );
    }

    private int? Object(CueHit hit, ParsedSentence sentence, int verb)
    {
        var last = sentence.WordAt(reading.Tokens[hit.End - 1].Start);
        var about = Behind(sentence, hit.Frame == CueFrame.Noun ? [last, verb] : [verb, last], hit);
        if (hit.Frame is CueFrame.Noun)
        {
            return about;
        }
        var direct =
            sentence.Tree.DirectObject(verb) ?? sentence.Tree.Dependent(verb, "iobj") ?? Shared(sentence, verb);
        direct = direct is { } d && d <= last ? null : direct;
        if (
            direct is { } thing
            && (hit.Frame == CueFrame.Attribute || hit.Cue.Stance == Stance.Accuse && !IsSomebody(sentence, thing))
        )
        {
            return Linked(sentence, verb, thing) ?? direct;
        }
        return hit.End - hit.First > 1 ? about ?? direct : direct ?? about;
    }

    // "neither confirmed nor denied the attack"
    private static int? Shared(ParsedSentence sentence, int verb) =>
        sentence
            .Tree.Conjuncts(verb)
            .Where(c => sentence.IsVerb(c) && sentence.Tree.Dependent(c, "nsubj") is null)
            .Select(sentence.Tree.DirectObject)
            .FirstOrDefault(o => o is not null);

    // "blamed the attack on Russia", "linked the attack on the port to Russia"
    private int? Linked(ParsedSentence sentence, int verb, int thing)
    {
        for (var word = thing + 1; word < sentence.Range(verb).End; word++)
        {
            if (
                IsSomebody(sentence, word)
                && sentence.Tree.Dependent(word, "case") is { } preposition
                && sentence[preposition].Lemma is "on" or "to"
            )
            {
                return word;
            }
        }
        return null;
    }

    private bool IsSomebody(ParsedSentence sentence, int word) =>
        found.Over(reading.TokenAt(sentence[word].Start)) is { Mention.Form: not MentionForm.Adjective }
        || sentence[word].Upos == "PRON";

    // The phrase behind the cue's own preposition, or one that goes on.
    private int? Behind(ParsedSentence sentence, int[] heads, CueHit hit)
    {
        var own = reading.Word(hit.End - 1);
        foreach (var head in heads)
        {
            foreach (
                var word in sentence
                    .Tree.Dependents(head)
                    .Where(w => w > head && (sentence[w].Is("obl") || sentence[w].Is("nmod")))
            )
            {
                if (
                    sentence.Tree.Dependent(word, "case") is { } preposition
                    && (
                        sentence[preposition].Lemma == own
                        || hit.Frame is CueFrame.Noun or CueFrame.Attribute
                            && sentence[preposition].Lemma
                                is "to"
                                    or "for"
                                    or "with"
                                    or "about"
                                    or "over"
                                    or "against"
                                    or "at"
                                    or "of"
                                    or "on"
                        || hit.End - hit.First == 1
                            && sentence[preposition].Lemma
                                is "of"
                                    or "about"
                                    or "against"
                                    or "over"
                                    or "for"
                                    or "on"
                                    or "with"
                                    or "to"
                            && hit.Frame != CueFrame.Act
                    )
                )
                {
                    return word;
                }
            }
        }
        return null;
    }

    private Target Phrase(CueHit hit, ParsedSentence sentence, int head, Speaker speaker)
    {
        if (sentence[head].Upos == "PRON" && sentence[head].Lemma is not ("anyone" or "everyone"))
        {
            return Target.None;
        }
        var (first, end) = Own(sentence, head);
        var token = reading.TokenAt(sentence[head].Start);
        if (found.Over(token) is { } over && CanBeTarget(over, speaker) && over.Mention.Form != MentionForm.Adjective)
        {
            return new Target(over.Entity, over.Entity.Name);
        }
        if (IsPersonal(hit.Cue.Stance) && Named(sentence, first, head + 1, speaker) is { } named)
        {
            return new Target(named.Entity, named.Entity.Name);
        }
        if (hit.Frame == CueFrame.Judge && sentence[first].Lemma.ToLowerInvariant() is "this" or "that" or "it")
        {
            return Target.None;
        }
        var words = Words(sentence, first, Further(sentence, head, end));
        return words is null || IsEmpty(words) ? Target.None : new Target(Owner(sentence, head), words);
    }

    // "China's position" is about China.
    private EntityDraft? Owner(ParsedSentence sentence, int head) =>
        sentence.Tree.Dependent(head, "nmod:poss") is { } owner
        && found.Over(reading.TokenAt(sentence[owner].Start)) is { Mention.Form: not MentionForm.Adjective } mention
            ? mention.Entity
            : null;

    // "condemned the attack | on the port": the parser may hang the rest from the verb.
    private int Further(ParsedSentence sentence, int head, int end)
    {
        if (sentence[head].Head < 0)
        {
            return end;
        }
        foreach (var next in sentence.Tree.Dependents(sentence[head].Head).Where(d => sentence[d].Is("obl")))
        {
            var (from, to) = sentence.Range(next);
            if (
                from == end
                && sentence.Tree.Dependent(next, "case") is { } preposition
                && sentence[preposition].Lemma is "against" or "on" or "of" or "in" or "at"
                && !IsTime(sentence, next)
            )
            {
                return to;
            }
        }
        return end;
    }

    private bool IsTime(ParsedSentence sentence, int word) =>
        grammar.Is(sentence.Text(word).ToLowerInvariant(), WordClass.Time)
        || grammar.Is(sentence.Text(word).ToLowerInvariant(), WordClass.Medium)
        || sentence[word].Upos == "NUM";

    // The noun with what stands before it and its prepositions, without clauses and conjuncts.
    private static (int First, int End) Own(ParsedSentence sentence, int head)
    {
        var (first, end) = sentence.Range(head);
        foreach (
            var dependent in sentence
                .Tree.Dependents(head)
                .Where(d =>
                    d > head
                    && (
                        sentence[d].Is("acl")
                        || sentence[d].Is("conj")
                        || sentence[d].Is("appos")
                        || sentence[d].Is("parataxis")
                        || sentence[d].Is("advcl")
                    )
                )
        )
        {
            end = Math.Min(end, sentence.Range(dependent).First);
        }
        return (first, end);
    }

    private Found? Named(ParsedSentence sentence, int first, int end, Speaker speaker)
    {
        for (var word = first; word < end; word++)
        {
            if (found.StartingAt(reading.TokenAt(sentence[word].Start)) is { } mention && CanBeTarget(mention, speaker))
            {
                return mention;
            }
        }
        return null;
    }

    private static bool CanBeTarget(Found mention, Speaker speaker) =>
        mention.Entity.Key != speaker.Entity?.Key
        && mention.Entity.Kind
            is EntityKind.Country
                or EntityKind.Bloc
                or EntityKind.Organisation
                or EntityKind.Person
                or EntityKind.Actor;

    private static string? Words(ParsedSentence sentence, int first, int end)
    {
        while (
            first < end
            && (
                sentence[first].Is("case")
                || sentence[first].Is("punct")
                || sentence.Text(first).ToLowerInvariant() is "the" or "a" or "an"
            )
        )
        {
            first++;
        }
        end = Math.Min(end, first + MaxWords);
        for (var word = first; word < end; word++)
        {
            end = sentence[word].Xpos is "," or ":" or "-LRB-" ? word : end;
        }
        while (end > first && sentence[end - 1].Upos is "PUNCT" or "ADP" or "CCONJ")
        {
            end--;
        }
        return first < end
            ? Folding.Clean(
                sentence.Reading.Whole.AsSpan(sentence[first].Start, sentence[end - 1].End - sentence[first].Start)
            )
            : null;
    }
}
