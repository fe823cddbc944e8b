using System.Diagnostics;
using System.Globalization;
using CyberInsights.Publish.Reading;
using CyberInsights.Storage;
using Npgsql;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>
/// How long a search takes, from what a visitor wrote to what the results page shows, over invented reports of about 60 words and a fifth as
/// many events, at most 20,000. The i-th of 50,000 words comes in proportion to 1/i.
/// </summary>
internal static class SearchSpeed
{
    private const int Vocabulary = 50_000;
    private const int WordsAReport = 60;
    private const int WordsATitle = 9;
    private const int Sources = 100;
    private const int Actors = 200;
    private const int Countries = 60;
    private const int Step = 2_000;
    private const int MostEvents = 20_000;
    private const int Warming = 20;

    private static readonly DateTimeOffset Begin = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="name">A file or a PostgreSQL connection string of a database that is empty or was filled by an earlier run; null: a file that is deleted afterwards.</param>
    internal static async Task RunAsync(int reports, string? name)
    {
        var folder = Directory.CreateTempSubdirectory("search");
        try
        {
            await MeasureAsync(name ?? Path.Combine(folder.FullName, "s.db"), reports);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string name, int reports)
    {
        await using var database = await Database.StartAsync(name, TimeProvider.System, CancellationToken.None);
        if (await database.FirstAsync<long>("select count(*) from sources", null, CancellationToken.None) == 0)
        {
            var watch = Stopwatch.StartNew();
            await FillAsync(database, reports);
            Say($"{reports:#,0} reports: filled in {watch.Elapsed.TotalSeconds:0} s");
        }
        if (database.Engine.ManyWriters)
        {
            await using var connection = (NpgsqlConnection)await database.Engine.OpenAsync(CancellationToken.None);
            await using var command = new NpgsqlCommand("vacuum analyze", connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
        var events = new EventLineReader(database);
        var reader = new SearchReader(
            database,
            new AsOfReader(database, TimeProvider.System),
            events,
            new SuggestionReader(database, events)
        );
        var queries = Queries().ToList();
        foreach (var (_, query) in queries.Take(Warming))
        {
            await reader.FindAsync(query, CancellationToken.None);
        }
        var taken = new List<(string Kind, double Ms)>();
        foreach (var (kind, query) in queries)
        {
            taken.Add((kind, await FastestAsync(() => reader.FindAsync(query, CancellationToken.None))));
        }
        Tell("all", [.. taken.Select(t => t.Ms)]);
        foreach (var group in taken.GroupBy(t => t.Kind))
        {
            Tell(group.Key, [.. group.Select(t => t.Ms)]);
        }
    }

    // Of three, as other work on a shared machine only ever makes one slower; nothing of a search is kept for the next.
    private static async Task<double> FastestAsync(Func<Task> search)
    {
        var fastest = double.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            await search();
            fastest = Math.Min(fastest, watch.Elapsed.TotalMilliseconds);
        }
        return fastest;
    }

    private static void Tell(string kind, List<double> taken)
    {
        taken.Sort();
        Say(
            $"  {kind}: {taken.Count} searches, fastest of three: median {taken[taken.Count / 2]:0.0} ms, p99 {taken[Math.Min(taken.Count - 1, taken.Count * 99 / 100)]:0.0} ms"
        );
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static async Task FillAsync(Database database, int reports)
    {
        var chance = new Random(1);
        var (sources, entities) = await database.WriteAsync(NamesAsync, CancellationToken.None);
        var events = Math.Min(MostEvents, reports / 5);
        for (var from = 0; from < reports; from += Step)
        {
            var begin = from;
            await database.WriteAsync(
                t => PutAsync(t, begin, Math.Min(Step, reports - begin), reports, events, sources, entities, chance),
                CancellationToken.None
            );
        }
    }

    private static async Task<(long[] Sources, string[] Keys)> NamesAsync(Transaction t)
    {
        var sources = Enumerable.Range(0, Sources).Select(_ => t.NextId()).ToArray();
        await t.InsertAsync(
            "sources (id, key, name, address, kind, reliability, full_text, state, due_at, lease_until, fence, failures, created_at)",
            [.. sources.Select((s, i) => (object?[])[s, $"s{i}", $"Source {i}", "", 1, 0, 0, 1, 0, 0, 0, 0, t.Now])],
            "",
            CancellationToken.None
        );
        var entities = Enumerable
            .Range(0, Actors + Countries)
            .Select(i => (Id: t.NextId(), Kind: i < Actors ? EntityKind.Actor : EntityKind.Country, Name: $"name{i}"))
            .ToList();
        await t.InsertAsync(
            "entities (id, kind, key, slug, name)",
            [.. entities.Select(e => (object?[])[e.Id, e.Kind, $"{e.Kind}:{e.Name}", e.Name, e.Name])],
            "",
            CancellationToken.None
        );
        return (
            sources,
            [.. entities.Select(e => e.Kind == EntityKind.Actor ? SearchKeys.Actor(e.Id) : SearchKeys.Country(e.Id))]
        );
    }

    private static async Task PutAsync(
        Transaction t,
        int from,
        int count,
        int reports,
        int events,
        long[] sources,
        string[] entities,
        Random chance
    )
    {
        var documents = Enumerable
            .Range(from, count)
            .Select(i => new SearchDocument
            {
                Id = t.NextId(),
                Kind = i % (reports / events) == 0 ? "event" : "report",
                Title = Text(WordsATitle, chance),
                Body = Text(WordsAReport - WordsATitle, chance),
                Language = i % 5 == 0 ? "de" : "en",
                At = Begin.AddMinutes(i * (1_000_000.0 / reports)),
                Keys =
                [
                    SearchKeys.Source(sources[Rank(Sources, chance)]),
                    entities[Rank(Actors, chance)],
                    entities[Actors + Rank(Countries, chance)],
                    entities[Actors + Rank(Countries, chance)],
                    SearchKeys.Stance(1 + chance.Next(16)),
                ],
            })
            .ToList();
        await t.PutDocumentsAsync(documents, CancellationToken.None);
        await t.InsertAsync(
            "reports (id, source_id, address, address_hash, version, title, language, published_at, first_seen_at, changed_at)",
            [
                .. documents
                    .Where(d => d.Kind == "report")
                    .Select(d =>
                        (object?[])
                            [d.Id, sources[0], "https://a.example/", "", 1, d.Title, d.Language, d.At, d.At, d.At]
                    ),
            ],
            "",
            CancellationToken.None
        );
        var told = documents.Where(d => d.Kind == "event").ToList();
        await t.InsertAsync(
            "events (id, slug, first_told_at, last_told_at, reports)",
            [.. told.Select(d => (object?[])[d.Id, $"e{d.Id}", d.At, d.At, 1])],
            "",
            CancellationToken.None
        );
        await t.InsertAsync(
            "dossiers (event_id, title, title_report_id, language, state, summary, outlets, independent, statements, rank, why, first_told_at, last_told_at, changed_at)",
            [
                .. told.Select(d =>
                    (object?[])[d.Id, d.Title, 0, d.Language, 1, "[]", 1, 1, 0, 1.0, "", d.At, d.At, d.At]
                ),
            ],
            "",
            CancellationToken.None
        );
    }

    // What visitors write: words of all ranks, most often two, now and then with a field or signs.
    private static IEnumerable<(string Kind, SearchRequest Request)> Queries()
    {
        var chance = new Random(2);
        for (var i = 0; i < 20; i++)
        {
            yield return ("one common word", Ask(Word(chance.Next(5, 60))));
            yield return ("one word", Ask(Word(chance.Next(60, 5_000))));
            yield return ("two words", Ask($"{Word(chance.Next(5, 500))} {Word(chance.Next(20, 3_000))}"));
            yield return ("two common words", Ask($"{Word(chance.Next(2, 40))} {Word(chance.Next(2, 40))}"));
            yield return ("phrase", Ask($"\"{Word(chance.Next(1, 50))} {Word(chance.Next(1, 50))}\""));
            yield return (
                "field and word",
                Ask($"country:name{Actors + chance.Next(20)} {Word(chance.Next(10, 500))}")
            );
            yield return ("dates and word", Ask($"after:2024-09-10 before:2025-03-05 {Word(chance.Next(10, 500))}"));
            yield return ("beginning", Ask($"{Word(chance.Next(50, 5_000))[..4]}*"));
            yield return ("without", Ask($"{Word(chance.Next(5, 200))} -{Word(chance.Next(5, 200))}"));
            yield return (
                "question",
                Ask(string.Join(' ', Enumerable.Range(0, 7).Select(_ => Word(chance.Next(3, 2_000)))))
            );
        }
    }

    private static SearchRequest Ask(string words) => new() { Words = words };

    private static string Text(int words, Random chance) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(Rank(Vocabulary, chance))));

    // 0 to count - 1, the i-th in proportion to 1/i (Zipf).
    private static int Rank(int count, Random chance) => (int)Math.Pow(count, chance.NextDouble()) - 1;

    // Syllables of a number: every word is its own, and many begin alike.
    private static string Word(int number)
    {
        const string Consonants = "bdfgklmnprstvz";
        const string Vowels = "aeiou";
        var word = "";
        for (var rest = number + 100; rest > 0; rest /= Consonants.Length * Vowels.Length)
        {
            var syllable = rest % (Consonants.Length * Vowels.Length);
            word += $"{Consonants[syllable / Vowels.Length]}{Vowels[syllable % Vowels.Length]}";
        }
        return word + "x";
    }
}
