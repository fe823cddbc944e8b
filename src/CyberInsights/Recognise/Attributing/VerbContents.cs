using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Attributing;

/// <summary>What a verb tells: its clause, the clause it is inserted into, its infinitive or its object.</summary>
internal sealed class VerbContents(ParsedSentence sentence, Predicates predicates, int verb, int source, CueClass cue)
{
    internal const string ByObject = "object of the verb";
    internal const string Bare = "verb of saying alone";
    private const CueClass TakesClause =
        CueClass.Speech | CueClass.Thought | CueClass.Quality | CueClass.Control | CueClass.About | CueClass.Matter;
    private readonly SyntaxTree tree = sentence.Tree;

    internal string Rule { get; private set; } = "";
    internal double Certainty { get; private set; }

    /// <summary>Empty when a verb of saying has nothing beside it but perhaps a quotation; null when the verb tells nothing.</summary>
    internal IReadOnlyList<Span>? Find()
    {
        if ((Clause() ?? Around() ?? Infinitive() ?? Objects()) is { } content)
        {
            return content;
        }
        (Rule, Certainty) = (Bare, 0.8);
        return Is(CueClass.Speech) && predicates.Own(verb) is not null ? [] : null;
    }

    private bool Is(CueClass wanted) => (cue & wanted) != 0;

    // "said that ...", "..., she said"; of a verb in no list only with "that".
    private List<Span>? Clause()
    {
        foreach (
            var clause in tree.Dependents(verb).Where(d => sentence[d].Is("ccomp") && d != source && !IsTelling(d))
        )
        {
            if (
                !Is(TakesClause)
                && tree.Dependents(clause).All(d => sentence[d].Lemma != "that" || !sentence[d].Is("mark"))
            )
            {
                continue;
            }
            (Rule, Certainty) = ("clause of the verb", 0.9);
            var (first, end) = sentence.Range(clause);
            first =
                first > verb
                && predicates.Own(clause) is { } own
                && tree.Dependent(clause, "nsubj") < own
                && own < clause
                    ? sentence.Range(own).First
                    : first;
            return first > verb ? Pieces(first, Right(first, end)) : Pieces(first, Math.Min(end, Group().First));
        }
        return Hung();
    }

    // "told reporters he would sue": hung from the reporters.
    private List<Span>? Hung()
    {
        if (
            (tree.Dependent(verb, "iobj") ?? tree.DirectObject(verb)) is not { } told
            || !Is(CueClass.Speech)
            || tree.Dependent(told, "acl:relcl") is not { } clause
            || predicates.Own(clause) is not { } subject
            || sentence[subject].Xpos is "WP" or "WDT"
            || tree.DirectObject(clause) is { } inside && inside < clause
            || sentence[verb].Lemma
                is not ("tell" or "inform" or "assure" or "remind" or "warn" or "convince" or "persuade")
        )
        {
            return null;
        }
        (Rule, Certainty) = ("clause of the verb", 0.8);
        var (first, end) = sentence.Range(clause);
        return Pieces(first, end);
    }

    // What follows the clause and still hangs on the verb belongs to it, up to the next verb of telling.
    private int Right(int first, int end)
    {
        foreach (var dependent in tree.Dependents(verb).Where(d => d > first))
        {
            var (from, to) = sentence.Range(dependent);
            if (from < end || sentence[dependent].Is("punct"))
            {
                continue;
            }
            if (
                sentence[dependent].Is("conj")
                || sentence[dependent].Is("parataxis")
                || sentence[dependent].Is("cc")
                || IsTelling(dependent)
            )
            {
                break;
            }
            end = Math.Max(end, to);
        }
        return end;
    }

    // ", adding that": another saying of the same speaker.
    private bool IsTelling(int word) =>
        sentence[word].Xpos == "VBG"
        && (sentence[word].Is("advcl") || sentence[word].Is("ccomp"))
        && (sentence.IsMark(sentence.Range(word).First, ',') || sentence.IsMark(sentence.Range(word).First - 1, ','))
        && (
            CueWords.Of(sentence[word].Lemma) & (CueClass.Speech | CueClass.Control | CueClass.Matter | CueClass.Charge)
        ) != 0;

    // "the attack, prosecutors said, began in May", "..., prosecutors said": everything but the verb and what hangs on it.
    private List<Span>? Around()
    {
        var (first, end) = Group();
        if (
            !Is(CueClass.Speech | CueClass.Thought)
            || predicates.Own(verb) is null
            || !IsCommaBefore(first)
            || !(end >= sentence.Count || sentence[end].Upos == "PUNCT")
        )
        {
            return null;
        }
        (Rule, Certainty) = ("clause before the verb", 0.85);
        var head = sentence[verb].Head;
        while (head >= 0 && sentence[head].Is("conj"))
        {
            head = sentence[head].Head;
        }
        var inserted = sentence[verb].Is("parataxis") && head >= 0;
        // "the port, prosecutors said, was closed": only a comma can go on.
        var last = end < sentence.Count && sentence.IsMark(end, ',') ? sentence.Count : end;
        var range = inserted ? sentence.Range(head) : (First: 0, End: last);
        var pieces = Pieces(range.First, first);
        if (range.End > end + 1 && !(sentence[end + 1].Xpos is "VBG" or "CC"))
        {
            pieces.AddRange(Pieces(end, range.End));
        }
        return pieces.Count > 0 ? pieces : null;
    }

    private bool IsCommaBefore(int word)
    {
        var at = word - 1;
        while (at > 0 && sentence.IsQuotationMark(at))
        {
            at--;
        }
        return at > 0 && (sentence[at].Upos == "PUNCT" || at < word - 1);
    }

    // Subject and verb with what stands between and beside them.
    private (int First, int End) Group()
    {
        var (first, end) = (verb, verb + 1);
        var subject = predicates.Own(verb) ?? verb;
        foreach (var dependent in tree.Dependents(verb))
        {
            var relation = sentence[dependent];
            var (from, to) = sentence.Range(dependent);
            var beside =
                dependent == subject
                || (dependent > subject || relation.Is("aux") || relation.Is("advmod"))
                    && (
                        relation.Is("aux")
                        || relation.Is("advmod")
                        || relation.Is("obl")
                        || relation.Is("obj")
                        || relation.Is("iobj")
                        || relation.Is("compound")
                    );
            if (beside)
            {
                (first, end) = (Math.Min(first, from), Math.Max(end, to));
            }
        }
        return (first, end);
    }

    private List<Span>? Infinitive()
    {
        if (tree.Dependent(verb, "xcomp") is not { } infinitive || infinitive < verb)
        {
            return null;
        }
        var asked = tree.DirectObject(verb) ?? tree.Dependent(verb, "iobj");
        if (
            !Is(
                asked is null
                    ? CueClass.Thought | CueClass.Quality
                    : CueClass.Control | CueClass.Matter | CueClass.Thought
            )
        )
        {
            return null;
        }
        (Rule, Certainty) = ("infinitive of the verb", 0.75);
        var first = sentence.Range(infinitive).First;
        if (asked is { } person && person > verb)
        {
            first = Math.Min(first, sentence.Range(person).First);
        }
        return Pieces(first, Right(first, sentence.Range(infinitive).End));
    }

    private List<Span>? Objects()
    {
        if (tree.IsPassive(verb))
        {
            return
                Is(CueClass.Matter | CueClass.Charge | CueClass.Speech)
                && predicates.Subject(verb) is { } acted
                && acted != source
                ? Passive(acted)
                : null;
        }
        if (!Is(CueClass.Matter | CueClass.About | CueClass.Charge))
        {
            return null;
        }
        foreach (var dependent in tree.Dependents(verb).Where(d => d > verb && IsContentPart(d)))
        {
            (Rule, Certainty) = (ByObject, 0.6);
            var (first, end) = sentence.Range(dependent);
            var preposition = tree.Dependent(dependent, "case", "mark");
            return Pieces(
                preposition == first && !sentence[dependent].Is("obj") ? first + 1 : first,
                Right(first, end)
            );
        }
        return null;
    }

    private List<Span> Passive(int acted)
    {
        (Rule, Certainty) = ("subject of the passive", 0.6);
        var (first, end) = sentence.Range(acted);
        return Pieces(first, Math.Min(end, verb));
    }

    private bool IsContentPart(int dependent)
    {
        var word = sentence[dependent];
        if (word.Is("obj") || word.Is("xcomp"))
        {
            return Is(CueClass.Matter | CueClass.Charge) || word.Is("obj") && Is(CueClass.About);
        }
        return (word.Is("obl") || word.Is("advcl"))
            && tree.Dependent(dependent, "case", "mark") is { } preposition
            && (
                CueWords.Of($"{sentence[verb].Lemma.ToLowerInvariant()} {sentence[preposition].Lemma}") & CueClass.About
            ) != 0;
    }

    private List<Span> Pieces(int first, int end)
    {
        var span = first < end ? sentence.Trimmed(first, end) : default;
        return span.Length == 0 ? [] : [span];
    }
}
