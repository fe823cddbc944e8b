using System.Globalization;
using System.Text;
using CyberInsights.Recognise;
using CyberInsights.Text;

namespace CyberInsights.Training.Gather;

/// <summary>
/// Decides which names can be read in a text and which only beside a word that tells what they are, and writes the file. A name
/// two kinds share, or that running English writes in lower case, is marked with "?".
/// </summary>
internal sealed class Sieve(HashSet<string> ordinary, IReadOnlyList<Entry> entries)
{
    private const string Header = """
        # Written by `make knowledge`; corrections belong into the other lists. Sources and licences: NOTICE.
        # kind ⇥ name ⇥ country ⇥ state said to stand behind it (code=who says so) ⇥ names, each with =namer; ? before a name that needs its context

        """;

    private readonly HashSet<(string Kind, string Name)> dropped = Words("dropped.tsv");
    private readonly HashSet<(string Kind, string Name)> ambiguous = Words("ambiguous.tsv");
    private readonly ILookup<string, string> kindsByName = entries
        .SelectMany(e => e.Names.Append(e.Name).Select(n => (Name: Entry.Fold(n), e.Kind)))
        .Distinct()
        .ToLookup(n => n.Name, n => n.Kind);

    private static HashSet<(string Kind, string Name)> Words(string list) =>
        [
            .. from line in ListFile.Read(list, 2)
            from word in ListFile.Words(line[1])
            select (line[0], Folding.Fold(word)),
        ];

    internal string Write()
    {
        var text = new StringBuilder(Header);
        var seen = new HashSet<(string, string)>();
        foreach (
            var entry in entries
                .OrderBy(e => e.Kind, StringComparer.Ordinal)
                .ThenBy(e => e.Name, StringComparer.Ordinal)
        )
        {
            var names = entry.Names.Where(n => IsReadable(entry.Kind, n)).Select(n => Field(entry, n)).ToList();
            if (names.Count > 0 && seen.Add((entry.Kind, Entry.Fold(entry.Name))))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{entry.Kind}\t{Clean(entry.Name)}\t{entry.Country}\t{string.Join('|', entry.Sponsors)}\t{string.Join('|', names)}\n"
                );
            }
        }
        return text.ToString();
    }

    private string Field(Entry entry, string name)
    {
        var namer = entry.NamerOf(name);
        return $"{(NeedsContext(entry.Kind, name) ? "?" : "")}{name}{(namer.Length > 0 ? $"={namer}" : "")}";
    }

    private bool NeedsContext(string kind, string name)
    {
        if (kind is "country" or "capital" or "agency")
        {
            return false;
        }
        var folded = Folding.Fold(name);
        return ordinary.Contains(folded)
            || ambiguous.Contains((kind, folded))
            || (name.Length <= 3 && !name.Any(char.IsDigit))
            || (kind is "malware" or "tool" && kindsByName[Entry.Fold(name)].Any(k => k is "actor" or "country"));
    }

    private bool IsReadable(string kind, string name) =>
        name.Length is > 1 and <= 80
        && !dropped.Contains((kind, Folding.Fold(name)))
        && !(kind == "vendor" && kindsByName[Entry.Fold(name)].Contains("malware"))
        && name.Any(char.IsLetter)
        && !name.AsSpan().ContainsAny("|\t\n=")
        && !name.StartsWith('?')
        && !name.StartsWith('#');

    private static string Clean(string name) => name.Replace('\t', ' ').Replace('\n', ' ');
}
