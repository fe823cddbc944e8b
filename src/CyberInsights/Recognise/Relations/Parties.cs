using System.Text;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Relations;

/// <summary>Who acts and who is acted on in what a sentence tells.</summary>
internal sealed class Parties(SyntaxTree tree, ActReader reader)
{
    /// <summary>A interaction with its parties.</summary>
    internal Interaction Interaction(int predicate, Act act)
    {
        // "Norway's condemnation came late": not the condemnation acts.
        var source = Source(predicate) is { } subject && subject == act.Word ? Source(act.Word) : Source(predicate);
        var target = Target(predicate, act.Word);
        return new Interaction(
            act.Relation,
            Stances.Of(act),
            predicate,
            act.Swapped ? target : source,
            act.Swapped ? source : target,
            act.Negated,
            act.Open || IsSupposed(predicate),
            Rule(predicate, act)
        );
    }

    /// <summary>Whether a party is, or belongs to, who acts in a predicate.</summary>
    internal bool Acts(int predicate, int party) => Source(predicate) is { } actor && BelongsTo(party, actor);

    /// <summary>Whether a party is, or belongs to, what a predicate is about, its source apart.</summary>
    internal bool IsActedOn(int predicate, int party)
    {
        if (Source(predicate) is { } actor && BelongsTo(party, actor) && !IsJoined(party, actor))
        {
            return false;
        }
        return party != predicate && BelongsTo(party, predicate)
            || (tree.Tokens[predicate].Is("acl") && BelongsTo(party, tree.Tokens[predicate].Head));
    }

    private int? Source(int predicate)
    {
        if (tree.Tokens[predicate].Upos is "NOUN" && tree.Dependent(predicate, "nsubj") is null)
        {
            return Owner(predicate) ?? CarrierSubject(predicate);
        }
        var token = tree.Tokens[predicate];
        if ((tree.IsPassive(predicate) && !IsRaised(predicate)) || (token.Relation == "acl" && token.Xpos == "VBN"))
        {
            return tree.Agent(predicate);
        }
        var subject = tree.Subject(predicate) ?? Unnamed(predicate);
        return subject is not { } known ? null
            : IsRelative(known) ? Antecedent(predicate) ?? known
            : IsPronoun(known) ? Speaker(predicate) ?? known
            : known;
    }

    // "is expected to visit", "was said to have attacked"
    private bool IsRaised(int verb) =>
        tree.Dependent(verb, "xcomp") is not null
        && reader.SenseOf(verb) is { Force: Force.Plan or Force.Say or Force.Carry };

    private bool IsPronoun(int token) =>
        tree.Tokens[token].Upos == "PRON"
        && tree.Tokens[token].Lemma.ToLowerInvariant() is "it" or "he" or "she" or "they" or "we" or "i";

    // "The ministry said it would": who says it.
    private int? Speaker(int verb)
    {
        for (var at = verb; tree.Tokens[at].Head is >= 0 and var head; at = head)
        {
            if (tree.Tokens[at].Is("ccomp"))
            {
                return Source(head);
            }
        }
        return null;
    }

    // "Norway's ban", "the ban by Norway", "talks between Norway and Iran", "the Norwegian ban"
    private int? Owner(int noun)
    {
        int? owner = null;
        foreach (var d in reader.Arguments.Below(noun))
        {
            var token = tree.Tokens[d];
            if (token.Relation == "nmod:poss" || (token.Is("nmod") && IsLinkedBy(d)))
            {
                return d;
            }
            if ((token.Is("compound") || token.Is("amod")) && token.Xpos is "NNP" or "NNPS" || IsDemonym(token))
            {
                owner ??= d;
            }
        }
        return owner;
    }

    private bool IsLinkedBy(int noun) =>
        reader.Arguments.HasLink(noun, "by")
        || reader.Arguments.HasLink(noun, "between")
        || reader.Arguments.HasLink(noun, "from");

    private static bool IsDemonym(TokenSyntax token) =>
        token.Is("amod") && token.Lemma.Length > 0 && char.IsUpper(token.Lemma[0]);

    // "Norway imposed sanctions", "Norway's decision to expel"
    private int? CarrierSubject(int noun) =>
        tree.Tokens[noun].Head is >= 0 and var head
        && reader.SenseOf(head) is { Force: >= Force.Carry }
        && tree.Tokens[noun].Is("obj")
            ? Source(head)
            : null;

    // Of "the group attacking the port" the group, of "its plan to attack" whose plan it is.
    private int? Unnamed(int verb)
    {
        var token = tree.Tokens[verb];
        if (token.Is("acl") && token.Xpos == "VBG")
        {
            return token.Head;
        }
        var governed =
            token.Is("acl") || token.Is("advcl") || token.Is("xcomp") || token.Is("ccomp") || token.Is("obl");
        return governed && token.Head >= 0 ? Controller(token.Head, verb) : null;
    }

    // Accused and asked of something is the object, else the subject acts on.
    private int? Controller(int head, int verb)
    {
        var swallows = reader.SenseOf(head) is { Force: Force.Accuse or Force.Request or Force.Order or Force.Coerce };
        return swallows && !tree.Tokens[verb].Is("ccomp") && reader.Arguments.Object(head) is { } other
            ? other
            : Source(head);
    }

    private bool IsRelative(int token) => tree.Tokens[token].Lemma is "which" or "who" or "that";

    private int? Antecedent(int verb)
    {
        var at = verb;
        while (at >= 0 && !tree.Tokens[at].Is("acl"))
        {
            at = tree.Tokens[at].Head;
        }
        return at >= 0 ? tree.Tokens[at].Head : null;
    }

    // Of the predicate, of the word that tells what it does, or of the infinitive it governs: "refused to condemn Iran".
    private int? Target(int predicate, int word) =>
        OwnTarget(predicate, word)
        ?? (word != predicate ? OwnTarget(word, word) : null)
        ?? (tree.Dependent(predicate, "xcomp") is { } governed && governed != word ? Target(governed, governed) : null);

    private int? OwnTarget(int at, int word)
    {
        var thing = tree.Tokens[at].Upos == "NOUN" ? at : reader.Arguments.Object(at);
        if (thing is { } named && named != at && reader.SenseOf(named) is null)
        {
            return named;
        }
        if (thing is { } noun && Beyond(noun) is { } beyond && beyond != word)
        {
            return beyond;
        }
        foreach (var d in reader.Arguments.Below(at))
        {
            var token = tree.Tokens[d];
            var stands = token.Is("iobj") || (token.Is("obl") && token.Relation is not ("obl:agent" or "obl:unmarked"));
            if (stands && d != word && token.Upos is "NOUN" or "PROPN" or "PRON" && !reader.Arguments.IsTime(d))
            {
                return d;
            }
        }
        return null;
    }

    // "sanctions against Iran", "support for Iran", "Iran's claims" (where Iran is not who acts)
    private int? Beyond(int noun)
    {
        foreach (var d in reader.Arguments.Below(noun))
        {
            if (
                tree.Tokens[d].Is("nmod")
                && tree.Tokens[d].Relation != "nmod:poss"
                && !reader.Arguments.HasLink(d, "by")
            )
            {
                return d;
            }
        }
        return null;
    }

    private bool BelongsTo(int token, int phrase)
    {
        for (var at = token; at >= 0; at = tree.Tokens[at].Head)
        {
            if (at == phrase)
            {
                return true;
            }
        }
        return false;
    }

    private bool IsJoined(int token, int first)
    {
        for (var at = token; at >= 0 && at != first; at = tree.Tokens[at].Head)
        {
            if (tree.Tokens[at].Is("conj"))
            {
                return true;
            }
        }
        return false;
    }

    // What is asked, accused of or supposed has not been said to have happened.
    private bool IsSupposed(int predicate)
    {
        for (var at = predicate; tree.Tokens[at].Head is >= 0 and var head; at = head)
        {
            var below = tree.Tokens[at];
            if (reader.Arguments.HasLink(at, "if") || reader.Arguments.HasLink(at, "unless"))
            {
                return true;
            }
            if (
                !below.Is("nsubj")
                && !below.Is("conj")
                && reader.SenseOf(head)
                    is { Force: Force.Accuse or Force.Request or Force.Threaten or Force.Reject or Force.Plan }
            )
            {
                return true;
            }
        }
        return false;
    }

    private string Rule(int predicate, Act act)
    {
        var rule = new StringBuilder(reader.Arguments.Lemma(predicate));
        if (act.Word != predicate)
        {
            rule.Append(" > ").Append(reader.Arguments.Lemma(act.Word));
        }
        return act.Turned ? rule.Append(" (turned)").ToString() : rule.ToString();
    }
}
