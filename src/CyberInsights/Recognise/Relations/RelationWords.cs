using System.Collections.Frozen;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Relations;

/// <summary>The English words that tell relations, from <c>relations.tsv</c>, which says how its lines are read. Immutable, thread safe.</summary>
internal sealed class RelationWords
{
    private static readonly Lazy<RelationWords> Loaded = new(() =>
        new RelationWords(ListFile.Read("relations.tsv", 4))
    );

    private readonly FrozenDictionary<string, Sense[]> verbs;
    private readonly FrozenDictionary<string, Sense[]> nouns;
    private readonly FrozenDictionary<string, Sense[]> qualities;
    private readonly FrozenDictionary<string, FrozenSet<string>> classes;
    private readonly FrozenDictionary<string, string> verbByLemma;
    private readonly FrozenDictionary<string, string> nounByLemma;

    private RelationWords(IEnumerable<string[]> lines)
    {
        var all = lines.ToLookup(l => l[0]);
        verbs = Senses(all["verb"]);
        qualities = Senses(all["adj"]);
        var byForce = all["noun"]
            .ToLookup(l =>
                l[1] == "as" ? "as"
                : IsForce(l[1]) ? "force"
                : "class"
            );
        var own = Senses(byForce["force"]);
        var verbOfNoun = byForce["as"]
            .SelectMany(l => ListFile.Words(l[3]))
            .Select(w => w.Split('='))
            .DistinctBy(w => w[0])
            .ToDictionary(w => w[0], w => w[1]);
        nouns = own
            .Keys.Union(verbOfNoun.Keys)
            .ToFrozenDictionary(
                n => n,
                n => OfNoun(own.GetValueOrDefault(n), verbs.GetValueOrDefault(verbOfNoun.GetValueOrDefault(n, "")))
            );
        classes = byForce["class"]
            .GroupBy(l => l[1])
            .ToFrozenDictionary(g => g.Key, g => g.SelectMany(l => ListFile.Words(l[3])).ToFrozenSet());
        var irregular = all["form"]
            .SelectMany(l => ListFile.Words(l[3]))
            .Select(w => w.Split('='))
            .ToLookup(w => w[1], w => w[0]);
        verbByLemma = Aliases(
            verbs.Keys,
            verb => [.. Inflected(verb), .. irregular[verb].Select(form => (form, "VB"))]
        );
        nounByLemma = Aliases(
            [
                .. nouns.Keys,
                .. classes.Values.SelectMany(c => c),
                .. verbs
                    .Values.SelectMany(v => v)
                    .SelectMany(s => s.Needs)
                    .Where(n => n.Kind == NeedKind.Object)
                    .Select(n => n.Word),
            ],
            noun => [($"{noun}s", "NNS"), ($"{noun}s", "NN")]
        );
    }

    internal static RelationWords Shipped => Loaded.Value;

    /// <summary>The word of the lists that a lemma stands for: the parser, which guesses lemmas of rare words, has "fre" for "freed".</summary>
    internal string Listed(string lemma, bool isVerb) =>
        (isVerb ? verbByLemma : nounByLemma).GetValueOrDefault(lemma) ?? lemma;

    /// <summary>The meanings of a verb: that which needs most first, and of equals that which depends on what it governs.</summary>
    internal ReadOnlySpan<Sense> Verb(string lemma) => verbs.GetValueOrDefault(lemma);

    /// <summary>The meanings of a noun, in the same order.</summary>
    internal ReadOnlySpan<Sense> Noun(string lemma) => nouns.GetValueOrDefault(lemma);

    /// <summary>The meanings of an adjective or adverb, in the same order.</summary>
    internal ReadOnlySpan<Sense> Quality(string lemma) => qualities.GetValueOrDefault(lemma);

    internal bool IsOfClass(string lemma, string things) => classes[things].Contains(lemma);

    // Of its own meanings and those of its verb, as of "support financial" and "support", that which needs most first.
    private static Sense[] OfNoun(Sense[]? own, Sense[]? verb) =>
        [.. (own ?? []).Concat(verb ?? []).OrderByDescending(s => s.Weight)];

    private static bool IsForce(string word) => Enum.TryParse<Force>(word, ignoreCase: true, out _);

    private static FrozenDictionary<string, string> Aliases(
        IReadOnlyCollection<string> words,
        Func<string, IEnumerable<(string Form, string Xpos)>> forms
    )
    {
        var known = words.ToHashSet();
        return known
            .Order(StringComparer.Ordinal)
            .SelectMany(w =>
                forms(w)
                    .SelectMany(
                        f => (string[])[Lemmas.Regular(f.Form, f.Form, f.Xpos), f.Form],
                        (_, l) => (Lemma: l, Word: w)
                    )
            )
            .Where(a => !known.Contains(a.Lemma))
            .DistinctBy(a => a.Lemma)
            .ToFrozenDictionary(a => a.Lemma, a => a.Word);
    }

    // How a verb may be written, with and without a doubled consonant.
    private static IEnumerable<(string Form, string Xpos)> Inflected(string verb)
    {
        var stem = verb[^1] == 'e' ? verb[..^1] : verb;
        foreach (var form in (string[])[stem, stem + stem[^1]])
        {
            yield return (form + "ed", "VBD");
            yield return (form + "ing", "VBG");
        }
        yield return (verb + "s", "VBZ");
    }

    private static FrozenDictionary<string, Sense[]> Senses(IEnumerable<string[]> lines) =>
        lines
            .SelectMany(l => ListFile.Words(l[3]).Select(phrase => (Words: phrase.Split(' '), Line: l)))
            .GroupBy(p => p.Words[0])
            .ToFrozenDictionary(
                g => g.Key,
                g =>
                    g.Select(p => new Sense(
                            Enum.Parse<Force>(p.Line[1], ignoreCase: true),
                            p.Line[2].Length > 0 ? Enum.Parse<Stance>(p.Line[2]) : null,
                            g.Key,
                            [.. p.Words[1..].Select(Need.Parse)]
                        ))
                        .OrderByDescending(s => s.Weight)
                        .ThenByDescending(s => s.Force >= Force.Carry)
                        .ToArray()
            );
}
