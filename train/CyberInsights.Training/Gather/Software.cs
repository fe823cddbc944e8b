namespace CyberInsights.Training.Gather;

/// <summary>Malware and tools. Entries of two clusters are one when one has the other's name among its own.</summary>
internal static class Software
{
    private static readonly string[] Clusters =
    [
        "malpedia",
        "mitre-malware",
        "tool",
        "ransomware",
        "rat",
        "banker",
        "botnet",
        "stealer",
        "wiper",
        "backdoor",
        "android",
        "cryptominers",
        "exploit-kit",
        "tds",
    ];

    // What ATT&CK calls a tool although its authors sold it as a weapon.
    private static readonly string[] AlwaysMalicious = ["rat", "banker", "botnet", "stealer", "ransomware", "android"];

    internal static List<Entry> Read(Galaxy galaxy)
    {
        var byName = new Dictionary<string, Entry>();
        var entries = new List<Entry>();
        foreach (var cluster in Clusters)
        {
            Take(galaxy.Values(cluster), entries, byName);
        }
        var malicious = AlwaysMalicious.SelectMany(galaxy.Values).Select(v => Entry.Fold(Plain(v.Name))).ToHashSet();
        foreach (var entry in Take(galaxy.Values("mitre-tool"), entries, byName))
        {
            var spellings = entry.Names.Select(Entry.Fold).ToList();
            if (!spellings.Any(s => malicious.Contains(s) || s.EndsWith("rat", StringComparison.Ordinal)))
            {
                entry.Kind = "tool";
            }
        }
        return entries;
    }

    private static List<Entry> Take(
        IEnumerable<GalaxyValue> values,
        List<Entry> entries,
        Dictionary<string, Entry> byName
    )
    {
        var taken = new List<Entry>();
        foreach (var value in values)
        {
            var id = value.First("external_id");
            var name = Plain(id is null ? value.Name : value.Name.Replace($" - {id}", "", StringComparison.Ordinal));
            if (!byName.TryGetValue(Entry.Fold(name), out var entry))
            {
                entry = new Entry("malware", name);
                entries.Add(entry);
            }
            taken.Add(entry);
            foreach (var one in value.Synonyms.Prepend(name).Select(Plain))
            {
                entry.Call(one);
                byName.TryAdd(Entry.Fold(one), entry);
            }
            if (id is not null)
            {
                entry.Call(id, "ATT&CK");
            }
            if (MalpediaId(value) is { } malpedia)
            {
                entry.Call(malpedia, "Malpedia");
            }
        }
        return taken;
    }

    // "Epic (ELF)", "Joao Ransomware": the kind is not part of the name.
    private static string Plain(string name)
    {
        var bracket = name.IndexOf(" (", StringComparison.Ordinal);
        name = bracket > 0 && name.EndsWith(')') ? name[..bracket] : name;
        return name.EndsWith(" ransomware", StringComparison.OrdinalIgnoreCase) ? name[..^" ransomware".Length] : name;
    }

    private static string? MalpediaId(GalaxyValue value)
    {
        const string page = "https://malpedia.caad.fkie.fraunhofer.de/details/";
        return value
            .List("refs")
            .FirstOrDefault(r => r.StartsWith(page, StringComparison.Ordinal))
            ?[page.Length..].TrimEnd('/');
    }
}
