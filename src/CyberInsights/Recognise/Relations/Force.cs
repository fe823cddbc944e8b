namespace CyberInsights.Recognise.Relations;

/// <summary>What a word does in its sentence: it tells a relation, with that relation's number, or it turns what it governs.</summary>
internal enum Force
{
    Agree = Relation.Agree,
    Consult = Relation.Consult,
    Support = Relation.Support,
    Cooperate = Relation.Cooperate,
    Aid = Relation.Aid,
    Yield = Relation.Yield,
    Request = Relation.Request,
    Accuse = Relation.Accuse,
    Reject = Relation.Reject,
    Threaten = Relation.Threaten,
    Protest = Relation.Protest,
    Sanction = Relation.Sanction,
    Mobilize = Relation.Mobilize,
    Coerce = Relation.Coerce,
    Assault = Relation.Assault,

    /// <summary>Passes on what it governs: "launched an attack", "tried to mediate".</summary>
    Carry,

    /// <summary>The same from the other side: "came under attack".</summary>
    Undergo,

    /// <summary>Ends it: "lifted sanctions", "halted aid".</summary>
    End,

    /// <summary>Ends it, and relations where nothing else is told: "suspended aid", "severed ties".</summary>
    Break,

    /// <summary>Promises it: "pledged support", "vowed to strike".</summary>
    Promise,

    /// <summary>Has it in mind: "plans to visit".</summary>
    Plan,

    /// <summary>Does not do it: "failed to condemn".</summary>
    Fail,

    /// <summary>Has it done: "ordered an investigation".</summary>
    Order,

    /// <summary>Tells it: "said it would withdraw".</summary>
    Say,

    /// <summary>Gives it a name: "called the move unacceptable".</summary>
    Judge,
}
