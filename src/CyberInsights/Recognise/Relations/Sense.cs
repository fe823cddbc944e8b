namespace CyberInsights.Recognise.Relations;

/// <summary>How a word that a sense needs must stand to its verb or noun.</summary>
internal enum NeedKind
{
    /// <summary>A particle, preposition, complement or part of a compound: "call on", "hold responsible".</summary>
    Word,

    /// <summary>An object, whether direct or behind a preposition: "take hostages", "go on strike".</summary>
    Object,

    /// <summary>An object of a class of things: "withdraw troops".</summary>
    Class,

    /// <summary>Who acts is of a class of things: "troops left".</summary>
    Actor,

    /// <summary>Any direct object.</summary>
    AnyObject,

    /// <summary>An infinitive: "told it to leave".</summary>
    Infinitive,

    /// <summary>A finite clause: "claims that".</summary>
    Clause,

    /// <summary>A name or quality given to the object: "call it illegal".</summary>
    Name,
}

/// <summary>What a sense needs to stand in the sentence.</summary>
/// <param name="Word">The lemma or the class of things; empty where any will do.</param>
internal readonly record struct Need(NeedKind Kind, string Word)
{
    /// <summary>The more a need asks, the more it tells: of two senses that fit, that with the greater sum is meant.</summary>
    internal int Weight =>
        Kind switch
        {
            NeedKind.AnyObject => 1,
            NeedKind.Object or NeedKind.Class or NeedKind.Actor => 6,
            NeedKind.Word => 5,
            _ => 2,
        };

    internal static Need Parse(string word) =>
        word switch
        {
            "+obj" => new Need(NeedKind.AnyObject, ""),
            "+to" => new Need(NeedKind.Infinitive, ""),
            "+that" => new Need(NeedKind.Clause, ""),
            "+name" => new Need(NeedKind.Name, ""),
            ['=', ..] => new Need(NeedKind.Object, word[1..]),
            ['@', ..] => new Need(NeedKind.Actor, word[1..]),
            ['#', ..] => new Need(NeedKind.Class, word[1..]),
            _ => new Need(NeedKind.Word, word),
        };
}

/// <summary>One meaning of a word.</summary>
/// <param name="Stance">The stance that it shows, where that is not the usual one of its relation.</param>
internal sealed record Sense(Force Force, Stance? Stance, string Word, Need[] Needs)
{
    internal int Weight { get; } = Needs.Sum(n => n.Weight);
}
