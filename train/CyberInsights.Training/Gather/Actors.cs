namespace CyberInsights.Training.Gather;

/// <summary>
/// Threat actors of three clusters. Two entries become one only where the name of one is a name of exactly one other: an alias that
/// several actors share proves nothing.
/// </summary>
internal static class Actors
{
    // Names are made by scheme, so the scheme tells the namer.
    private static readonly (string Start, string End, string Namer)[] Schemes =
    [
        ("UNC", "", "Mandiant"),
        ("FIN", "", "Mandiant"),
        ("TEMP.", "", "Mandiant"),
        ("APT-C-", "", "Qihoo 360"),
        ("TA", "", "Proofpoint"),
        ("DEV-", "", "Microsoft"),
        ("Storm-", "", "Microsoft"),
        ("ATK", "", "Thales"),
        ("ITG", "", "IBM"),
        ("TAG-", "", "Recorded Future"),
        ("CTG-", "", "Secureworks"),
        ("UAC-", "", "CERT-UA"),
        ("", " SPIDER", "CrowdStrike"),
        ("", " PANDA", "CrowdStrike"),
        ("", " BEAR", "CrowdStrike"),
        ("", " KITTEN", "CrowdStrike"),
        ("", " CHOLLIMA", "CrowdStrike"),
        ("", " TYPHOON", "Microsoft"),
        ("", " BLIZZARD", "Microsoft"),
        ("", " SANDSTORM", "Microsoft"),
        ("", " SLEET", "Microsoft"),
        ("", " TEMPEST", "Microsoft"),
    ];

    internal static List<Entry> Read(Galaxy galaxy, Dictionary<string, string> codes)
    {
        var producers = galaxy.Values("producer").ToDictionary(p => p.Id, p => p.Name);
        var entries = galaxy.Values("threat-actor").Select(v => FromMisp(v, producers, codes)).ToList();
        foreach (var value in galaxy.Values("mitre-intrusion-set"))
        {
            var id = value.First("external_id")!;
            var name = value.Name.Replace($" - {id}", "", StringComparison.Ordinal);
            var entry = Home(entries, name, value.Synonyms);
            entry.Call(name);
            entry.Call(id, "ATT&CK");
            CallAll(entry, value.Synonyms);
        }
        foreach (var value in galaxy.Values("microsoft-activity-group"))
        {
            var entry = Home(entries, value.Name, value.Synonyms);
            entry.Call(value.Name, "Microsoft");
            CallAll(entry, value.Synonyms);
            if (value.First("country") is { Length: 2 } country)
            {
                entry.Country = entry.Country.Length > 0 ? entry.Country : country;
                entry.Sponsors.Add($"{country}=Microsoft");
            }
        }
        return entries;
    }

    private static Entry FromMisp(
        GalaxyValue value,
        Dictionary<string, string> producers,
        Dictionary<string, string> codes
    )
    {
        var entry = new Entry("actor", value.Name);
        foreach (var attribution in value.List("name-attribution"))
        {
            var colon = attribution.LastIndexOf(':');
            var namer = producers.GetValueOrDefault(attribution[(colon + 1)..], "");
            entry.Call(attribution[..colon], namer == "MITRE" ? "ATT&CK" : namer);
        }
        entry.Call(value.Name, NamerByScheme(value.Name));
        CallAll(entry, value.Synonyms);
        if (value.First("country") is { Length: 2 } country)
        {
            entry.Country = country;
            entry.Sponsors.Add($"{country}=MISP");
        }
        foreach (var sponsor in value.List("cfr-suspected-state-sponsor"))
        {
            if (codes.TryGetValue(Entry.Fold(sponsor), out var code))
            {
                entry.Sponsors.Add($"{code}=CFR");
            }
        }
        return entry;
    }

    private static Entry Home(List<Entry> entries, string name, IEnumerable<string> synonyms)
    {
        foreach (var spelling in synonyms.Prepend(name).Select(Entry.Fold))
        {
            var named = entries.Where(e => Entry.Fold(e.Name) == spelling).ToList();
            if (named.Count == 1)
            {
                return named[0];
            }
        }
        var folded = Entry.Fold(name);
        var known = entries.Where(e => e.Names.Any(n => Entry.Fold(n) == folded)).ToList();
        if (known.Count == 1)
        {
            return known[0];
        }
        var entry = new Entry("actor", name);
        entries.Add(entry);
        return entry;
    }

    private static void CallAll(Entry entry, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            entry.Call(name, NamerByScheme(name));
        }
    }

    private static string NamerByScheme(string name) =>
        Schemes
            .FirstOrDefault(s =>
                name.StartsWith(s.Start, StringComparison.Ordinal)
                && name.EndsWith(s.End, StringComparison.OrdinalIgnoreCase)
                && (s.Start.Length == 0 || (name.Length > s.Start.Length && char.IsAsciiDigit(name[s.Start.Length])))
            )
            .Namer
        ?? "";
}
