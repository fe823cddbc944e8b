using System.Collections.Frozen;

namespace CyberInsights.Recognise.Tagging;

/// <summary>What a token is part of. The order is that of the model file.</summary>
internal static class Tag
{
    /// <summary>The types as AnnoCTR names them; CON (a concept such as "ransomware") is learned so that it is not taken for a name.</summary>
    internal static readonly string[] Types = ["MALWARE", "GROUP", "ORG", "LOC", "SECTOR", "TOOL", "CON"];

    /// <summary>One outside, then a beginning and an inside for each type.</summary>
    internal static readonly int Count = 1 + 2 * Types.Length;

    internal const int Outside = 0;

    private static readonly FrozenDictionary<string, EntityKind> Kinds = new Dictionary<string, EntityKind>
    {
        ["MALWARE"] = EntityKind.Malware,
        ["GROUP"] = EntityKind.Actor,
        ["ORG"] = EntityKind.Organisation,
        ["LOC"] = EntityKind.Place,
        ["SECTOR"] = EntityKind.Sector,
        ["TOOL"] = EntityKind.Tool,
    }.ToFrozenDictionary();

    internal static int Begin(int type) => 1 + 2 * type;

    internal static int Inside(int type) => 2 + 2 * type;

    internal static bool IsInside(int tag) => tag > 0 && tag % 2 == 0;

    /// <summary>-1 for outside.</summary>
    internal static int TypeOf(int tag) => (tag - 1) >> 1;

    /// <summary>Whether a tag can follow another: an inside only its own beginning or inside.</summary>
    internal static bool Follows(int tag, int before) => !IsInside(tag) || before == tag || before == tag - 1;

    /// <summary>The kind of a type; null for concepts.</summary>
    internal static EntityKind? KindOf(int type) => Kinds.TryGetValue(Types[type], out var kind) ? kind : null;
}
