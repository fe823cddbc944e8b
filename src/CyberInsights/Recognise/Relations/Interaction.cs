namespace CyberInsights.Recognise.Relations;

/// <summary>What a sentence says that somebody does or says to somebody. Tokens are places in the sentence's tree.</summary>
/// <param name="Stance">What it is as a statement; null where nothing is said or shown by it.</param>
/// <param name="Predicate">The verb or noun that tells it; of a chain ("refused to condemn") the first.</param>
/// <param name="Source">The head word of who acts; null when nobody is named.</param>
/// <param name="Target">The head word of who or what it is done to; null when nobody is named.</param>
/// <param name="Negated">That it did not happen, where that makes no other relation: "did not deny".</param>
/// <param name="Open">That it may come or is only supposed: "will", "would", "if", the content of an accusation.</param>
/// <param name="Rule">How it was read, in words: from the first verb to the last.</param>
internal sealed record Interaction(
    Relation Relation,
    Stance? Stance,
    int Predicate,
    int? Source,
    int? Target,
    bool Negated,
    bool Open,
    string Rule
);
