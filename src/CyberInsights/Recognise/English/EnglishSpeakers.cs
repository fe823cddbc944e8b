using CyberInsights.Recognise.Attributing;
using CyberInsights.Text;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.English;

/// <summary>Who a noun phrase of the tree means as a speaker.</summary>
internal sealed class EnglishSpeakers(Reading reading, FoundIndex found, Grammar grammar, Discourse discourse)
{
    private readonly Dictionary<string, Speaker> bySurname = [];
    private readonly Dictionary<int, Found> phrases = PhrasesOf(found);
    private readonly NamedBodies bodies = new(found);

    /// <summary>The speakers a phrase joins by "and", each with the span of its own words; empty when nobody can be named.</summary>
    internal IReadOnlyList<Speaker> Of(ParsedSentence sentence, int head, int verb)
    {
        var speakers = new List<Speaker>();
        foreach (var one in Joined(sentence, head).Where(c => !sentence.IsWithin(verb, c)).Prepend(head))
        {
            if (One(sentence, one, verb) is { } speaker)
            {
                speakers.Add(speaker);
            }
            else if (one == head)
            {
                return [];
            }
        }
        return speakers;
    }

    // Without "and" a second noun is another name of the first.
    private static IEnumerable<int> Joined(ParsedSentence sentence, int head)
    {
        var joined = sentence
            .Tree.Conjuncts(head)
            .Where(c => sentence[c].Upos is "NOUN" or "PROPN" or "PRON" or "X")
            .ToList();
        return joined.Exists(c => sentence.Tree.Dependent(c, "cc") is not null) ? joined : [];
    }

    /// <summary>Keeps a speaker so that the surname alone means the same afterwards.</summary>
    internal void Remember(Speaker speaker)
    {
        if (speaker.IsName && speaker.Name.LastIndexOf(' ') is > 0 and var space)
        {
            bySurname.TryAdd(speaker.Name[(space + 1)..], speaker);
        }
    }

    private static Dictionary<int, Found> PhrasesOf(FoundIndex found)
    {
        var phrases = new Dictionary<int, Found>();
        foreach (var person in found.All.Where(f => f.Entity.Kind == EntityKind.Person))
        {
            for (var t = person.PhraseFirst; t < person.PhraseEnd; t++)
            {
                phrases.TryAdd(t, person);
            }
        }
        return phrases;
    }

    private Speaker? One(ParsedSentence sentence, int head, int verb)
    {
        if (sentence[head].Upos == "PRON")
        {
            return Pronoun(sentence, head);
        }
        if (Mentioned(sentence, head) is { } mention)
        {
            var span =
                mention.Entity.Kind == EntityKind.Person
                    ? reading.SpanOf(mention.PhraseFirst, mention.PhraseEnd)
                    : NounPhrase.Own(sentence, head, verb);
            return discourse.Of(mention, 0.9) with { Span = span };
        }
        return InApposition(sentence, head, verb)
            ?? Affiliated(sentence, head, verb)
            ?? Meant(sentence, head, verb)
            ?? CallingItself(sentence, head, verb)
            ?? Named(sentence, head, verb)
            ?? Described(sentence, head, verb);
    }

    private Speaker? Pronoun(ParsedSentence sentence, int word)
    {
        var text = sentence.Text(word).ToLowerInvariant();
        var meant =
            grammar.Is(text, WordClass.He) ? discourse.He
            : grammar.Is(text, WordClass.It) ? discourse.LastBody
            : grammar.Is(text, WordClass.They) ? discourse.LastSpeaker
            : null;
        // "he" of someone never named stays out: nobody could check it.
        return meant is null
            ? null
            : meant with
            {
                Span = sentence.SpanOf(word),
                Certainty = Math.Min(meant.Certainty, 0.75),
            };
    }

    private int Token(ParsedSentence sentence, int word) => reading.TokenAt(sentence[word].Start);

    private static bool CanSpeak(Found mention) =>
        mention.Mention.Form != MentionForm.Adjective
        && mention.Entity.Kind
            is EntityKind.Country
                or EntityKind.Bloc
                or EntityKind.Organisation
                or EntityKind.Person
                or EntityKind.Actor;

    private Found? Mentioned(ParsedSentence sentence, int head)
    {
        var token = Token(sentence, head);
        return found.Over(token) is { } over && CanSpeak(over) ? over
            : phrases.TryGetValue(token, out var person) ? person
            : null;
    }

    // "the ministry's spokesman, Jan Novák,": the name is the speaker, what stands before it the office.
    private Speaker? InApposition(ParsedSentence sentence, int head, int verb)
    {
        foreach (
            var beside in sentence.Tree.Dependents(head).Where(d => sentence[d].Is("appos") || sentence[d].Is("flat"))
        )
        {
            if (Mentioned(sentence, beside) is { } mention)
            {
                var speaker = discourse.Of(mention, 0.85);
                return speaker with
                {
                    Span = NounPhrase.Own(sentence, head, verb),
                    Role =
                        mention.Entity.Kind == EntityKind.Person
                            ? speaker.Role ?? RoleBefore(sentence, head, beside)
                            : speaker.Role,
                };
            }
            if (
                beside > head
                && sentence[beside].Xpos == "NNP"
                && RoleWords.Of("en").Heads.Contains(sentence[head].Lemma.ToLowerInvariant())
            )
            {
                var (first, end) = sentence.Range(beside);
                while (end < sentence.Count && sentence[end].Xpos == "NNP")
                {
                    end++;
                }
                return new Speaker(
                    null,
                    NounPhrase.Plain(sentence, first, end),
                    RoleBefore(sentence, head, beside),
                    Country(sentence, head),
                    NounPhrase.Own(sentence, head, verb),
                    0.8
                )
                {
                    IsName = true,
                };
            }
        }
        return null;
    }

    private string? Country(ParsedSentence sentence, int head) =>
        sentence
            .Tree.Dependents(head)
            .Select(d => found.Over(Token(sentence, d)))
            .FirstOrDefault(f => f?.Entity.Code is not null)
            ?.Entity.Code;

    private static string? RoleBefore(ParsedSentence sentence, int head, int beside)
    {
        var (first, _) = sentence.Range(head);
        var end = sentence.Range(beside).First;
        return first < end ? NounPhrase.Plain(sentence, first, end) : null;
    }

    // "a spokesman for X", "researchers at X", "Microsoft researchers": X speaks; "Chinese officials" are themselves, and of China.
    private Speaker? Affiliated(ParsedSentence sentence, int head, int verb)
    {
        var lemma = sentence[head].Lemma.ToLowerInvariant();
        var word = sentence.Text(head).ToLowerInvariant();
        var official = grammar.Is(word, WordClass.Official);
        if (
            !official
            && !grammar.Is(word, WordClass.Affiliate)
            && !grammar.Is(lemma, WordClass.Affiliate)
            && !RoleWords.Of("en").Heads.Contains(lemma)
        )
        {
            return null;
        }
        foreach (
            var dependent in sentence
                .Tree.Dependents(head)
                .Where(d => sentence[d].Is("nmod") || sentence[d].Is("compound") || sentence[d].Is("amod"))
        )
        {
            if (
                found.Over(Token(sentence, dependent)) is not { } owner
                || owner.Entity.Kind is not (EntityKind.Country or EntityKind.Bloc or EntityKind.Organisation)
            )
            {
                continue;
            }
            var span = NounPhrase.Own(sentence, head, verb);
            if (
                dependent > head
                && sentence.Tree.Dependent(dependent, "case") is { } by
                && (
                    sentence[by].Lemma == "for"
                    || owner.Entity.Kind == EntityKind.Organisation
                        && sentence[by].Lemma is not ("against" or "on" or "in")
                )
            )
            {
                var (first, end) = (sentence.WordAt(span.Start), sentence.Range(dependent).First);
                return discourse.Of(owner, 0.8) with { Role = NounPhrase.Plain(sentence, first, end), Span = span };
            }
            var name = NounPhrase.Plain(sentence, span);
            return new Speaker(
                official && owner.Entity.Kind != EntityKind.Organisation ? owner.Entity : null,
                name,
                null,
                owner.Entity.Code,
                span,
                0.75
            );
        }
        return null;
    }

    // "the ministry", "the company", "the minister": who was introduced as such.
    private Speaker? Meant(ParsedSentence sentence, int head, int verb)
    {
        var first = sentence.Range(head).First;
        var bare = first == head;
        if (head - first > 2 || !bare && sentence.Text(first).ToLowerInvariant() is not ("the" or "this" or "its"))
        {
            return null;
        }
        var word = sentence[head].Lemma.ToLowerInvariant();
        var meant = bare
            ? Body(word, sentence.Span.Start < reading.TitleEnd)
            : discourse.ByRole(word)
                ?? (
                    word is "company" or "firm" or "vendor" && discourse.LastCompany is { } company
                        ? discourse.Of(company, 0.7)
                        : discourse.Body(word) ?? Body(word, inTitle: false)
                );
        return meant is null ? null : meant with { Span = NounPhrase.Own(sentence, head, verb), Certainty = 0.7 };
    }

    private Speaker? Body(string word, bool inTitle) =>
        bodies.Find(word, inTitle) is { } body ? discourse.Of(body, 0.7) : null;

    // "a crew calling itself X"
    private Speaker? CallingItself(ParsedSentence sentence, int head, int verb)
    {
        foreach (
            var clause in sentence
                .Tree.Dependents(head)
                .Where(d => sentence[d].Is("acl") && sentence[d].Lemma is "call" or "name" or "know")
        )
        {
            var (_, end) = sentence.Range(clause);
            for (var word = end - 1; word > clause; word--)
            {
                if (
                    sentence[word].Upos == "PROPN"
                    && (
                        Mentioned(sentence, word) is { } mention
                            ? discourse.Of(mention, 0.8)
                            : Named(sentence, word, verb)
                    )
                        is { } named
                )
                {
                    return named with { Span = NounPhrase.Own(sentence, head, verb) };
                }
            }
        }
        return null;
    }

    // A name that no list has. In a headline every word looks like one.
    private Speaker? Named(ParsedSentence sentence, int head, int verb)
    {
        if (!IsCapital(sentence, head) || reading.TitleCase[sentence.Number])
        {
            return null;
        }
        var (first, end) = (head, head + 1);
        while (
            end < sentence.Count && IsCapital(sentence, end) && sentence[end].Head == head && !sentence[end].Is("nsubj")
        )
        {
            end++;
        }
        while (first > 0 && IsCapital(sentence, first - 1) && sentence[first - 1].Upos != "DET")
        {
            first--;
        }
        if (
            first == 0
            && end - first == 1
            && !reading.IsNameElsewhere(sentence.Text(head).ToLowerInvariant())
            && !sentence[head].Xpos.StartsWith("NNP", StringComparison.Ordinal)
        )
        {
            return null;
        }
        var name = NounPhrase.Plain(sentence, first, end);
        if (bySurname.TryGetValue(name, out var known))
        {
            return known with { Span = NounPhrase.Own(sentence, head, verb), Certainty = 0.6 };
        }
        return name.Length < 3 || grammar.Is(name.ToLowerInvariant(), WordClass.Time)
            ? null
            : new Speaker(null, name, null, null, NounPhrase.Own(sentence, head, verb), 0.6)
            {
                IsName = !IsDetermined(sentence, head),
            };
    }

    private bool IsCapital(ParsedSentence sentence, int word) => reading.IsCapital(Token(sentence, word));

    private static bool IsDetermined(ParsedSentence sentence, int head) =>
        sentence.Tree.Dependent(head, "det") is not null;

    // "two officials", "the documents": nobody a reader can look up.
    private Speaker? Described(ParsedSentence sentence, int head, int verb)
    {
        if (
            sentence[head].Upos is not ("NOUN" or "PROPN")
            || grammar.Is(sentence.Text(head).ToLowerInvariant(), WordClass.Time)
        )
        {
            return null;
        }
        var span = NounPhrase.Own(sentence, head, verb);
        var end = sentence.WordAt(span.Start);
        while (end < sentence.Count && sentence[end].Start < span.End && !sentence.IsMark(end, ','))
        {
            end++;
        }
        end = Math.Max(end, head + 1);
        var name = end;
        while (name > 1 && !reading.TitleCase[sentence.Number] && IsCapital(sentence, name - 1))
        {
            name--;
        }
        // "general counsel Anna Berg"
        if (end - name > 1 && name > sentence.WordAt(span.Start))
        {
            return new Speaker(
                null,
                NounPhrase.Plain(sentence, name, end),
                NounPhrase.Plain(sentence, sentence.WordAt(span.Start), name),
                null,
                span,
                0.65
            )
            {
                IsName = true,
            };
        }
        return new Speaker(
            null,
            NounPhrase.Plain(sentence, sentence.WordAt(span.Start), Math.Max(end, head + 1)),
            null,
            null,
            span,
            0.65
        );
    }
}
