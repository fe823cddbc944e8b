using System.Globalization;
using CyberInsights.Text;

namespace CyberInsights.Server.Weather;

/// <summary>The cities that ship with the program, the largest first. Thread safe.</summary>
internal static class Cities
{
    /// <summary>Longest name that is looked for, in characters; 80.</summary>
    internal const int MaxCharacters = 80;

    private const int FirstName = 6;
    private static readonly string[] Languages = ["ar", "cs", "de", "es", "fr"];
    private static readonly Lazy<IReadOnlyList<Entry>> Entries = new(Read);
    private static readonly Lazy<Dictionary<int, City>> ById = new(() =>
        Entries.Value.ToDictionary(e => e.City.Id, e => e.City)
    );

    internal static IReadOnlyList<City> Largest(int count) => [.. Entries.Value.Take(count).Select(e => e.City)];

    internal static City? OfId(int id) => ById.Value.GetValueOrDefault(id);

    /// <summary>The largest city of a name in any of the languages, as "Prague", "Praha, CZ" or "Raleigh, NC"; null when there is none.</summary>
    internal static City? Named(string written) =>
        Matching(written, (name, wanted) => name == wanted).Select(e => e.City).FirstOrDefault();

    /// <summary>
    /// Cities with a name, or a word of one, that begins so: first those that the language calls so, then those that any does, then
    /// by a later word; of each the largest first.
    /// </summary>
    internal static IReadOnlyList<City> Find(string written, string language, int most)
    {
        var wanted = Wanted(written).Name;
        return [.. Matching(written, StartsWord).OrderBy(Rank).Take(most).Select(e => e.City)];

        int Rank(Entry entry) =>
            Folding.Fold(entry.City.NameIn(language)).StartsWith(wanted, StringComparison.Ordinal) ? 0
            : entry.Folded.Any(n => n.StartsWith(wanted, StringComparison.Ordinal)) ? 1
            : 2;
    }

    private static IEnumerable<Entry> Matching(string written, Func<string, string, bool> matches)
    {
        var (wanted, where) = Wanted(written);
        return wanted.Length is 0 or > MaxCharacters
            ? []
            : Entries.Value.Where(e => e.Folded.Any(name => matches(name, wanted)) && IsIn(e.City, where));
    }

    // Behind the comma stands a region or a country.
    private static (string Name, string? Where) Wanted(string written)
    {
        var parts = written.Split(',', 2);
        return (Folding.Fold(parts[0].Trim()), parts is [_, var where] ? Folding.Fold(where.Trim()) : null);
    }

    private static bool IsIn(City city, string? where) =>
        where is null or ""
        || Folding.Fold(city.Region).StartsWith(where, StringComparison.Ordinal)
        || Folding.Fold(city.Country) == where;

    private static bool StartsWord(string name, string wanted)
    {
        var at = name.IndexOf(wanted, StringComparison.Ordinal);
        while (at > 0 && char.IsLetterOrDigit(name[at - 1]))
        {
            at = name.IndexOf(wanted, at + 1, StringComparison.Ordinal);
        }
        return at >= 0;
    }

    private static IReadOnlyList<Entry> Read()
    {
        using var file = new StreamReader(
            typeof(Cities).Assembly.GetManifestResourceStream("weather/cities.tsv")
                ?? throw new InvalidOperationException("There is no Weather/cities.tsv in this program.")
        );
        var entries = new List<Entry>();
        while (file.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                entries.Add(EntryOf(line.Split('\t')));
            }
        }
        return entries;
    }

    private static Entry EntryOf(string[] fields)
    {
        var names = Languages
            .Zip(fields.Skip(FirstName))
            .Where(n => n.Second.Length > 0)
            .ToDictionary(n => n.First, n => n.Second);
        var city = new City(
            int.Parse(fields[0], CultureInfo.InvariantCulture),
            fields[1],
            fields[2],
            fields[3],
            double.Parse(fields[4], CultureInfo.InvariantCulture),
            double.Parse(fields[5], CultureInfo.InvariantCulture),
            names
        );
        return new(city, [.. names.Values.Append(city.Name).Select(n => Folding.Fold(n)).Distinct()]);
    }

    private sealed record Entry(City City, string[] Folded);
}
