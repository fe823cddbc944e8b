namespace CyberInsights.Recognise.Relations;

/// <summary>The one place where relations become stances.</summary>
internal static class Stances
{
    /// <summary>The stance that an act shows; null where nothing is said or shown by it.</summary>
    // A word may know better ("denounced" condemns, "refuted" denies), but only while it means what it says: "refused to condemn" refuses.
    internal static Stance? Of(Act act) => !act.Turned && act.Sense?.Stance is { } own ? own : Of(act.Relation);

    /// <summary>The usual stance of a relation.</summary>
    internal static Stance? Of(Relation relation) =>
        relation switch
        {
            Relation.Accuse => Stance.Accuse,
            // Mostly a claim, a charge or a demand is turned away; words for "no comment" carry that stance themselves.
            Relation.Reject => Stance.Deny,
            Relation.Request => Stance.Demand,
            // Words and deeds for somebody, done or promised.
            Relation.Support or Relation.Aid or Relation.Cooperate or Relation.Agree => Stance.Support,
            Relation.Threaten => Stance.Warn,
            Relation.Protest => Stance.Protest,
            // A measure taken, or taken back.
            Relation.Sanction or Relation.Coerce or Relation.Mobilize or Relation.Yield => Stance.Act,
            Relation.Consult => Stance.Report,
            // An attack is what statements are about.
            Relation.Assault => null,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
