namespace CyberInsights.Recognise.Relations;

/// <summary>
/// What one party does or says to another: the event types of PLOVER (Open Event Data Alliance, manual 1.3, 2022), with its retreat and
/// concession taken together as <see cref="Yield"/>, as in its predecessor CAMEO. The first six cooperate, the others do not.
/// </summary>
internal enum Relation
{
    /// <summary>Agrees, offers or promises to cooperate.</summary>
    Agree = 1,

    /// <summary>Meets, visits, talks, negotiates, mediates.</summary>
    Consult = 2,

    /// <summary>Praises, backs, recognises, signs: cooperation in words and diplomacy.</summary>
    Support = 3,

    /// <summary>Trades, exercises together, extradites, shares intelligence: to the benefit of both.</summary>
    Cooperate = 4,

    /// <summary>Gives money, goods, troops for peace, shelter, rescue: to the benefit of the other.</summary>
    Aid = 5,

    /// <summary>Concedes, withdraws, releases, eases, resigns, lets in, apologises.</summary>
    Yield = 6,

    /// <summary>Asks, proposes, demands, orders.</summary>
    Request = 7,

    /// <summary>Blames, charges, sues, investigates, criticises.</summary>
    Accuse = 8,

    /// <summary>Refuses, denies, defies, vetoes.</summary>
    Reject = 9,

    /// <summary>Threatens, warns of consequences.</summary>
    Threaten = 10,

    /// <summary>Demonstrates, strikes, riots, blocks roads.</summary>
    Protest = 11,

    /// <summary>Reduces or breaks relations: sanctions, expelled diplomats, cut aid, ended talks.</summary>
    Sanction = 12,

    /// <summary>Moves or readies troops and police short of force.</summary>
    Mobilize = 13,

    /// <summary>Arrests, deports, seizes, bans, censors, hacks: force short of violence.</summary>
    Coerce = 14,

    /// <summary>Attacks, kills, abducts, destroys, occupies.</summary>
    Assault = 15,
}
