namespace CyberInsights.Recognise.Relations;

/// <summary>A relation while it is read from a sentence, before it is known who acts.</summary>
/// <param name="Word">The token whose meaning told the relation.</param>
/// <param name="Turned">That modality made another relation of what the word tells.</param>
/// <param name="Swapped">That who suffers it stands where the acting one usually does.</param>
internal readonly record struct Act(
    Relation Relation,
    Sense? Sense,
    int Word,
    bool Negated = false,
    bool Open = false,
    bool Turned = false,
    bool Swapped = false
)
{
    internal bool Cooperates => Relation <= Relation.Yield;

    // Conflict in deeds; that in words stays what it is when it is announced.
    internal bool Strikes => Relation >= Relation.Protest;

    /// <summary>Not done: cooperation is refused; of the rest it is only known that it did not happen.</summary>
    internal Act Not() =>
        Negated ? this with { Negated = false }
        : Cooperates ? Become(Relation.Reject)
        : Strikes && Open ? Become(Relation.Agree)
        : Relation == Relation.Threaten && Turned ? Become(Relation.Agree)
        : this with { Negated = true };

    /// <summary>To come: cooperation is agreed on, conflict threatened (CAMEO 03 and 13, "reported in future tense").</summary>
    internal Act ToCome() =>
        Negated ? Become(Strikes ? Relation.Agree : Relation)
        : Cooperates ? Become(Relation.Agree)
        : Strikes ? Become(Relation.Threaten)
        : this with { Open = true };

    /// <summary>Ended or made less: hostility is given up, cooperation reduced (CAMEO 08 and 16).</summary>
    internal Act Ended() =>
        // A cancelled meeting is a refusal (PLOVER 3.13.2), and so is a concession that is stopped.
        Relation is Relation.Consult or Relation.Agree or Relation.Yield
            ? Become(Relation.Reject)
            : Become(Cooperates ? Relation.Sanction : Relation.Yield);

    internal Act Become(Relation relation) =>
        relation == Relation ? this : this with { Relation = relation, Negated = false, Turned = true };
}
