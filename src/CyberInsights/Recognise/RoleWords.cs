using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>Words of offices, per language. Immutable, thread safe.</summary>
internal sealed class RoleWords
{
    private static readonly Lazy<FrozenDictionary<string, RoleWords>> Loaded = new(Load);
    private static readonly RoleWords None = new([], []);

    private RoleWords(IEnumerable<string> heads, IEnumerable<string> modifiers)
    {
        Heads = heads.Select(w => Folding.Fold(w)).ToFrozenSet();
        Modifiers = modifiers.Select(w => Folding.Fold(w)).ToFrozenSet();
    }

    /// <summary>"minister", "spokeswoman"</summary>
    internal FrozenSet<string> Heads { get; }

    /// <summary>"deputy", "foreign"</summary>
    internal FrozenSet<string> Modifiers { get; }

    internal static RoleWords Of(string language) => Loaded.Value.GetValueOrDefault(language, None);

    private static FrozenDictionary<string, RoleWords> Load() =>
        ListFile
            .Read("roles.tsv", 3)
            .GroupBy(l => l[0])
            .ToFrozenDictionary(
                g => g.Key,
                g => new RoleWords(
                    g.Where(l => l[1] == "h").SelectMany(l => ListFile.Words(l[2])),
                    g.Where(l => l[1] == "m").SelectMany(l => ListFile.Words(l[2]))
                )
            );
}
