using CyberInsights.Capture;
using CyberInsights.Recognise;
using CyberInsights.Storage;
using CyberInsights.Text;

namespace CyberInsights.Publish;

/// <summary>Which addresses are primary sources, by the list of hosts and by the names of those an event is about. Pure.</summary>
internal static class PrimaryHosts
{
    // A shorter word of a name is the beginning of many.
    private const int ShortestWord = 6;

    // Where makers and researchers on their own sites tell what they found out.
    private static readonly string[] OwnPlaces = ["blog", "research", "/labs", "threat-intel"];

    private static readonly ILookup<string, (string Path, PrimaryKind? Kind)> Hosts = ListFile
        .Read("primary-hosts.tsv", 3)
        .ToLookup(
            f => f[0],
            f => (f[2], Enum.TryParse<PrimaryKind>(f[1], ignoreCase: true, out var kind) ? kind : (PrimaryKind?)null),
            StringComparer.Ordinal
        );

    /// <summary>Null when the address is none, as every home page is: it says nothing of an event.</summary>
    /// <param name="named">Victims and speakers of the event; what is on the site of one of them is its own statement.</param>
    internal static PrimaryKind? KindOf(Uri address, IReadOnlySet<string> named)
    {
        if (address.AbsolutePath.Length < 2)
        {
            return null;
        }
        var labels = Addresses.HostOf(address).Split('.');
        for (var from = 0; from < labels.Length; from++)
        {
            var listed = Hosts[string.Join('.', labels[from..])]
                .Concat(labels.Length - from == 2 && labels[^1].Length == 2 ? Hosts[$"{labels[from]}.*"] : []);
            foreach (var (path, kind) in listed)
            {
                if (address.AbsolutePath.Contains(path, StringComparison.OrdinalIgnoreCase))
                {
                    return kind;
                }
            }
        }
        return
            Relocation.Registrable(string.Join('.', labels)) is { } domain
            && named.Contains(Folded(domain.Split('.')[0]))
            ? OwnPlaces.Any(p => address.AbsoluteUri.Contains(p, StringComparison.OrdinalIgnoreCase))
                ? PrimaryKind.Research
                : PrimaryKind.Statement
            : null;
    }

    /// <summary>The forms in which names stand in the addresses of their own sites: "Thornmere Health Group" at thornmere.example or thornmerehealthgroup.example.</summary>
    internal static IReadOnlySet<string> NamesOf(DossierMaterial material) =>
        material
            .Facts.Where(f => f.Kind == FactKind.Victim)
            .Select(f => f.Value)
            .Concat(material.Statements.Select(s => s.Speaker))
            .SelectMany(FormsOf)
            .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> FormsOf(string name)
    {
        var words = SearchWords.Of(name);
        if (words.Count > 0)
        {
            yield return string.Concat(words);
            if (words[0].Length >= ShortestWord && char.IsUpper(name.TrimStart()[0]))
            {
                yield return words[0];
            }
        }
    }

    private static string Folded(string label) => string.Concat(SearchWords.Of(label));
}
