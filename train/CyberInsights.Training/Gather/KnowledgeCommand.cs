using System.Text;
using System.Text.Json;

namespace CyberInsights.Training.Gather;

/// <summary>Writes the names that the program carries, from the corpora; the same corpora give the same bytes.</summary>
internal static class KnowledgeCommand
{
    private const string Target = "src/CyberInsights/Recognise/Lists/knowledge.tsv";

    internal static int Run(string data)
    {
        var folder = Path.Combine(data, "knowledge");
        var galaxy = new Galaxy(Path.Combine(folder, "misp-galaxy/clusters"));
        using var countries = Read(Path.Combine(folder, "countries/countries.json"));
        using var catalogue = Read(Path.Combine(folder, "cisa-kev/known_exploited_vulnerabilities.json"));
        List<Entry> entries =
        [
            .. Actors.Read(galaxy, Places.Codes(countries.RootElement)),
            .. Software.Read(galaxy),
            .. Bodies.Agencies(galaxy),
            .. Bodies.Vendors(galaxy, catalogue.RootElement),
            .. Bodies.Products(catalogue.RootElement),
            .. Places.Read(countries.RootElement),
        ];
        var text = new Sieve(OrdinaryWords.Read(data), entries).Write();
        File.WriteAllText(Target, text, new UTF8Encoding(false));
        Console.WriteLine($"{Target}: {text.AsSpan().Count('\n')} lines, {Encoding.UTF8.GetByteCount(text)} bytes");
        return 0;
    }

    private static JsonDocument Read(string file) => JsonDocument.Parse(File.ReadAllBytes(file));
}
