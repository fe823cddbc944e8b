using CyberInsights.Text;

namespace CyberInsights.Training.Gather;

/// <summary>One entity on its way into the file.</summary>
internal sealed class Entry(string kind, string name)
{
    private readonly SortedDictionary<string, string> namers = new(StringComparer.Ordinal);

    internal string Kind { get; set; } = kind;
    internal string Name => name;

    /// <summary>ISO 3166-1 alpha-2; empty when not known.</summary>
    internal string Country { get; set; } = "";

    /// <summary>Which state is said to stand behind an actor, each as <c>code=who says so</c>.</summary>
    internal SortedSet<string> Sponsors { get; } = new(StringComparer.Ordinal);
    internal List<string> Names { get; } = [];

    internal string NamerOf(string one) => namers.GetValueOrDefault(one, "");

    /// <summary>Takes a name once; of two namers the first counts.</summary>
    internal void Call(string one, string namer = "")
    {
        one = one.Trim();
        if (!Names.Contains(one, StringComparer.Ordinal))
        {
            Names.Add(one);
        }
        if (namer.Length > 0)
        {
            namers.TryAdd(one, namer);
        }
    }

    /// <summary>The form under which two spellings of one name are equal: "APT 28" and "APT28".</summary>
    internal static string Fold(string name) => string.Concat(Folding.Fold(name).Where(char.IsLetterOrDigit));
}
